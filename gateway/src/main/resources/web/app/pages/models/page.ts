import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api, path } from '../../api';
import { empty, pageHead } from '../../components/bits';
import { experimentAddress } from '../../components/runs';
import '../../components/table';
import { pager, type Column } from '../../components/table';
import '../../components/time-ago';
import { fixed } from '../../format';
import { Page, Resource } from '../../page';
import { setQuery, type Route } from '../../router';
import { texts } from '../../texts';
import { metric, type ModelPage, type ModelView } from './shapes';

export const view = (route: Route) => html`<mt-models .route=${route}></mt-models>`;

const SIZE = 50;
const TYPING = 250;
const t = texts.models;

const target = (model: ModelView, split: 'val' | 'test') =>
  html`<span title=${t.metrics[model.dataset.targetMetric] ?? model.dataset.targetMetric}>${fixed(metric(model.metrics[split], model.dataset.targetMetric))}</span>`;

const columns: Column<ModelView>[] = [
  {
    key: 'name',
    title: t.name,
    heading: true,
    cell: (model) => html`<a href="/models/${model.run.id}">${model.name}</a>
      ${model.dataset.synthetic ? html`<span class="badge">${texts.datasets.synthetic}</span>` : ''}`,
  },
  { key: 'dataset', title: t.dataset, cell: (model) => html`<a href="/datasets/${model.preparedId}">${model.dataset.name}</a>` },
  { key: 'backbone', title: t.backbone, from: 'medium', cell: (model) => model.run.backbone },
  { key: 'beginning', title: t.beginning, from: 'wide', cell: (model) => model.run.initialisation },
  { key: 'metric', title: t.metric, from: 'wide', cell: (model) => t.metrics[model.dataset.targetMetric] ?? model.dataset.targetMetric },
  { key: 'val', title: t.val, numeric: true, from: 'medium', cell: (model) => target(model, 'val') },
  { key: 'test', title: t.test, numeric: true, cell: (model) => target(model, 'test') },
  {
    key: 'experiment',
    title: t.experiment,
    from: 'wide',
    cell: (model) => html`<a href=${experimentAddress(model.run.experimentId)}>${model.run.experiment}</a>`,
  },
  { key: 'ended', title: t.ended, from: 'medium', cell: (model) => html`<mt-ago when=${model.run.ended ?? model.run.created}></mt-ago>` },
];

@customElement('mt-models')
export class ModelsPage extends Page {
  private readonly models = new Resource<ModelPage>(this, {
    load: (signal) => api.get(path`/models`, { query: { name: this.wanted, page: this.page, size: SIZE }, signal }),
    concerns: (news) => news.type === 'model.changed' || news.type === 'experiment.changed',
  });
  private loaded = '';
  private typing?: ReturnType<typeof setTimeout>;

  private get wanted(): string {
    return this.route.query.get('name') ?? '';
  }

  private get page(): number {
    return Math.max(0, Number(this.route.query.get('page')) || 0);
  }

  protected override willUpdate(): void {
    const asked = `${this.page} ${this.wanted}`;
    if (asked === this.loaded) return;
    this.loaded = asked;
    void this.models.reload();
  }

  protected override render() {
    return html`${pageHead(t.title)}
      <div class="filters"><label class="field grow">${t.search}
        <input type="search" .value=${this.wanted} maxlength="200" @input=${this.search} /></label></div>
      ${this.models.render((found) => this.list(found))}`;
  }

  private search(event: Event): void {
    const name = (event.target as HTMLInputElement).value;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => setQuery({ name, page: undefined }), TYPING);
  }

  private list(found: ModelPage) {
    if (!found.total) return this.wanted ? empty(t.noneFound, t.noneFoundText(this.wanted)) : empty(t.none, t.noneText);
    return html`<mt-table .columns=${columns} .rows=${found.items} .rowKey=${(model: ModelView) => model.run.id} label=${t.title} remote></mt-table>
      ${found.total > found.items.length
        ? pager(found.page * SIZE, found.items.length, found.total, (by) => setQuery({ page: String(this.page + by) }, { push: true }))
        : ''}`;
  }
}
