/** Images of one part, and what the training of a run makes of one of them, transform after transform. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { address, api, path } from '../../api';
import '../../components/picture';
import { pager } from '../../components/table';
import { whole } from '../../format';
import { Light, Resource } from '../../page';
import { setQuery } from '../../router';
import { texts } from '../../texts';
import { SPLITS, type DatasetDetail, type DatasetImage, type Split, type Steps } from '../datasets/shapes';

const SIZE = 24;
const t = texts.dataset;

/** `<mt-samples .detail=… .query=…>`: everything that is chosen is in the address. */
@customElement('mt-samples')
export class SamplesPart extends Light {
  @property({ attribute: false }) detail!: DatasetDetail;
  @property({ attribute: false }) query!: URLSearchParams;
  private list = '';
  private sample = '';

  private readonly images = new Resource<DatasetImage[]>(this, {
    load: (signal) =>
      api.get(path`/datasets/${this.detail.dataset.id}/images`, { query: { split: this.split, page: this.page, size: SIZE }, signal }),
  });
  private readonly steps = new Resource<Steps>(this, {
    load: (signal) => api.get(path`/runs/${this.run}/steps`, { query: this.asked, signal }),
  });

  private get split(): Split {
    return SPLITS.find((split) => split === this.query.get('split')) ?? 'train';
  }

  private number(name: string): number {
    return Math.max(0, Math.floor(Number(this.query.get(name)) || 0));
  }

  private get page(): number {
    return this.number('page');
  }

  /** The run whose training is shown: the one that the address names, or the newest. */
  private get run(): string {
    return this.query.get('run') ?? this.detail.usedBy[0]?.id ?? '';
  }

  private get asked() {
    return { image: this.number('image'), epoch: this.number('epoch'), view: this.number('view') };
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const list = `${this.split} ${this.page}`;
    if (list !== this.list) void this.images.reload();
    this.list = list;
    const sample = JSON.stringify([this.run, this.asked]);
    if (sample !== this.sample && this.run) void this.steps.reload();
    this.sample = sample;
  }

  protected override render() {
    return html`
      <section class="part" aria-labelledby="samples">
        <h2 id="samples">${t.samples}</h2>
        <div class="filters">
          <label class="field">${t.part}
            <select @change=${(event: Event) => setQuery({ split: (event.target as HTMLSelectElement).value, page: undefined })}>
              ${SPLITS.map((split) => html`<option value=${split} ?selected=${split === this.split}>${t.splits[split]} (${whole(this.detail.dataset.sizes[split])})</option>`)}
            </select>
          </label>
        </div>
        ${this.images.render((found) => this.gallery(found))}
      </section>
      <section class="part" aria-labelledby="steps">
        <h2 id="steps">${t.steps}</h2>
        <p class="muted">${t.stepsText}</p>
        ${this.run ? html`${this.choices()}${this.steps.render((found) => this.chain(found))}` : html`<p>${t.noRun}</p>`}
      </section>
    `;
  }

  private gallery(found: DatasetImage[]) {
    if (!found.length) return html`<p class="muted">${t.noImages}</p>`;
    const training = this.split === 'train';
    return html`<ul class="pictures">${found.map((image) => {
      const body = html`<figure>
        <mt-picture src=${path`/datasets/${this.detail.dataset.id}/images/${image.index}`} alt=${image.id}></mt-picture>
        <figcaption><span>${image.id}</span>${image.group ? html`<span>${t.group(image.group)}</span>` : nothing}</figcaption>
      </figure>`;
      return html`<li>${training
        ? html`<button type="button" aria-pressed=${String(image.index === this.asked.image)} title=${t.showSteps}
            @click=${() => setQuery({ image: String(image.index) })}>${body}</button>`
        : body}</li>`;
    })}</ul>
    ${pager(this.page * SIZE, found.length, this.detail.dataset.sizes[this.split], (by) => setQuery({ page: String(this.page + by) }))}`;
  }

  private choices() {
    const field = (name: 'image' | 'epoch' | 'view', label: string, most: number) => html`<label class="field">${label}
      <input type="number" min="0" max=${most} .value=${String(this.asked[name])}
        @change=${(event: Event) => setQuery({ [name]: (event.target as HTMLInputElement).value })} /></label>`;
    return html`<div class="filters">
      <label class="field">${t.run}
        <select @change=${(event: Event) => setQuery({ run: (event.target as HTMLSelectElement).value })}>
          ${this.detail.usedBy.map((run) => html`<option value=${run.id} ?selected=${run.id === this.run}>${run.modelName} · ${run.backbone} · ${t.repetition(run.repetition)}</option>`)}
        </select>
      </label>
      ${field('image', t.image, Math.max(0, this.detail.dataset.sizes.train - 1))}
      ${field('epoch', t.epoch, 999_999)}
      ${field('view', t.view, Math.max(0, (this.steps.value?.views ?? 1) - 1))}
    </div>`;
  }

  private chain(found: Steps) {
    const picture = (step: number) => address(path`/runs/${this.run}/steps/${step}`, this.asked);
    return html`<p class="small muted">${t.drawn(found.seed, found.views)}</p>
      <ol class="pictures steps">${found.steps.map(
        (step, number) => html`<li><figure>
          <mt-picture src=${picture(number)} alt=${t.after(step.name)}></mt-picture>
          <figcaption>
            <strong>${number}. ${number === 0 ? t.prepared : step.name}</strong>
            <span class="number">${step.width} × ${step.height}</span>
            ${number > 0 && !step.changed ? html`<span class="badge">${t.unchanged}</span>` : nothing}
            ${step.operations.map((operation) => html`<span class="mono small">${operation}</span>`)}
          </figcaption>
        </figure></li>`,
      )}</ol>`;
  }
}
