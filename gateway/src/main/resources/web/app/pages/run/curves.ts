/** The curves of one run: nearer parts are fetched with more points as one zooms in. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, path } from '../../api';
import '../../components/chart';
import type { Curve } from '../../components/chart';
import { LookAgain } from '../../live';
import { Light, Resource } from '../../page';
import { setQuery } from '../../router';
import { texts } from '../../texts';
import { finite } from '../experiment/types';
import { smoothed } from './smoothing';
import type { Columns, Curves } from './types';

const t = texts.run;
const POINTS = 1000;
const PAUSE = 250;
const LOOK_AT_MOST = 5_000;
const AXES = { iteration: 'iteration', epoch: 'epoch', seconds: 'seconds' } as const;
type Axis = keyof typeof AXES;

/** Part of the run that is looked at, by its iterations. */
interface Range {
  from: number;
  to: number;
}

@customElement('mt-run-curves')
export class RunCurvesChart extends Light {
  @property() run = '';
  @property({ attribute: false }) query = new URLSearchParams();
  @state() private near: Curves | undefined;

  private readonly whole = new Resource<Curves>(this, {
    load: (signal) => api.get(path`/runs/${this.run}/curves`, { signal, query: { points: POINTS } }),
  });
  /** A curve grows slowly: it is not asked for with each step of its runs. */
  protected readonly again = new LookAgain(this, ({ type, data }) => type === 'run.changed' && data.id === this.run, () => void this.whole.reload(), LOOK_AT_MOST);
  private asked = '';
  private timer?: ReturnType<typeof setTimeout>;

  private get metric(): string {
    return this.query.get('metric') ?? 'training_loss';
  }

  private get axis(): Axis {
    const found = this.query.get('x') ?? 'iteration';
    return found in AXES ? (found as Axis) : 'iteration';
  }

  private get weight(): number {
    return Math.min(0.99, Math.max(0, Number(this.query.get('smooth') ?? 0) || 0));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.asked === this.run) return;
    this.asked = this.run;
    this.near = undefined;
    void this.whole.restart();
  }

  protected override render() {
    return this.whole.render((curves) => {
      const known = [...Object.keys(curves.training.metrics), ...Object.keys(curves.validation.metrics)];
      if (!known.length) return html`<p class="muted">${t.noCurves}</p>`;
      const metric = known.includes(this.metric) ? this.metric : known[0]!;
      return html`${this.controls(known, metric)}${this.chart(curves, metric)}`;
    });
  }

  private controls(known: string[], metric: string) {
    const choose = (name: string) => (event: Event) =>
      setQuery({ [name]: (event.target as HTMLSelectElement).value });
    return html`<form class="controls" @submit=${(event: Event) => event.preventDefault()}>
      <label class="field">${t.metric}<select @change=${choose('metric')}>
        ${known.map((one) => html`<option value=${one} ?selected=${one === metric}>${texts.metrics[one] ?? one}</option>`)}
      </select></label>
      <label class="field">${t.axis}<select @change=${choose('x')}>
        ${Object.keys(AXES).map((one) => html`<option value=${one} ?selected=${one === this.axis}>${texts.axes[one]}</option>`)}
      </select></label>
      <label class="field">${t.smoothing(this.weight)}<input type="range" min="0" max="0.99" step="0.01" .value=${String(this.weight)}
        @input=${(event: Event) => {
          const value = (event.target as HTMLInputElement).value;
          setQuery({ smooth: value === '0' ? undefined : value });
        }} /></label>
      <label><input type="checkbox" .checked=${this.query.has('log')} @change=${(event: Event) =>
        setQuery({ log: (event.target as HTMLInputElement).checked ? '1' : undefined })} />${t.log}</label>
    </form>`;
  }

  private chart(curves: Curves, metric: string) {
    const { x, values } = this.points(curves, metric);
    const name = texts.metrics[metric] ?? metric;
    const shown: Curve[] =
      this.weight === 0
        ? [{ name, values, series: 1 }]
        : [
            { name: t.smoothed(name), values: smoothed(values, this.weight), series: 1 },
            { name, values, series: 1, faint: true },
          ];
    return html`<mt-chart label=${name} xLabel=${texts.axes[this.axis] ?? ''} yLabel=${name} ?logY=${this.query.has('log')}
        .x=${x} .curves=${shown} @range=${this.zoomed}></mt-chart>
      <p class="small muted">${metric === 'training_loss' ? t.lossText : nothing} ${t.secondsText}</p>`;
  }

  /** The whole curve, its part that is looked at replaced by the nearer one. */
  private points(curves: Curves, metric: string): { x: number[]; values: (number | null)[] } {
    const of = (from: Curves): Columns => (metric in from.training.metrics ? from.training : from.validation);
    const all = this.column(of(curves), metric);
    if (!this.near) return all;
    const near = this.column(of(this.near), metric);
    if (!near.x.length) return all;
    const [first, last] = [near.x[0]!, near.x[near.x.length - 1]!];
    const begin = all.x.findIndex((place) => place >= first);
    let end = all.x.findIndex((place) => place > last);
    if (end < 0) end = all.x.length;
    return {
      x: [...all.x.slice(0, begin < 0 ? undefined : begin), ...near.x, ...all.x.slice(end)],
      values: [...all.values.slice(0, begin < 0 ? undefined : begin), ...near.values, ...all.values.slice(end)],
    };
  }

  private column(columns: Columns, metric: string): { x: number[]; values: (number | null)[] } {
    return { x: columns[this.axis], values: (columns.metrics[metric] ?? []).map(finite) };
  }

  private readonly zoomed = (event: CustomEvent<{ min: number; max: number }>): void => {
    clearTimeout(this.timer);
    const range = this.range(event.detail);
    if (!range) {
      this.near = undefined;
      return;
    }
    this.timer = setTimeout(() => void this.look(range), PAUSE);
  };

  /** The iterations between two places; nothing where all points are there already. */
  private range({ min, max }: { min: number; max: number }): Range | undefined {
    const training = this.whole.value?.training;
    if (!training || training.iteration.length < POINTS / 2) return undefined;
    const x = training[this.axis];
    const first = x.findIndex((place) => place >= min);
    let last = x.findIndex((place) => place > max);
    if (last < 0) last = x.length - 1;
    if (first <= 0 && last >= x.length - 1) return undefined;
    return { from: training.iteration[Math.max(0, first - 1)] ?? 0, to: training.iteration[last]! };
  }

  private async look({ from, to }: Range): Promise<void> {
    try {
      this.near = await api.get<Curves>(path`/runs/${this.run}/curves`, { query: { points: POINTS, from, to } });
    } catch {
      // The whole curve stays; the next zoom asks again.
    }
  }
}
