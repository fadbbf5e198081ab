/** One run: how it learned, what it is worth, which images it mistakes, where it comes from. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api, path } from '../../api';
import { errorBox, notices, pageHead, progressBar, stateBadge } from '../../components/bits';
import '../../components/figures';
import '../../components/time-ago';
import { attempt } from '../../components/toasts';
import { duration, fixed, whole } from '../../format';
import { Page, Resource } from '../../page';
import type { Route } from '../../router';
import { texts } from '../../texts';
import { done, progress } from '../experiment/runs';
import { ENDED, RESUMABLE, finite } from '../experiment/types';
import './curves';
import './embeddings';
import './gallery';
import './operating';
import { resolvedFile } from './parts';
import { classes, confusion, metrics, subgroups } from './results';
import type { Results, RunDetail } from './types';

const t = texts.run;
const VIEWS = ['curves', 'results', 'images', 'embeddings', 'lineage', 'files', 'log', 'file'] as const;
type View = (typeof VIEWS)[number];
const ROC = /roc|pr|precision|reliab|calib/;
const HIDDEN = /loss|curve|valid|confusion|embed|attention|operating/;

export const view = (route: Route) => html`<mt-run .route=${route}></mt-run>`;

@customElement('mt-run')
export class RunPage extends Page {
  @state() private busy = false;

  private readonly detail = new Resource<RunDetail>(this, {
    load: (signal) => api.get(path`/runs/${this.runId}`, { signal, query: { curves: false } }),
    concerns: ({ type, data }) => type === 'run.changed' && data.id === this.runId,
    then: ({ run }) => this.name(`${run.backbone}, ${run.initialisation} #${run.repetition + 1}`),
  });
  private readonly results = new Resource<Results>(this, {
    load: (signal) => api.get(path`/runs/${this.runId}/results`, { signal }),
  });
  private shown = '';
  private measured = '';

  private get runId(): string {
    return this.route.params.id ?? '';
  }

  private get view(): View {
    const found = this.route.query.get('view');
    return VIEWS.find((one) => one === found) ?? 'curves';
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.shown !== this.runId) {
      this.shown = this.runId;
      void this.detail.restart();
    }
    // Results are there once the run has succeeded; they are asked for when they are to be seen.
    const wanted = this.view === 'results' && this.detail.value ? `${this.runId} ${this.detail.value.run.state}` : '';
    if (wanted && wanted !== this.measured) {
      this.measured = wanted;
      void this.results.restart();
    }
  }

  protected override render() {
    return this.detail.render((found) => this.content(found));
  }

  private content(found: RunDetail) {
    const { run, experimentId } = found;
    const title = `${run.backbone}, ${run.initialisation} #${run.repetition + 1}`;
    return html`
      ${pageHead(title, {
        trail: html`<a href="/experiments">${texts.experiments.title}</a> / <a href="/experiments/${experimentId}">${t.experiment}</a>`,
        actions: RESUMABLE.has(run.state)
          ? html`<button type="button" ?disabled=${this.busy} @click=${this.resume}>${texts.experiment.resume}</button>`
          : nothing,
      })}
      <p class="row small muted">${stateBadge(run.state)} <span>${run.dataset}</span> <span>${t.seed(run.seed)}</span>
        <span>${t.begun} <mt-ago when=${found.created}></mt-ago></span> <code>${run.id}</code></p>
      ${ENDED.has(run.state) ? nothing : html`<div class="progress">${progressBar(done(run), t.progress)}${progress(run)}</div>`}
      ${run.error ? html`<div class="box" data-kind="bad"><p><strong>${run.error.code}.</strong> ${run.error.message}</p></div>` : nothing}
      ${this.facts(found)}
      <nav class="views" aria-label=${t.views}>${VIEWS.map(
        (one) => html`<a href="/runs/${this.runId}?view=${one}" aria-current=${one === this.view ? 'page' : nothing}>${t.viewNames[one]}</a>`,
      )}</nav>
      <section class="view"><h2 class="visually-hidden">${t.viewNames[this.view]}</h2>${this.body(found)}</section>
      ${notices(found.notices)}
    `;
  }

  private facts({ run, dataset }: RunDetail) {
    const metric = target(dataset?.description.targetMetric);
    const facts: [string, unknown][] = [
      [t.testMetric(texts.metrics[metric] ?? metric), fixed(finite(run.metrics.test?.[metric]))],
      [t.validationMetric(texts.metrics[metric] ?? metric), fixed(finite(run.metrics.val?.[metric]))],
      [t.trainingTime, duration(run.costs.training.length ? run.costs.training.reduce((sum, { seconds }) => sum + seconds, 0) : undefined)],
      [t.imagesOf, dataset ? t.sizes(whole(dataset.sizes.train), whole(dataset.sizes.val), whole(dataset.sizes.test)) : texts.common.none],
    ];
    return html`<dl class="run-facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
  }

  private body(found: RunDetail) {
    const id = found.run.id;
    const { query } = this.route;
    switch (this.view) {
      case 'curves':
        return html`<mt-run-curves run=${id} .query=${query}></mt-run-curves>`;
      case 'results':
        return this.measurements(found);
      case 'images':
        return html`<mt-gallery run=${id} .query=${query}></mt-gallery>`;
      case 'embeddings':
        return html`<mt-embeddings run=${id} .query=${query}></mt-embeddings>`;
      case 'lineage':
        return html`<mt-lineage run=${id}></mt-lineage>`;
      case 'files':
        return html`<mt-run-files run=${id}></mt-run-files>`;
      case 'log':
        return html`<mt-run-log run=${id}></mt-run-log>`;
      case 'file':
        return resolvedFile(found);
    }
  }

  private measurements({ run, dataset }: RunDetail) {
    const { error } = this.results;
    if (error?.status === 404) return html`<p class="muted">${t.noResults}</p>`;
    if (error && !this.results.value) return errorBox(error, () => void this.results.reload());
    const binary = dataset?.description.task === 'BINARY';
    const address = path`/runs/${run.id}`;
    return this.results.render((results) => {
      const chosen = finite(results.operating_point?.threshold.probability) ?? undefined;
      return html`<p>${t.measuredSplit(t.splits[results.split] ?? results.split)}</p>
        ${metrics(results)}
        ${binary
          ? html`<mt-operating-points run=${run.id} .chosen=${chosen} .query=${this.route.query}></mt-operating-points>`
          : nothing}
        ${confusion(results, run.id)} ${classes(results)}
        <mt-figures of=${address} version=${run.state} heading=${t.figures} .only=${ROC} .without=${HIDDEN}></mt-figures>
        ${subgroups(results, target(dataset?.description.targetMetric))}`;
    });
  }

  private readonly resume = async (): Promise<void> => {
    this.busy = true;
    await attempt(() => api.post(path`/runs/${this.runId}/resume`), texts.experiment.resumed);
    this.busy = false;
    void this.detail.reload();
  };
}

/** The name of the metric that a data set is judged by, as answers have it. */
function target(metric: string | undefined): string {
  return (metric ?? 'recall').toLowerCase();
}
