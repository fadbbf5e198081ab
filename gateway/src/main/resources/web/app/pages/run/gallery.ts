/** The images on which the run was measured, the most wrong first, with what the model looked at beside. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api, path } from '../../api';
import { pager } from '../../components/table';
import { fixed, short, whole } from '../../format';
import { Light, Resource } from '../../page';
import { setQuery } from '../../router';
import { texts } from '../../texts';
import type { Prediction, Predictions } from './types';

const t = texts.run;
const SIZE = 24;
const ORDERS = ['wrong', 'right', 'row'] as const;

/** Names of classes that an image shows, or is said to show. */
export function named(classes: readonly string[], numbers: readonly number[]): string {
  return numbers.length ? numbers.map((number) => classes[number] ?? String(number)).join(', ') : t.noClass;
}

@customElement('mt-gallery')
export class Gallery extends Light {
  @property() run = '';
  @property({ attribute: false }) query = new URLSearchParams();

  private readonly predictions = new Resource<Predictions>(this, {
    load: (signal) =>
      api.get(path`/runs/${this.run}/predictions`, {
        signal,
        query: {
          sort: this.value('sort'),
          label: this.value('label'),
          prediction: this.value('prediction'),
          wrong: this.value('wrong'),
          page: this.value('page'),
          size: SIZE,
        },
      }),
  });
  private asked = '';

  private value(name: string): string | undefined {
    return this.query.get(name) ?? undefined;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const names = ['sort', 'label', 'prediction', 'wrong', 'page'];
    const wanted = [this.run, ...names.map((name) => this.value(name) ?? '')].join('\n');
    if (wanted === this.asked) return;
    this.asked = wanted;
    void this.predictions.reload();
  }

  protected override render() {
    if (this.predictions.error?.status === 404) return html`<p class="muted">${t.noPredictions}</p>`;
    return this.predictions.render((found) => html`${this.controls(found)}${this.pictures(found)}`);
  }

  private controls({ classes, images, wrong }: Predictions) {
    const select = (name: string, title: string, options: [value: string, name: string][]) => html`
      <label class="field">${title}<select @change=${(event: Event) =>
        setQuery({ [name]: (event.target as HTMLSelectElement).value, page: undefined })}>
        ${options.map(([value, text]) => html`<option value=${value} ?selected=${value === (this.value(name) ?? options[0]![0])}>${text}</option>`)}
      </select></label>`;
    const numbered = classes.map((name, number): [string, string] => [String(number), name]);
    return html`<form class="controls" @submit=${(event: Event) => event.preventDefault()}>
        ${select('sort', t.order, ORDERS.map((order): [string, string] => [order, t.orders[order]]))}
        ${select('label', t.truth, [['', t.anyClass], ...numbered])}
        ${select('prediction', t.predicted, [['', t.anyClass], ...numbered])}
        ${select('wrong', t.rightOrWrong, [['', t.both], ['true', t.onlyWrong], ['false', t.onlyRight]])}
      </form>
      <p class="small muted">${t.wrongOf(whole(wrong), whole(images))}</p>`;
  }

  private pictures({ items, classes, page, size, total, split }: Predictions) {
    if (!items.length) return html`<p class="muted">${t.noImages}</p>`;
    return html`<ul class="gallery">${items.map((item) => this.picture(item, classes, split))}</ul>
      ${total > size ? pager(page * size, items.length, total, (by) => setQuery({ page: String(page + by) }, { push: true })) : nothing}`;
  }

  private picture(item: Prediction, classes: readonly string[], split: string) {
    const right = item.label.join() === item.prediction.join();
    const probability = item.prediction.length === 1 ? item.probabilities[item.prediction[0]!] : undefined;
    return html`<li>
      <div class="pair">
        <img loading="lazy" width="160" height="160" alt=${t.pictureOf(item.image)} src="${path`/runs/${this.run}/images/${item.row}`}?split=${split}"
          @error=${missing} />
        ${item.attention
          ? html`<a href="/api/v1/runs/${this.run}/files/${item.attention}" target="_blank" rel="noopener"><img loading="lazy" width="160" height="160"
              alt=${t.attentionOf(item.image)} src="/api/v1/runs/${this.run}/files/${item.attention}" @error=${missing} /></a>`
          : nothing}
      </div>
      <div class="name" title=${item.image}>${item.image}</div>
      <dl>
        <dt>${t.truth}</dt><dd>${named(classes, item.label)}</dd>
        <dt>${t.predicted}</dt><dd><span aria-hidden="true">${right ? '✓' : '✗'}</span> ${named(classes, item.prediction)}${
          probability === undefined ? nothing : html` <span class="muted number">${fixed(probability)}</span>`}</dd>
        <dt title=${t.lossHelp}>${t.loss}</dt><dd class="number">${short(item.loss)}</dd>
      </dl>
    </li>`;
  }
}

/** A picture that is not to be had leaves its place empty, with its name for a text. */
export function missing(event: Event): void {
  (event.target as HTMLElement).classList.add('missing');
}

/** Where one picture takes the place of another, that may be had. */
export function there(event: Event): void {
  (event.target as HTMLElement).classList.remove('missing');
}
