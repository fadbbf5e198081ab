/** The runs of an experiment with how far they are, a page of them at a time. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api, path, problem } from '../../api';
import { progressBar, stateBadge } from '../../components/bits';
import '../../components/table';
import { pager, type Column } from '../../components/table';
import { attempt } from '../../components/toasts';
import { duration, fixed, short } from '../../format';
import { Light, Resource } from '../../page';
import { setQuery } from '../../router';
import { texts } from '../../texts';
import { ENDED, RESUMABLE, finite, type Run } from './types';

const t = texts.experiment;
const SIZE = 100;
const STATES = ['QUEUED', 'PREPARING', 'TRAINING', 'EVALUATING', 'SUCCEEDED', 'FAILED', 'CANCELLED'];

export interface RunPage {
  items: Run[];
  page: number;
  size: number;
  total: number;
}

/** How much of its work is done, between 0 and 1; nothing where that is not known. */
export function done({ state, progress }: Run): number | undefined {
  if (ENDED.has(state)) return 1;
  return progress.iterations && progress.iteration !== undefined && progress.iteration !== null
    ? progress.iteration / progress.iterations
    : undefined;
}

/** In words: where it is, and what is left. */
export function progress(run: Run) {
  const { progress: at, state } = run;
  if (run.error) return html`<span class="small">${run.error.message}</span>`;
  if (ENDED.has(state)) return nothing;
  const parts = [
    at.epoch === undefined || at.epoch === null ? '' : t.epoch(at.epoch.toFixed(1)),
    finite(at.loss) === null ? '' : t.loss(short(at.loss)),
    finite(at.secondsLeft) === null ? '' : texts.time.left(duration(at.secondsLeft)),
    at.detail ?? '',
  ].filter(Boolean);
  const share = done(run);
  return html`${share === undefined ? nothing : progressBar(share, t.progressOf(run.backbone, run.repetition + 1))}
    <div class="small muted">${parts.join(' · ')}</div>`;
}

@customElement('mt-experiment-runs')
export class ExperimentRuns extends Light {
  @property() experiment = '';
  @property() metric = '';
  @property({ attribute: false }) query = new URLSearchParams();

  private readonly runs = new Resource<RunPage>(this, {
    load: (signal) => this.load(signal),
    concerns: ({ type, data }) => type === 'run.changed' && data.experimentId === this.experiment,
  });
  private asked = '';

  private get page(): number {
    return Math.max(0, Number(this.query.get('page') ?? 0) || 0);
  }

  private get state(): string {
    return this.query.get('state') ?? '';
  }

  private load(signal: AbortSignal): Promise<RunPage> {
    return api.get(path`/experiments/${this.experiment}/runs`, {
      signal,
      query: { page: this.page, size: SIZE, state: this.state },
    });
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const wanted = `${this.experiment} ${this.page} ${this.state}`;
    if (wanted === this.asked) return;
    this.asked = wanted;
    void this.runs.reload();
  }

  protected override render() {
    return html`
      <div class="controls">
        <label class="field">${t.state}<select @change=${(event: Event) =>
          setQuery({ state: (event.target as HTMLSelectElement).value, page: undefined })}>
          <option value="">${t.allStates}</option>
          ${STATES.map((one) => html`<option value=${one} ?selected=${one === this.state}>${texts.common.states[one]}</option>`)}
        </select></label>
      </div>
      ${this.runs.render(({ items, total, page, size }) =>
        items.length
          ? html`<mt-table remote label=${t.runs} .size=${SIZE} .columns=${this.columns()} .rows=${items} .rowKey=${(run: Run) => run.id}></mt-table>
              ${total > size ? pager(page * size, items.length, total, (by) => setQuery({ page: String(page + by) }, { push: true })) : nothing}`
          : html`<p class="muted">${t.noRuns}</p>`,
      )}
    `;
  }

  private value(run: Run, split: 'val' | 'test') {
    return fixed(finite(run.metrics[split]?.[this.metric]));
  }

  private columns(): Column<Run>[] {
    const judged = texts.metrics[this.metric] ?? this.metric;
    return [
      { key: 'model', title: t.model, heading: true, cell: (run) => html`<a href="/runs/${run.id}">${run.backbone}</a>
          <div class="small muted">${run.initialisation}${run.phase.last ? nothing : html` · ${t.phase(run.phase.number)}`}</div>` },
      { key: 'dataset', title: t.dataset, from: 'wide', cell: (run) => run.dataset },
      { key: 'repetition', title: t.repetition, numeric: true, from: 'medium', cell: (run) => run.repetition + 1 },
      { key: 'seed', title: t.seed, numeric: true, from: 'wide', cell: (run) => run.seed },
      { key: 'state', title: t.state, cell: (run) => html`${stateBadge(run.state)} ${this.resume(run)}` },
      { key: 'progress', title: t.progress, from: 'medium', cell: progress },
      { key: 'val', title: t.validation, help: judged, numeric: true, from: 'wide', cell: (run) => this.value(run, 'val') },
      { key: 'test', title: t.test, help: judged, numeric: true, cell: (run) => this.value(run, 'test') },
    ];
  }

  private resume(run: Run) {
    if (!RESUMABLE.has(run.state)) return nothing;
    return html`<button type="button" class="plain" @click=${async () => {
      if (await attempt(() => api.post(path`/runs/${run.id}/resume`), t.resumed)) void this.runs.reload();
    }}>${t.resume}</button>`;
  }
}

/** All runs of an experiment that can go on. */
async function resumable(experiment: string): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 0; ; page++) {
    const found = await api.get<RunPage>(path`/experiments/${experiment}/runs`, {
      query: { state: [...RESUMABLE].join(','), page, size: SIZE },
    });
    ids.push(...found.items.map(({ id }) => id));
    if (found.items.length < SIZE) return ids;
  }
}

/** Lets runs go on one after the other: one that must wait for the phase before says so, and the others go on. */
export async function resumeAll(experiment: string): Promise<{ resumed: number; refused: string[] }> {
  const refused: string[] = [];
  let resumed = 0;
  for (const id of await resumable(experiment)) {
    try {
      await api.post(path`/runs/${id}/resume`);
      resumed++;
    } catch (thrown) {
      refused.push(problem(thrown).detail);
    }
  }
  return { resumed, refused };
}
