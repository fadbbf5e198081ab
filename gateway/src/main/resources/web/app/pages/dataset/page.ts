import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api, path } from '../../api';
import { notices, pageHead } from '../../components/bits';
import '../../components/copy';
import { runTable } from '../../components/runs';
import '../../components/table';
import type { Column } from '../../components/table';
import '../../components/time-ago';
import { bytes, fixed, whole } from '../../format';
import { Page, Resource } from '../../page';
import type { Route } from '../../router';
import { texts } from '../../texts';
import { SPLITS, images, type DatasetDetail } from '../datasets/shapes';
import './findings';
import './samples';

export const view = (route: Route) => html`<mt-dataset .route=${route}></mt-dataset>`;

const t = texts.dataset;

interface ClassRow {
  name: string;
  counts: number[];
  total: number;
}

const classColumns: Column<ClassRow>[] = [
  { key: 'name', title: t.class, heading: true, cell: (row) => row.name, sort: (row) => row.name },
  ...SPLITS.map((split, i) => ({
    key: split,
    title: t.splits[split],
    numeric: true,
    cell: (row: ClassRow) => whole(row.counts[i]),
    sort: (row: ClassRow) => row.counts[i],
  })),
  { key: 'total', title: t.all, numeric: true, cell: (row) => whole(row.total), sort: (row) => row.total },
];

@customElement('mt-dataset')
export class DatasetPage extends Page {
  private shown = '';
  private readonly detail = new Resource<DatasetDetail>(this, {
    load: (signal) => api.get(path`/datasets/${this.fingerprint}`, { signal }),
    then: ({ dataset }) => this.name(dataset.description.name),
  });

  private get fingerprint(): string {
    return this.route.params.fingerprint ?? '';
  }

  protected override willUpdate(): void {
    if (this.fingerprint === this.shown) return;
    this.shown = this.fingerprint;
    void this.detail.restart();
  }

  protected override render() {
    const name = this.detail.value?.dataset.description.name ?? t.title;
    return html`${pageHead(name, { trail: html`<a href="/datasets">${texts.datasets.title}</a>` })}
      ${this.detail.render((detail) => this.sections(detail))}`;
  }

  private sections(detail: DatasetDetail) {
    const { dataset } = detail;
    return html`
      <div class="stack">
        ${detail.available ? nothing : html`<div class="box" data-kind="warn">${t.gone}</div>`}
        ${this.facts(detail)}
        ${notices(dataset.warnings, t.warnings)}
      </div>
      ${detail.classCounts && dataset.description.classes.length
        ? html`<section class="part" aria-labelledby="classes"><h2 id="classes">${t.classes}</h2>${this.classes(detail)}</section>`
        : nothing}
      ${detail.available
        ? html`<section class="part" aria-labelledby="findings"><h2 id="findings">${t.findings}</h2><mt-findings .detail=${detail}></mt-findings></section>
            <mt-samples .detail=${detail} .query=${this.route.query}></mt-samples>`
        : nothing}
      ${detail.skipped?.length
        ? html`<section class="part" aria-labelledby="skipped"><h2 id="skipped">${t.skipped(detail.skipped.length)}</h2>
            <ul>${detail.skipped.slice(0, 100).map((image) => html`<li><span class="mono">${image.source}</span>: ${image.reason}</li>`)}</ul></section>`
        : nothing}
      <section class="part" aria-labelledby="used"><h2 id="used">${t.usedBy(detail.runs)}</h2>
        ${detail.usedBy.length ? runTable(detail.usedBy, t.usedBy(detail.runs)) : html`<p class="muted">${t.unused}</p>`}
      </section>
    `;
  }

  private facts({ dataset, preparedAt, bytes: size, statistics }: DatasetDetail) {
    const per = (values: number[]) => values.map((value) => fixed(value)).join(', ');
    const fact = (name: string, value: unknown) => html`<dt>${name}</dt><dd>${value}</dd>`;
    return html`<dl class="facts">
      ${fact(t.fingerprint, html`<span class="mono">${dataset.id.slice(0, 16)}…</span> <mt-copy .text=${dataset.id} label=${texts.common.copy}></mt-copy>`)}
      ${fact(t.images, html`<span class="number">${t.parts(whole(images(dataset.sizes)), SPLITS.map((split) => whole(dataset.sizes[split])))}</span>
        ${dataset.description.synthetic ? html`<span class="badge">${texts.datasets.synthetic}</span>` : nothing}`)}
      ${fact(t.task, t.tasks[dataset.description.task] ?? dataset.description.task)}
      ${fact(t.judged, dataset.description.targetMetric)}
      ${dataset.split
        ? fact(t.split, html`${dataset.split.kind} <span class="mono small muted">${dataset.split.sha256.slice(0, 12)}</span>
            ${dataset.split.trainFraction ? t.fraction(dataset.split.trainFraction) : nothing}`)
        : nothing}
      ${fact(t.groups, t.leaking(dataset.leakingGroups))}
      ${statistics ? fact(t.mean, html`<span class="number">${per(statistics.mean)} ± ${per(statistics.std)}</span>`) : nothing}
      ${fact(t.bytes, bytes(size))}
      ${fact(t.preparedAt, html`<mt-ago when=${preparedAt}></mt-ago>`)}
    </dl>`;
  }

  private classes({ dataset, classCounts }: DatasetDetail) {
    const rows = dataset.description.classes.map((name, c) => {
      const counts = SPLITS.map((split) => classCounts?.[split]?.[c] ?? 0);
      return { name, counts, total: counts.reduce((a, b) => a + b, 0) };
    });
    const most = Math.max(1, ...rows.map((row) => row.total));
    return html`<div class="columns">
      <mt-table .columns=${classColumns} .rows=${rows} .rowKey=${(row: ClassRow) => row.name} label=${t.classes}></mt-table>
      <ul class="share" aria-hidden="true">${rows.slice(0, 30).map(
        (row) => html`<li><span class="name">${row.name}</span><meter min="0" max=${most} .value=${row.total}></meter><span class="number">${whole(row.total)}</span></li>`,
      )}</ul>
    </div>`;
  }
}
