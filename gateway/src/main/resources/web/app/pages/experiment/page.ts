/** One experiment: what came out first, then how it went and what it took. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api, path } from '../../api';
import { caller, isAtLeast, type Caller } from '../../caller';
import { notices, pageHead, stateBadge } from '../../components/bits';
import { ask } from '../../components/dialog';
import '../../components/figures';
import '../../components/time-ago';
import { attempt, tell } from '../../components/toasts';
import { Page, Resource } from '../../page';
import { navigate, type Route } from '../../router';
import { texts } from '../../texts';
import { costs } from './costs';
import './curves';
import './runs';
import { resumeAll } from './runs';
import { searches } from './searches';
import type { Belonging, Comparison, Experiment } from './types';
import { table, tests, verdicts } from './verdict';

const t = texts.experiment;
const REPORTS = ['html', 'md', 'latex', 'zip'] as const;
const TABLES = ['csv', 'csv-tests', 'latex', 'md'] as const;

export const view = (route: Route) => html`<mt-experiment .route=${route}></mt-experiment>`;

@customElement('mt-experiment')
export class ExperimentPage extends Page {
  @state() private busy = false;
  @state() private who: Caller | undefined;

  private readonly experiment = new Resource<Experiment>(this, {
    load: (signal) => api.get(path`/experiments/${this.experimentId}`, { signal }),
    concerns: ({ type, data }) => type === 'experiment.changed' && data.id === this.experimentId,
    then: ({ experiment }) => this.name(experiment.name),
  });
  private readonly whose = new Resource<Belonging>(this, {
    load: (signal) => api.get(path`/experiments/${this.experimentId}/summary`, { signal }),
  });
  /** Draws many times and may take its time: the table is there before. */
  private readonly comparison = new Resource<Comparison>(this, {
    load: (signal) => api.get(path`/experiments/${this.experimentId}/comparison`, { signal }),
    concerns: ({ type, data }) => type === 'experiment.changed' && data.id === this.experimentId,
  });
  private shown = '';

  private get experimentId(): string {
    return this.route.params.id ?? '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    caller().then((who) => (this.who = who), () => undefined);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.shown === this.experimentId) return;
    this.shown = this.experimentId;
    void this.experiment.restart();
    void this.whose.restart();
    void this.comparison.restart();
  }

  protected override render() {
    return this.experiment.render((found) => this.content(found));
  }

  private content(found: Experiment) {
    const { experiment } = found;
    const address = path`/experiments/${this.experimentId}`;
    const metric = found.table.columns[0]?.metric ?? 'recall';
    return html`
      ${pageHead(experiment.name, {
        trail: html`<a href="/experiments">${texts.experiments.title}</a>`,
        actions: this.actions(found),
      })}
      <p class="row small muted">${stateBadge(experiment.state)} <span>${t.begun} <mt-ago when=${experiment.created}></mt-ago></span>
        <span>${t.runCount(found.runsTotal ?? found.runs.length)}</span> <code>${experiment.id}</code>${this.belonging()}</p>
      <div class="stack">
        <section><h2 class="visually-hidden">${t.verdict}</h2>
          ${this.comparison.render(verdicts)}
          ${table(found.table)}
          ${searches(found.searches)}
          ${this.comparison.value ? tests(this.comparison.value) : nothing}
          ${this.downloads()}
        </section>
        ${notices(this.comparison.value?.notes ?? found.notices)}
        <mt-figures of=${address} version=${experiment.state} .only=${/forest|difference/}></mt-figures>
      </div>
      <section class="part"><h2>${t.curves}</h2>
        <mt-experiment-curves experiment=${this.experimentId} .query=${this.route.query}></mt-experiment-curves></section>
      <section class="part"><h2>${t.runs}</h2>
        <mt-experiment-runs experiment=${this.experimentId} metric=${metric} .query=${this.route.query}></mt-experiment-runs></section>
      ${this.comparison.value?.costs.length
        ? html`<section class="part"><h2>${t.costs}</h2>${costs(this.comparison.value.costs)}</section>`
        : nothing}
      <section class="part"><mt-figures of=${address} version=${experiment.state} heading=${t.figures} .without=${/forest|difference/}></mt-figures></section>
    `;
  }

  private belonging() {
    const whose = this.whose.value;
    return whose ? html`<span>${t.by(whose.owner, whose.team)}</span>${this.sharing(whose)}` : nothing;
  }

  /** Said by its person and administrators only. */
  private sharing({ owner, sharing }: Belonging) {
    if (this.who?.person !== owner && !isAtLeast(this.who, 'admin')) return nothing;
    return html`<label>${t.sharing} <select ?disabled=${this.busy} @change=${this.share}>${Object.entries(t.sharings).map(
      ([value, text]) => html`<option value=${value} ?selected=${value === sharing}>${text}</option>`,
    )}</select></label>`;
  }

  private async share(event: Event): Promise<void> {
    const sharing = (event.target as HTMLSelectElement).value;
    await this.doing(async () => {
      await api.patch(path`/experiments/${this.experimentId}`, { sharing });
      tell(t.shared);
    });
  }

  private downloads() {
    return html`<p class="row small">${t.tableAs}
      ${TABLES.map((format) => html`<a href="/api/v1/experiments/${this.experimentId}/comparison?format=${format}" download="${this.experimentId}.${t.files[format]}">${
        t.formats[format]}</a>`)}</p>`;
  }

  private actions({ experiment }: Experiment) {
    const running = experiment.state === 'RUNNING';
    const stopped = !running && experiment.state !== 'SUCCEEDED';
    return html`
      <a class="button" href="/experiments/new?from=${experiment.id}">${t.again}</a>
      <details class="menu">
        <summary class="button">${t.report}</summary>
        <ul>${REPORTS.map((format) => html`<li><a href="/api/v1/experiments/${experiment.id}/report?format=${format}"
          target=${format === 'html' ? '_blank' : nothing} rel="noopener">${t.formats[format]}</a></li>`)}</ul>
      </details>
      ${running ? html`<button type="button" ?disabled=${this.busy} @click=${this.cancel}>${t.cancel}</button>` : nothing}
      ${stopped ? html`<button type="button" ?disabled=${this.busy} @click=${this.resume}>${t.resumeAll}</button>` : nothing}
      ${running ? nothing : html`<button type="button" ?disabled=${this.busy} @click=${() => this.forget(experiment.name)}>${t.remove}</button>`}
    `;
  }

  private async doing(what: () => Promise<unknown>): Promise<void> {
    this.busy = true;
    await attempt(what);
    this.busy = false;
    void this.experiment.reload();
  }

  private async cancel(): Promise<void> {
    if (!(await ask({ title: t.cancelTitle, body: t.cancelText, action: t.cancelAction }))) return;
    await this.doing(async () => {
      await api.post(path`/experiments/${this.experimentId}/cancel`);
      tell(t.cancelled);
    });
  }

  private async resume(): Promise<void> {
    await this.doing(async () => {
      const { resumed, refused } = await resumeAll(this.experimentId);
      if (refused.length) throw new Error(t.resumedSome(resumed, refused.length, refused[0]!));
      tell(t.resumedAll(resumed));
    });
  }

  private async forget(name: string): Promise<void> {
    if (!(await ask({ title: t.removeTitle(name), body: t.removeText, action: t.remove, danger: true }))) return;
    this.busy = true;
    if (await attempt(() => api.delete(path`/experiments/${this.experimentId}`), t.removed)) navigate('/experiments');
    this.busy = false;
  }
}
