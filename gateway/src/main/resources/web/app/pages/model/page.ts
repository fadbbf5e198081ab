import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { address, api, path, Problem } from '../../api';
import { pageHead } from '../../components/bits';
import '../../components/copy';
import { experimentAddress, runAddress, runTable, type RunReference } from '../../components/runs';
import '../../components/table';
import type { Column } from '../../components/table';
import '../../components/time-ago';
import { attempt } from '../../components/toasts';
import { fixed, whole } from '../../format';
import { Page, Resource } from '../../page';
import type { Route } from '../../router';
import { texts } from '../../texts';
import { metric, type ModelDetail, type ModelView, type Results } from '../models/shapes';
import './try';

export const view = (route: Route) => html`<mt-model .route=${route}></mt-model>`;

const t = texts.model;
const FORMATS = [
  ['safetensors', '.safetensors'],
  ['torchscript', '.pt'],
] as const;
const METRICS = ['cohen_kappa', 'roc_auc', 'average_precision', 'accuracy', 'recall', 'precision', 'f1', 'loss'];

interface MetricRow {
  name: string;
  val?: number;
  test?: number;
  interval: string;
}

const metricColumns: Column<MetricRow>[] = [
  { key: 'name', title: t.metric, heading: true, cell: (row) => texts.models.metrics[row.name] ?? row.name },
  { key: 'val', title: t.val, numeric: true, cell: (row) => fixed(row.val) },
  { key: 'test', title: t.test, numeric: true, cell: (row) => fixed(row.test) },
  { key: 'interval', title: t.interval, numeric: true, cell: (row) => row.interval },
];

@customElement('mt-model')
export class ModelPage extends Page {
  @state() private exporting = '';
  private shown = '';
  private readonly detail = new Resource<ModelDetail>(this, {
    load: (signal) => api.get(path`/models/${this.model}`, { signal }),
    then: ({ model }) => {
      this.name(model.name);
      void this.results.restart();
    },
  });
  /** A model whose results were removed, or that was never measured, has none. */
  private readonly results = new Resource<Results | null>(this, {
    load: async (signal) => {
      try {
        return await api.get<Results>(path`/runs/${this.detail.value!.model.run.id}/results`, { signal });
      } catch (thrown) {
        if (thrown instanceof Problem && thrown.status === 404) return null;
        throw thrown;
      }
    },
  });

  private get model(): string {
    return this.route.params.name ?? '';
  }

  protected override willUpdate(): void {
    if (this.model === this.shown) return;
    this.shown = this.model;
    void this.detail.restart();
  }

  protected override render() {
    const title = this.detail.value?.model.name ?? t.title;
    return html`${pageHead(title, { trail: html`<a href="/models">${texts.models.title}</a>`, actions: this.detail.value ? this.exports() : undefined })}
      ${this.detail.render((detail) => this.sections(detail))}`;
  }

  private exports() {
    return FORMATS.map(
      ([format, extension]) => html`<button type="button" ?disabled=${this.exporting !== ''} @click=${() => this.export(format, extension)}>
        ${this.exporting === format ? t.exporting : t.export(format)}</button>`,
    );
  }

  /** By the API's client, so that a refusal is told and not saved as the model. */
  private async export(format: string, extension: string): Promise<void> {
    const { model } = this.detail.value!;
    this.exporting = format;
    await attempt(async () => {
      const file = await api.blob(address(path`/models/${model.run.id}/export`, { format }));
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `${model.name}-${model.run.id}${extension}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    }, t.exported);
    this.exporting = '';
  }

  private sections({ model, begun, tested, namesakes }: ModelDetail) {
    const classifies = model.dataset.classes.length > 0 && model.method === 'supervised';
    return html`
      ${this.facts(model)}
      <section class="part" aria-labelledby="metrics"><h2 id="metrics">${t.metrics}</h2>${this.metrics(model)}</section>
      ${classifies ? html`<section class="part" aria-labelledby="try"><h2 id="try">${t.try}</h2><mt-try run=${model.run.id}></mt-try></section>` : nothing}
      ${this.used('begun', begun)}${this.used('tested', tested)}${this.used('namesakes', namesakes)}
      ${begun.length || tested.length ? nothing : html`<p class="muted">${t.unused}</p>`}
    `;
  }

  private used(name: 'begun' | 'tested' | 'namesakes', runs: RunReference[]) {
    if (!runs.length) return nothing;
    return html`<section class="part" aria-labelledby=${name}><h2 id=${name}>${t[name]}</h2>${runTable(runs, t[name])}</section>`;
  }

  private facts(model: ModelView) {
    const fact = (name: string, value: unknown) => html`<dt>${name}</dt><dd>${value}</dd>`;
    return html`<dl class="facts">
      ${fact(t.run, html`<a href=${runAddress(model.run.id)}>${model.run.id}</a> <mt-copy .text=${model.run.id}></mt-copy>`)}
      ${fact(t.experiment, html`<a href=${experimentAddress(model.run.experimentId)}>${model.run.experiment}</a>`)}
      ${fact(t.network, html`${model.run.backbone}, ${model.run.initialisation}, ${model.method}`)}
      ${fact(t.dataset, html`<a href="/datasets/${model.preparedId}">${model.dataset.name}</a>
        ${model.dataset.synthetic ? html`<span class="badge">${texts.datasets.synthetic}</span>` : nothing}`)}
      ${fact(t.classes, t.classList(model.dataset.classes))}
      ${model.split ? fact(t.split, html`${model.split.kind} <span class="mono small muted">${model.split.sha256.slice(0, 12)}</span>`) : nothing}
      ${fact(t.seed, html`<span class="number">${model.seed}</span>`)}
      ${fact(t.trained, html`<mt-ago when=${model.run.ended ?? model.run.created}></mt-ago>`)}
      ${fact(t.weights, html`<span class="mono small">${model.checkpoint}</span>`)}
    </dl>`;
  }

  private metrics(model: ModelView) {
    return this.results.render((results) => {
      const { val, test } = model.metrics;
      const known = results?.split === undefined || results.split === 'test' ? results?.intervals : undefined;
      const rows = METRICS.filter((name) => metric(val, name) !== undefined || metric(test, name) !== undefined)
        .sort((a, b) => Number(b === model.dataset.targetMetric) - Number(a === model.dataset.targetMetric))
        .map((name) => ({ name, val: metric(val, name), test: metric(test, name), interval: this.interval(known, name) }));
      if (!rows.length) return html`<p class="muted">${t.unmeasured}</p>`;
      return html`<mt-table .columns=${metricColumns} .rows=${rows} .rowKey=${(row: MetricRow) => row.name} label=${t.metrics}></mt-table>
        <p class="small muted">${t.measured(whole(val?.n), whole(test?.n))}
          ${known ? t.intervals(Math.round(known.level * 100), whole(known.units), known.unit) : nothing}</p>
        ${known?.few?.length ? html`<div class="box" data-kind="warn">${t.few(known.few.join('; '))}</div>` : nothing}`;
    });
  }

  private interval(known: Results['intervals'], name: string): string {
    const found = known?.values[name];
    if (!found || typeof found.low !== 'number' || typeof found.high !== 'number') return texts.common.none;
    return t.fromTo(fixed(found.low), fixed(found.high));
  }
}
