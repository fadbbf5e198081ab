/** What all pages and components have in common. */
import { LitElement, html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { problem, type Problem } from './api';
import { errorBox, loading } from './components/bits';
import { LookAgain, type News } from './live';
import type { Route } from './router';

/** An element in the document itself, so that one style sheet serves all and labels reach what they label. */
export class Light extends LitElement {
  protected override createRenderRoot(): this {
    return this;
  }
}

/** A page: shown anew with each change of its route. */
export abstract class Page extends Light {
  @property({ attribute: false }) route!: Route;

  /** What the window is called, where the page knows better than its route. */
  protected name(text: string): void {
    this.dispatchEvent(new CustomEvent('page-name', { detail: text, bubbles: true }));
  }
}

interface Source<T> {
  /** Asks for the value; `signal` says that nobody waits for it any more. */
  load: (signal: AbortSignal) => Promise<T>;
  /** Which news make it ask again; none by default. */
  concerns?: (news: News) => boolean;
  /** Called with each new value. */
  then?: (value: T) => void;
}

/**
 * Something that is asked for and shown: loading, there, or failed. While it is asked for again the old value stays; a
 * failure that may pass by itself leaves it there too.
 */
export class Resource<T> implements ReactiveController {
  value?: T;
  error?: Problem;
  private asked?: AbortController;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly source: Source<T>,
  ) {
    host.addController(this);
    if (source.concerns) new LookAgain(host, source.concerns, () => void this.reload());
  }

  hostDisconnected(): void {
    this.asked?.abort();
  }

  /** Forgets the value and asks for another, as when the page now shows something else. */
  restart(): Promise<void> {
    this.value = undefined;
    this.error = undefined;
    return this.reload();
  }

  /** Asks again. An answer that was waited for is not waited for any more. */
  async reload(): Promise<void> {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    this.host.requestUpdate();
    try {
      const value = await this.source.load(asked.signal);
      if (asked.signal.aborted) return;
      this.value = value;
      this.error = undefined;
      this.source.then?.(value);
    } catch (thrown) {
      if (asked.signal.aborted) return;
      this.error = problem(thrown);
      if (!this.error.passing) this.value = undefined;
    }
    this.host.requestUpdate();
  }

  /** The value as `view` shows it, and the failure above it or instead of it. */
  render(view: (value: T) => TemplateResult | typeof nothing): TemplateResult {
    const failed = this.error ? errorBox(this.error, () => void this.reload()) : nothing;
    if (this.value === undefined) return this.error ? html`${failed}` : loading();
    return html`${failed}${view(this.value)}`;
  }
}
