/** All experiments: found, followed, marked, chosen for comparison. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { address } from '../../api';
import { empty, pageHead, progressBar, stateBadge } from '../../components/bits';
import '../../components/table';
import { pager, type Column } from '../../components/table';
import '../../components/time-ago';
import { attempt } from '../../components/toasts';
import { duration } from '../../format';
import { Page, Resource } from '../../page';
import { setQuery, type Route } from '../../router';
import { texts } from '../../texts';
import * as actions from './actions';
import { counts, experiments, type Choices, type Summary, type SummaryPage } from './data';
import { filters, FILTERS } from './filters';

const words = texts.experiments;
const SIZE = 50;

export const view = (route: Route) => html`<mt-experiments .route=${route}></mt-experiments>`;

@customElement('mt-experiments')
export class ExperimentsPage extends Page {
  @state() private chosen: ReadonlySet<string> = new Set();
  private shown = '';

  private readonly list = new Resource<SummaryPage>(this, {
    load: (signal) => experiments.page(this.wanted(), signal),
    concerns: ({ type }) => /^(experiment|run)\./.test(type),
  });

  private readonly choices = new Resource<Choices>(this, { load: (signal) => experiments.choices(signal) });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.choices.reload();
  }

  private wanted() {
    const { query } = this.route;
    const given = Object.fromEntries(FILTERS.map((name) => [name, query.get(name)]));
    return {
      ...given,
      archived: query.get('archived') ?? 'false',
      sort: query.get('sort') ?? '-created',
      page: Math.max(0, (Number(query.get('page')) || 1) - 1),
      size: SIZE,
    };
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('route')) return;
    const wanted = JSON.stringify(this.wanted());
    if (wanted === this.shown) return;
    this.shown = wanted;
    void this.list.reload();
  }

  protected override render() {
    return html`
      ${pageHead(words.title, { actions: html`<a class="button primary" href="/experiments/new">${words.start}</a>` })}
      ${filters(this.route.query, this.choices.value)}
      ${this.list.render((page) => this.table(page))}
    `;
  }

  private table(page: SummaryPage) {
    if (!page.total) return this.nothing();
    const first = page.page * page.size;
    return html`
      <div class="row list-tools" role="region" aria-live="polite">${this.tools(page.items)}</div>
      <mt-table
        remote
        label=${words.title}
        sorting=${this.route.query.get('sort') ?? '-created'}
        .columns=${this.columns}
        .rows=${page.items}
        .rowKey=${(row: Summary) => row.id}
        .rowName=${(row: Summary) => row.name}
        .chosen=${this.chosen}
        @sorting=${(event: CustomEvent<string>) => setQuery({ sort: event.detail, page: undefined })}
        @choice=${(event: CustomEvent<Set<string>>) => (this.chosen = event.detail)}
      ></mt-table>
      ${page.total > page.items.length
        ? pager(first, page.items.length, page.total, (by) => setQuery({ page: String(page.page + 1 + by) }, { push: true }))
        : nothing}
    `;
  }

  private nothing() {
    const filtered = FILTERS.some((name) => this.route.query.get(name)) || this.route.query.get('archived');
    if (filtered) return empty(words.nothing, words.nothingText, html`<a class="button" href="/experiments">${words.clear}</a>`);
    return empty(words.empty, words.emptyText, html`<a class="button primary" href="/experiments/new">${words.start}</a>`);
  }

  private tools(items: Summary[]) {
    if (!this.chosen.size) return html`<span class="small muted">${words.compareHint}</span>`;
    const chosen = items.filter(({ id }) => this.chosen.has(id));
    return html`
      <span class="small">${words.chosen(this.chosen.size)}</span>
      ${this.chosen.size > 1
        ? html`<a class="button primary" href=${address('/compare', { ids: [...this.chosen] })}>${words.compare}</a>`
        : nothing}
      <button type="button" @click=${() => this.done(actions.archive(chosen, !chosen.every((one) => one.archived)))}>
        ${chosen.length && chosen.every((one) => one.archived) ? words.unarchive : words.archive}
      </button>
      <button type="button" @click=${() => this.done(actions.remove(chosen))}>${words.delete}</button>
    `;
  }

  /** After something was done to the chosen ones, they are chosen no more. */
  private async done(action: Promise<boolean>): Promise<void> {
    if (await action) this.chosen = new Set();
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    await Promise.all([this.list.reload(), this.choices.reload()]);
  }

  private readonly columns: Column<Summary>[] = [
    { key: 'star', title: '', cell: (row) => this.star(row) },
    { key: 'name', title: words.columns.name, heading: true, sort: (row) => row.name, cell: (row) => this.heading(row) },
    { key: 'state', title: words.columns.state, sort: (row) => row.state, cell: (row) => stateBadge(row.state) },
    { key: 'runs', title: words.columns.runs, from: 'medium', cell: (row) => runs(row) },
    { key: 'dataset', title: words.columns.dataset, from: 'wide', cell: (row) => row.datasets.join(', ') },
    { key: 'owner', title: words.columns.owner, from: 'wide', sort: (row) => row.owner, cell: (row) => row.owner },
    { key: 'created', title: words.columns.created, from: 'medium', sort: (row) => row.created, cell: (row) => html`<mt-ago when=${row.created}></mt-ago>` },
    { key: 'edit', title: '', cell: (row) => this.edit(row) },
  ];

  private star(row: Summary) {
    return html`<button type="button" class="plain star" aria-pressed=${row.starred} aria-label=${words.star(row.name)}
      @click=${() => this.change(row, { starred: !row.starred })}><span aria-hidden="true">${row.starred ? '★' : '☆'}</span></button>`;
  }

  private heading(row: Summary) {
    return html`<a href="/experiments/${row.id}">${row.name}</a>
      ${row.tags.map((tag) => html` <a class="tag" href=${address('/experiments', { tag })}>${tag}</a>`)}
      ${row.note ? html`<div class="small muted note">${row.note}</div>` : nothing}
      <div class="narrow small">${runs(row)}</div>`;
  }

  private edit(row: Summary) {
    return html`<button type="button" class="plain" aria-label=${words.more(row.name)} title=${words.edit}
      @click=${async () => (await actions.edit(row)) && this.refresh()}><span aria-hidden="true">✎</span></button>`;
  }

  private async change(row: Summary, change: { starred: boolean }): Promise<void> {
    await attempt(() => experiments.change(row.id, change));
    await this.list.reload();
  }
}

function runs(row: Summary) {
  const { ended, all, failed } = counts(row);
  return html`<span class="number">${words.runs(ended, all)}</span>
    ${failed ? html`<span class="small failed line">${words.failed(failed)}</span>` : nothing}
    ${row.state === 'RUNNING'
      ? html`${progressBar(row.done, words.progress(row.name))}
          ${row.secondsLeft == null ? nothing : html`<span class="small muted line">${texts.time.left(duration(row.secondsLeft))}</span>`}`
      : nothing}`;
}
