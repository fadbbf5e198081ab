/** A new experiment: begun with something, edited, checked as one writes, started once. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { problem, type Problem } from '../../api';
import { errorBox, pageHead } from '../../components/bits';
import { ask } from '../../components/dialog';
import { attempt, complain, tell } from '../../components/toasts';
import { Page, Resource } from '../../page';
import { navigate, setQuery, type Route } from '../../router';
import { texts } from '../../texts';
import { drafts, wishKey, type Draft, type Key, type Template } from './data';
import type { Editor } from './editor';
import './sources';
import { verdict } from './verdict';

const words = texts.newExperiment;
const KEPT = 'medtrans-new';
const PAUSE = 400;
const MOST = 1 << 20;

export const view = (route: Route) => html`<mt-new .route=${route}></mt-new>`;

/** What is known of the text as it is now. */
export type Check =
  | { is: 'empty' }
  | { is: 'asked' }
  | { is: 'right'; draft: Draft }
  | { is: 'wrong'; mistakes: { line: number; message: string }[] }
  | { is: 'unknown'; problem: Problem };

@customElement('mt-new')
export class NewPage extends Page {
  @query('mt-editor') private editor?: Editor;
  @state() private check: Check = { is: 'empty' };
  @state() private ready = false;
  @state() private starting = false;
  @state() private failed?: Problem;
  /** Whether the text is the user's own work. */
  private edited = false;
  /** What the address named when the text was filled in; nothing yet where undefined. */
  private begunWith?: string;
  private wish = wishKey();
  private editing: Promise<void> = Promise.resolve();
  private timer?: ReturnType<typeof setTimeout>;
  private asked?: AbortController;

  private readonly templates = new Resource<Template[]>(this, { load: (signal) => drafts.templates(signal) });
  private readonly keys = new Resource<Key[]>(this, { load: (signal) => drafts.keys(signal) });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.templates.reload();
    void this.keys.reload();
    // Large, and of use here only.
    this.editing = import('./editor').then(() => {
      this.ready = true;
    }, complain);
    document.addEventListener('dragover', this.over);
    document.addEventListener('drop', this.dropped);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('dragover', this.over);
    document.removeEventListener('drop', this.dropped);
    clearTimeout(this.timer);
    this.asked?.abort();
  }

  protected override updated(changed: PropertyValues): void {
    if (this.ready && (changed.has('ready') || changed.has('route'))) void this.begin();
  }

  /** With what the address says; without, with what was being written before the page was left. */
  private async begin(): Promise<void> {
    await this.editor?.updateComplete;
    const { query: asked } = this.route;
    const from = asked.get('from');
    const template = asked.get('template');
    const wanted = from ?? template ?? '';
    if (wanted === this.begunWith) return;
    this.begunWith = wanted;
    this.failed = undefined;
    try {
      const kept = this.kept();
      if (kept !== undefined) this.fill(kept, true);
      else if (from) this.fill(await drafts.document(from));
      else if (template) this.fill(await drafts.template(template));
    } catch (thrown) {
      this.failed = problem(thrown);
    }
  }

  /** What was made of the same beginning before the page was left; nothing where that was not touched. */
  private kept(): string | undefined {
    const { begun, text } = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as { begun?: string; text?: string };
    return begun === this.begunWith ? text : undefined;
  }

  /** Another text; what stands on one line is laid out. */
  private fill(text: string, edited = false): void {
    if (!this.editor) return;
    this.editor.text = laidOut(text);
    this.edited = edited;
    this.changed(0);
  }

  /** With what no address names: it is kept as the user's own. */
  private fillOwn(text: string): void {
    this.begunWith = '';
    setQuery({ from: undefined, template: undefined });
    this.fill(text, true);
  }

  private readonly over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };

  private readonly dropped = (event: DragEvent) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    void this.take(file);
  };

  private async take(file: File): Promise<void> {
    if (file.size > MOST) return complain(new Error(words.noFile));
    const text = await file.text();
    if (text.includes('\u0000') || text.includes('\ufffd')) return complain(new Error(words.noFile));
    // Whoever is quicker than the editor loses nothing.
    await this.editing;
    await this.updateComplete;
    await this.editor?.updateComplete;
    if (await this.mayReplace()) this.fillOwn(text);
  }

  private async mayReplace(): Promise<boolean> {
    if (!this.edited) return true;
    return (await ask({ title: words.replace, body: words.replaceText, action: words.replaceAction, danger: true })) !== undefined;
  }

  private changed(pause: number): void {
    const text = this.editor?.text ?? '';
    if (this.edited) sessionStorage.setItem(KEPT, JSON.stringify({ begun: this.begunWith, text }));
    else sessionStorage.removeItem(KEPT);
    this.wish = wishKey();
    clearTimeout(this.timer);
    this.asked?.abort();
    if (!text.trim()) this.check = { is: 'empty' };
    else this.timer = setTimeout(() => void this.ask(text), pause);
  }

  private async ask(text: string): Promise<void> {
    const mistake = this.editor!.mistake();
    if (mistake) {
      this.check = { is: 'wrong', mistakes: [{ line: mistake.line, message: `${words.noJson}: ${mistake.message}` }] };
      return;
    }
    const asked = (this.asked = new AbortController());
    this.check = { is: 'asked' };
    try {
      const draft = await drafts.validate(text, asked.signal);
      this.editor!.show([]);
      this.check = { is: 'right', draft };
    } catch (thrown) {
      if (!asked.signal.aborted) this.refused(problem(thrown));
    }
  }

  private refused(found: Problem): void {
    if (found.passing || found.status >= 500) {
      this.check = { is: 'unknown', problem: found };
      return;
    }
    const messages = found.mistakes.length ? found.mistakes.map(({ message }) => message) : [found.detail];
    const lines = this.editor!.show(messages);
    this.check = { is: 'wrong', mistakes: messages.map((message, i) => ({ line: lines[i]!, message })) };
  }

  private async start(): Promise<void> {
    this.starting = true;
    await attempt(async () => {
      const { experiment } = await drafts.start(this.editor!.text, this.wish);
      sessionStorage.removeItem(KEPT);
      tell(words.started(experiment.name));
      navigate(`/experiments/${experiment.id}`);
    });
    this.starting = false;
  }

  protected override render() {
    return html`
      ${pageHead(words.title, { actions: this.button() })}
      <mt-sources
        .templates=${this.templates.value ?? []}
        template=${this.route.query.get('template') ?? ''}
        .mayReplace=${() => this.mayReplace()}
        @file=${(event: CustomEvent<File>) => this.take(event.detail)}
        @planned=${(event: CustomEvent<unknown>) => this.fillOwn(JSON.stringify(event.detail))}
      ></mt-sources>
      ${this.templates.error ? errorBox(this.templates.error, () => void this.templates.reload()) : nothing}
      ${this.failed ? errorBox(this.failed) : nothing}
      <div class="new">
        <section aria-label=${words.editor}>
          <div class="new-editor">
            ${this.ready ? html`<mt-editor .keys=${this.keys.value ?? []} @edited=${this.typed}></mt-editor>` : nothing}
          </div>
          <p class="small muted">${words.editorHint}</p>
        </section>
        <section aria-label=${words.would} aria-live="polite">${verdict(this.check, (line) => this.editor?.goTo(line))}</section>
      </div>
    `;
  }

  private readonly typed = () => {
    this.edited = true;
    this.changed(PAUSE);
  };

  private button() {
    return html`<button type="button" class="primary" ?disabled=${this.check.is !== 'right' || this.starting} @click=${this.start}>
      ${words.start}
    </button>`;
  }
}

/** JSON that stands on one line, as documents are kept, is laid out; anything else stays as it was written. */
function laidOut(text: string): string {
  if (text.trim().includes('\n')) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
