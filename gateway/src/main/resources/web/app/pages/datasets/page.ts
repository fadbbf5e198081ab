import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api, path } from '../../api';
import { empty, pageHead } from '../../components/bits';
import '../../components/table';
import { pager, type Column } from '../../components/table';
import '../../components/time-ago';
import { bytes, whole } from '../../format';
import { Page, Resource } from '../../page';
import { setQuery, type Route } from '../../router';
import { texts } from '../../texts';
import { images, type DatasetPage, type DatasetView } from './shapes';

export const view = (route: Route) => html`<mt-datasets .route=${route}></mt-datasets>`;

const SIZE = 50;
const t = texts.datasets;

const columns: Column<DatasetView>[] = [
  {
    key: 'name',
    title: t.name,
    heading: true,
    cell: (set) => html`<a href="/datasets/${set.dataset.id}">${set.dataset.description.name}</a>
      ${set.dataset.description.synthetic ? html`<span class="badge">${t.synthetic}</span>` : ''}
      ${set.available ? '' : html`<span class="badge" data-kind="warn">${t.gone}</span>`}
      <span class="mono small muted">${set.dataset.id.slice(0, 8)}</span>`,
  },
  { key: 'images', title: t.images, numeric: true, cell: (set) => whole(images(set.dataset.sizes)) },
  { key: 'classes', title: t.classes, numeric: true, from: 'medium', cell: (set) => whole(set.dataset.description.classes.length) },
  {
    key: 'split',
    title: t.split,
    from: 'wide',
    cell: (set) => html`${set.dataset.split?.kind ?? texts.common.none}
      <span class="muted small number">${set.dataset.sizes.train} / ${set.dataset.sizes.val} / ${set.dataset.sizes.test}</span>`,
  },
  {
    key: 'leaks',
    title: t.leaks,
    numeric: true,
    from: 'medium',
    help: t.leaksHelp,
    cell: (set) =>
      set.dataset.leakingGroups ? html`<span class="badge" data-kind="bad">${whole(set.dataset.leakingGroups)}</span>` : whole(set.dataset.leakingGroups),
  },
  { key: 'bytes', title: t.bytes, numeric: true, from: 'medium', cell: (set) => bytes(set.bytes) },
  { key: 'runs', title: t.runs, numeric: true, cell: (set) => whole(set.runs) },
  { key: 'prepared', title: t.prepared, from: 'wide', cell: (set) => html`<mt-ago when=${set.preparedAt}></mt-ago>` },
];

@customElement('mt-datasets')
export class DatasetsPage extends Page {
  private readonly sets = new Resource<DatasetPage>(this, {
    load: (signal) => api.get(path`/datasets`, { query: { page: this.page, size: SIZE }, signal }),
    concerns: (news) => news.type === 'dataset.changed' || news.type === 'experiment.changed',
  });
  private loaded = -1;

  private get page(): number {
    return Math.max(0, Number(this.route.query.get('page')) || 0);
  }

  protected override willUpdate(): void {
    if (this.page === this.loaded) return;
    this.loaded = this.page;
    void this.sets.reload();
  }

  protected override render() {
    return html`${pageHead(t.title)}${this.sets.render((found) => this.list(found))}`;
  }

  private list(found: DatasetPage) {
    if (!found.total) return empty(t.none, t.noneText, html`<a class="button primary" href="/experiments/new">${texts.nav.newExperiment}</a>`);
    return html`<mt-table .columns=${columns} .rows=${found.items} .rowKey=${(set: DatasetView) => set.dataset.id} label=${t.title} remote></mt-table>
      ${found.total > found.items.length
        ? pager(found.page * SIZE, found.items.length, found.total, (by) => setQuery({ page: String(this.page + by) }, { push: true }))
        : ''}`;
  }
}
