/** Curves of the arms as mean and band over their runs, and single runs where they are asked for. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api, path } from '../../api';
import '../../components/chart';
import type { Curve } from '../../components/chart';
import { LookAgain } from '../../live';
import { Light, Resource } from '../../page';
import { setQuery } from '../../router';
import { texts } from '../../texts';
import { arm, finite, type ExperimentCurves } from './types';

const t = texts.experiment;
export const METRICS = ['training_loss', 'loss', 'accuracy', 'recall', 'f1', 'cohen_kappa', 'roc_auc', 'average_precision', 'learning_rate'];
const MOST_SINGLES = 50;
const COLOURS = 8;
const LOOK_AT_MOST = 5_000;

type Values = (number | null)[];

/** The columns of all curves over one common x: what has no value at a place is null there, and lines go on across. */
function aligned(curves: ExperimentCurves): { x: number[]; at: (x: readonly number[], y: readonly unknown[]) => Values } {
  const all = new Set<number>();
  for (const { band } of curves.arms) for (const place of band.x) all.add(place);
  for (const { x } of curves.runs) for (const place of x) all.add(place);
  const x = [...all].sort((a, b) => a - b);
  return {
    x,
    at: (own, values) => {
      const found: Values = new Array(x.length).fill(null);
      let from = 0;
      own.forEach((place, index) => {
        while (x[from]! < place) from++;
        found[from] = finite(values[index]);
      });
      return between(x, found);
    },
  };
}

/** Straight lines between the places that have a value; outside them nothing. */
function between(x: readonly number[], values: Values): Values {
  let before = -1;
  values.forEach((value, at) => {
    if (value === null) return;
    for (let i = before + 1; before >= 0 && i < at; i++) {
      const share = (x[i]! - x[before]!) / (x[at]! - x[before]!);
      values[i] = values[before]! + share * (value - values[before]!);
    }
    before = at;
  });
  return values;
}

@customElement('mt-experiment-curves')
export class ExperimentCurvesChart extends Light {
  @property() experiment = '';
  @property({ attribute: false }) query = new URLSearchParams();

  private readonly curves = new Resource<ExperimentCurves>(this, {
    load: (signal) =>
      api.get(path`/experiments/${this.experiment}/curves`, {
        signal,
        query: { metric: this.metric, x: this.axis, run: this.singles },
      }),
  });
  /** A curve grows slowly: it is not asked for with each step of its runs. */
  protected readonly again = new LookAgain(this, ({ type, data }) => type === 'run.changed' && data.experimentId === this.experiment, () => void this.curves.reload(), LOOK_AT_MOST);
  private asked = '';

  private get metric(): string {
    return this.query.get('metric') ?? 'training_loss';
  }

  private get axis(): string {
    return this.query.get('x') ?? 'epoch';
  }

  /** The arm whose runs are shown by themselves, by its place. */
  private get single(): number | undefined {
    const found = this.query.get('single');
    return found === null ? undefined : Number(found);
  }

  private get singles(): string[] {
    const { single } = this;
    return single === undefined ? [] : (this.curves.value?.arms[single]?.ids.slice(0, MOST_SINGLES) ?? []);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const wanted = [this.experiment, this.metric, this.axis, ...this.singles].join(' ');
    if (wanted === this.asked) return;
    this.asked = wanted;
    void this.curves.reload();
  }

  protected override render() {
    return html`
      <form class="controls" @submit=${(event: Event) => event.preventDefault()}>
        <label class="field">${t.metric}<select @change=${(event: Event) => this.set('metric', event)}>
          ${METRICS.map((one) => html`<option value=${one} ?selected=${one === this.metric}>${texts.metrics[one]}</option>`)}
        </select></label>
        <label class="field">${t.axis}<select @change=${(event: Event) => this.set('x', event)}>
          ${Object.entries(texts.axes).map(([one, name]) => html`<option value=${one} ?selected=${one === this.axis}>${name}</option>`)}
        </select></label>
        <label class="field">${t.singles}<select @change=${(event: Event) => this.set('single', event)}>
          <option value="" ?selected=${this.single === undefined}>${t.noSingles}</option>
          ${this.curves.value?.arms.map((one, index) => html`<option value=${index} ?selected=${index === this.single}>${this.name(one)}</option>`)}
        </select></label>
        <label><input type="checkbox" .checked=${this.query.has('log')} @change=${this.log} />${t.log}</label>
      </form>
      ${this.curves.render((found) => this.chart(found))}
    `;
  }

  private set(name: string, event: Event): void {
    setQuery({ [name]: (event.target as HTMLSelectElement).value });
  }

  private log(event: Event): void {
    setQuery({ log: (event.target as HTMLInputElement).checked ? '1' : undefined });
  }

  private name({ cell }: ExperimentCurves['arms'][number]): string {
    const several = new Set(this.curves.value?.arms.map((one) => one.cell.dataset)).size > 1;
    return [
      arm(cell),
      several ? cell.dataset : '',
      cell.phase.last ? '' : t.phase(cell.phase.number),
      cell.learningRate === undefined || cell.learningRate === null ? '' : t.rate(cell.learningRate),
    ]
      .filter(Boolean)
      .join(' · ');
  }

  private chart(found: ExperimentCurves) {
    if (!found.arms.length) return html`<p class="muted">${t.noCurves}</p>`;
    const { x, at } = aligned(found);
    const curves: Curve[] = found.arms.map(({ cell, ids, band }, index) => ({
      name: `${this.name({ cell, ids, band })} (n = ${ids.length})`,
      values: at(band.x, band.mean),
      band: ids.length > 1 ? [at(band.x, band.low), at(band.x, band.high)] : undefined,
      series: (index % COLOURS) + 1,
      // Where colours come again, lines do not.
      dashed: index >= COLOURS,
    }));
    const singles = found.runs.map((run, index) => ({
      name: t.run(index + 1),
      values: at(run.x, run.y),
      series: ((this.single ?? 0) % COLOURS) + 1,
      faint: true,
    }));
    const metric = texts.metrics[found.metric] ?? found.metric;
    return html`<mt-chart
        label=${metric}
        xLabel=${texts.axes[found.axis] ?? found.axis}
        yLabel=${metric}
        ?logY=${this.query.has('log')}
        .x=${x}
        .curves=${[...curves, ...singles]}
      ></mt-chart>
      <p class="small muted">${t.bandText}${
        this.single !== undefined && (found.arms[this.single]?.ids.length ?? 0) > MOST_SINGLES ? ` ${t.singlesCut(MOST_SINGLES)}` : nothing}</p>`;
  }
}
