/** What was found of a data set, as pictures side by side. */
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, path } from '../../api';
import '../../components/picture';
import { whole } from '../../format';
import { Light, Resource } from '../../page';
import { texts } from '../../texts';
import type { DatasetDetail, Findings, FoundImage, FoundImages } from '../datasets/shapes';

const FEW = 4;
const t = texts.dataset;

/** `<mt-findings .detail=…>`: duplicates, near duplicates, leaking patients, blank images. */
@customElement('mt-findings')
export class FindingsPart extends Light {
  @property({ attribute: false }) detail!: DatasetDetail;
  /** Kinds of which all are shown. */
  @state() private whole = new Set<string>();
  private readonly findings = new Resource<Findings>(this, {
    load: (signal) => api.get(path`/datasets/${this.detail.dataset.id}/findings`, { signal }),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.findings.restart();
  }

  protected override render() {
    return this.findings.render((found) => this.kinds(found));
  }

  private kinds(found: Findings) {
    const counted = this.detail.statistics;
    const leaking = this.detail.dataset.leakingGroups ?? 0;
    return html`
      ${this.kind('leaks', leaking, found.leakingGroups, t.leaks, leaking === 0 ? t.noLeaks(this.detail.dataset.leakingGroups) : '')}
      ${this.kind('duplicates', counted?.duplicates.files ?? 0, found.duplicates, t.duplicates, t.noDuplicates)}
      ${this.kind('near', counted?.nearDuplicates?.sets ?? 0, found.nearDuplicates, t.nearDuplicates, counted?.nearDuplicates ? t.noNearDuplicates : t.notCompared)}
      ${found.blank.length
        ? html`<h3>${t.blank(counted?.nearDuplicates?.blank ?? found.blank.length)}</h3>
            <ul class="pictures">${found.blank.slice(0, 12).map((image) => this.picture(image))}</ul>`
        : nothing}
    `;
  }

  private kind(name: string, count: number, found: FoundImages[], title: (n: number) => string, none: string) {
    if (!count && !found.length) return html`<p class="muted">${none}</p>`;
    const all = this.whole.has(name);
    const shown = all ? found : found.slice(0, FEW);
    return html`<h3>${title(count)}</h3>
      <div class="founds">${shown.map((one) => this.one(one))}</div>
      ${found.length > FEW && !all
        ? html`<p><button type="button" @click=${() => (this.whole = new Set([...this.whole, name]))}>${t.showAll(found.length)}</button></p>`
        : nothing}
      ${all && count > found.length ? html`<p class="muted">${t.firstOf(found.length, count)}</p>` : nothing}`;
  }

  private one(found: FoundImages) {
    return html`<div class="found">
      <div class="row">
        <strong class="number">${t.imagesOf(found.images)}</strong>
        ${found.differingLabels == null && found.name ? html`<span>${found.name}</span>` : nothing}
        ${found.acrossParts ? html`<span class="badge" data-kind="bad">${t.acrossParts}</span>` : nothing}
        ${found.differingLabels ? html`<span class="badge" data-kind="bad">${t.differingLabels}</span>` : nothing}
      </div>
      <ul class="pictures">${found.shown.map((image) => this.picture(image))}</ul>
      ${found.images > found.shown.length ? html`<p class="small muted">${t.andMore(whole(found.images - found.shown.length))}</p>` : nothing}
    </div>`;
  }

  private picture(image: FoundImage) {
    const { dataset } = this.detail;
    const classes = image.classes.map((c) => dataset.description.classes[c] ?? String(c)).join(', ');
    return html`<li><figure>
      <mt-picture src=${path`/datasets/${dataset.id}/images/${image.index}`} alt=${image.id}></mt-picture>
      <figcaption><span><span class="badge">${t.splits[image.split]}</span> <strong>${classes || t.unlabelled}</strong></span><span>${image.id}</span></figcaption>
    </figure></li>`;
  }
}
