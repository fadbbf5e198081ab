/** The gateway's own figures: pictures to look at, each with its numbers. */
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, problem } from '../api';
import { Light } from '../page';
import { texts } from '../texts';

/** Width of one panel of a figure, in its own pixels. */
const PANEL = 640;

interface Figure {
  name: string;
  title: string;
  caption: string;
}

/**
 * `<mt-figures of="/api/v1/runs/ID" .only=${/roc/}>`: the figures of a run or an experiment whose names match, fetched
 * as they come into view. Nothing where there are none.
 */
@customElement('mt-figures')
export class Figures extends Light {
  /** Address of what they are of. */
  @property() of = '';
  @property({ attribute: false }) only: RegExp | undefined;
  @property({ attribute: false }) without: RegExp | undefined;
  /** Heading above them, where there are any. */
  @property() heading = '';
  /** They are asked for again when this changes. */
  @property() version = '';
  @state() private figures: Figure[] = [];
  private asked = '';

  protected override willUpdate(): void {
    const wanted = `${this.of} ${this.version}`;
    if (!this.of || wanted === this.asked) return;
    this.asked = wanted;
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      const found = await api.get<Figure[] | { items: Figure[] }>(`${this.of}/figures`);
      this.figures = Array.isArray(found) ? found : found.items;
    } catch (thrown) {
      // What has no figures yet is no mistake; of anything else the page itself tells.
      if (problem(thrown).status !== 404) this.asked = '';
      this.figures = [];
    }
  }

  protected override render() {
    const shown = this.figures.filter(
      ({ name }) => (!this.only || this.only.test(name)) && !(this.without && this.without.test(name)),
    );
    if (!shown.length) return nothing;
    return html`${this.heading ? html`<h2>${this.heading}</h2>` : nothing}
      <div class="figures">${shown.map((figure) => this.figure(figure))}</div>`;
  }

  private figure({ name, title, caption }: Figure) {
    const address = `${this.of}/figures/${encodeURIComponent(name)}`;
    return html`<figure>
      <img loading="lazy" src="${address}.svg" alt=${title} @load=${this.fit} @error=${this.hide} />
      <figcaption>
        <strong>${title}.</strong> ${caption}
        <span class="row"><a href="${address}.svg" download="${name}.svg">SVG</a><a href="${address}.csv" download="${name}.csv"
          aria-label=${texts.figures.numbers(title)}>CSV</a></span>
      </figcaption>
    </figure>`;
  }

  /** One panel takes a column, two beside each other take all, so that letters are as large in both. */
  private fit(event: Event): void {
    const picture = event.target as HTMLImageElement;
    picture.closest('figure')!.toggleAttribute('data-wide', picture.naturalWidth > PANEL);
  }

  private hide(event: Event): void {
    (event.target as HTMLElement).closest('figure')!.hidden = true;
  }
}
