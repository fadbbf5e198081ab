/** Of two classes: what calling images positive from a threshold on comes to, at any threshold. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, path } from '../../api';
import { errorBox } from '../../components/bits';
import { fixed, short, whole } from '../../format';
import { Light, Resource } from '../../page';
import { setQuery } from '../../router';
import { texts } from '../../texts';
import { finite } from '../experiment/types';
import type { AtThreshold, ThresholdPoint, Thresholds } from './types';

const t = texts.run;
const VALUES = ['sensitivity', 'specificity', 'ppv', 'npv', 'balanced_accuracy', 'mcc'] as const;
const PAUSE = 300;

@customElement('mt-operating-points')
export class OperatingPoints extends Light {
  @property() run = '';
  /** Probability that was chosen on the validation split, where one was. */
  @property({ attribute: false }) chosen: number | undefined;
  @property({ attribute: false }) query = new URLSearchParams();
  /** The last threshold whose intervals are known. */
  @state() private exact: AtThreshold | undefined;

  private readonly thresholds = new Resource<Thresholds>(this, {
    load: (signal) => api.get(path`/runs/${this.run}/operating-points`, { signal }),
    then: () => this.exactly(),
  });
  private asked = '';
  private waiting?: AbortController;
  private timer?: ReturnType<typeof setTimeout>;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.waiting?.abort();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.asked !== this.run) {
      this.asked = this.run;
      void this.thresholds.restart();
    } else if (changed.has('query') || changed.has('chosen')) this.exactly();
  }

  /** Where the slider is: what the address says, else what was chosen beforehand. */
  private get threshold(): number {
    const said = this.query.get('threshold');
    const number = said === null ? NaN : Number(said);
    return Number.isFinite(number) ? number : (this.chosen ?? 0.5);
  }

  /** Asks for the intervals at the threshold once the slider rests. */
  private exactly(): void {
    clearTimeout(this.timer);
    this.waiting?.abort();
    const { threshold } = this;
    if (!this.thresholds.value || this.exact?.threshold === threshold) return;
    this.timer = setTimeout(() => void this.ask(threshold), PAUSE);
  }

  private async ask(threshold: number): Promise<void> {
    const { signal } = (this.waiting = new AbortController());
    try {
      this.exact = await api.get<AtThreshold>(path`/runs/${this.run}/operating-point`, { signal, query: { threshold } });
    } catch {
      // The values stay, without their intervals.
    }
  }

  protected override render() {
    const { error } = this.thresholds;
    if (error?.status === 404) return nothing;
    if (error && !this.thresholds.value) return errorBox(error, () => void this.thresholds.reload());
    return this.thresholds.value ? this.content(this.thresholds.value) : nothing;
  }

  /** The lowest point whose threshold is not below: what is called positive from there on. */
  private at({ points }: Thresholds): number {
    let found = 0;
    points.forEach(({ threshold }, index) => {
      const own = finite(threshold);
      if (own !== null && own >= this.threshold) found = index;
    });
    return found;
  }

  private content(all: Thresholds) {
    const index = this.at(all);
    const exact = this.exact?.threshold === this.threshold ? this.exact : undefined;
    const point = exact ?? all.points[index]!;
    const slide = (event: Event) => {
      const threshold = finite(all.points[Number((event.target as HTMLInputElement).value)]!.threshold);
      setQuery({ threshold: String(threshold ?? 1) });
    };
    return html`<h3>${t.operating}</h3>
      <p>${t.operatingText(all.positive, whole(all.images), whole(all.positives))}</p>
      <div class="controls">
        <label class="field grow">${t.threshold(short(this.threshold))}<input type="range" min="0" max=${all.points.length - 1} step="1"
          .value=${String(index)} aria-valuetext=${short(this.threshold)} @input=${slide} /></label>
        ${this.chosen === undefined || this.chosen === this.threshold
          ? nothing
          : html`<button type="button" @click=${() => setQuery({ threshold: undefined })}>${t.chosenThreshold(short(this.chosen))}</button>`}
      </div>
      <div class="halves">${this.values(point, exact)}${this.counts(point, all.positive)}</div>
      <p class="small muted">${this.chosen !== undefined && this.threshold === this.chosen ? t.chosenText : t.lookedAtText}</p>`;
  }

  private values(point: ThresholdPoint, exact: AtThreshold | undefined) {
    return html`<div class="table-scroll" tabindex="0"><table aria-live="polite">
      <thead><tr><th scope="col">${t.metric}</th><th scope="col" class="numeric">${t.value}</th>
        <th scope="col" class="numeric">${t.intervalTitle}</th></tr></thead>
      <tbody>${VALUES.map((name) => {
        const interval = exact?.intervals?.values[name];
        return html`<tr><th scope="row">${t.operatingValues[name]}</th><td class="numeric">${fixed(finite(point.values[name]))}</td>
          <td class="numeric">${interval ? t.interval(fixed(finite(interval.low)), fixed(finite(interval.high))) : texts.common.none}</td></tr>`;
      })}</tbody>
    </table></div>`;
  }

  private counts({ confusionMatrix: [negative, positive] }: ThresholdPoint, name: string) {
    const row = (title: string, counts: number[]) =>
      html`<tr><th scope="row">${title}</th>${counts.map((n) => html`<td class="numeric">${whole(n)}</td>`)}</tr>`;
    return html`<div class="table-scroll" tabindex="0"><table>
      <thead><tr><th scope="col">${t.truth}</th><th scope="col" class="numeric">${t.calledNegative}</th>
        <th scope="col" class="numeric">${t.calledPositive}</th></tr></thead>
      <tbody>${row(t.notOf(name), negative!)}${row(name, positive!)}</tbody>
    </table></div>`;
  }
}
