/** Pictures of the gateway, each asked for when it comes into view. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, problem } from '../api';
import { Light } from '../page';

/** `<mt-picture src="/api/v1/…" alt="…">`: a square with the picture in it, or why there is none. */
@customElement('mt-picture')
export class Picture extends Light {
  @property() src = '';
  @property() alt = '';
  @state() private shown = '';
  @state() private failed = '';
  private asked?: AbortController;
  private seen?: IntersectionObserver;

  override connectedCallback(): void {
    super.connectedCallback();
    this.wait();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.forget();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('src') || changed.get('src') === undefined) return;
    this.forget();
    this.wait();
  }

  private wait(): void {
    this.seen = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.seen?.disconnect();
        void this.ask();
      },
      { rootMargin: '200px' },
    );
    this.seen.observe(this);
  }

  private forget(): void {
    this.seen?.disconnect();
    this.asked?.abort();
    if (this.shown) URL.revokeObjectURL(this.shown);
    this.shown = '';
    this.failed = '';
  }

  private async ask(): Promise<void> {
    const asked = (this.asked = new AbortController());
    try {
      const picture = await api.blob(this.src, { signal: asked.signal });
      if (!asked.signal.aborted) this.shown = URL.createObjectURL(picture);
    } catch (thrown) {
      if (!asked.signal.aborted) this.failed = problem(thrown).detail;
    }
  }

  protected override render() {
    if (this.failed) return html`<p>${this.failed}</p>`;
    return this.shown ? html`<img src=${this.shown} alt=${this.alt} />` : nothing;
  }
}
