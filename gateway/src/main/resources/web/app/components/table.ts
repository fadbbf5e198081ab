/** Rows that can be sorted, chosen and turned over. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Light } from '../page';
import { texts } from '../texts';

export interface Column<R> {
  key: string;
  title: string;
  /** What a cell shows. */
  cell: (row: R) => unknown;
  /** What rows are sorted by; a column without it is not sorted by. Without a value a row comes last, either way. */
  sort?: (row: R) => string | number | null | undefined;
  numeric?: boolean;
  /** Whether it names its row. */
  heading?: boolean;
  /** Shown only where there is room: `medium` from 32 rem on, `wide` from 52. */
  from?: 'medium' | 'wide';
  /** What the column is, where its title is too short to say. */
  help?: string;
}

/** Name of a column, with a minus before it where the largest comes first. */
export type Sorting = string;

/** The rows in the order of a sorting; those of equal value as they were. */
export function sorted<R>(rows: readonly R[], columns: readonly Column<R>[], sorting: Sorting): readonly R[] {
  const falling = sorting.startsWith('-');
  const by = columns.find((column) => column.key === sorting.replace(/^-/, ''))?.sort;
  if (!by) return rows;
  const absent = (value: unknown) => value === null || value === undefined || Number.isNaN(value);
  return [...rows].sort((a, b) => {
    const [x, y] = [by(a), by(b)];
    if (absent(x) || absent(y)) return Number(absent(x)) - Number(absent(y));
    const order =
      typeof x === 'string' && typeof y === 'string' ? x.localeCompare(y, 'en', { numeric: true }) : Number(x) - Number(y);
    return falling ? -order : order;
  });
}

/**
 * `<mt-table .columns .rows .rowKey .label …>`. Sorts and pages by itself; with `remote` the rows are a page that was
 * sorted elsewhere. Fires `sorting` (its detail: the new sorting) and `choice` (the keys of the chosen rows). Arrow keys
 * go from a row's links to the same ones of the next row.
 */
@customElement('mt-table')
export class Table<R = unknown> extends Light {
  @property({ attribute: false }) columns: readonly Column<R>[] = [];
  @property({ attribute: false }) rows: readonly R[] = [];
  @property({ attribute: false }) rowKey: (row: R) => string = () => '';
  /** What a row is called where it can be chosen. */
  @property({ attribute: false }) rowName: (row: R) => string = (row) => this.rowKey(row);
  /** Keys of the rows that are chosen; without it none can be. */
  @property({ attribute: false }) chosen: ReadonlySet<string> | undefined;
  @property() sorting: Sorting = '';
  /** What the table is of. */
  @property() label = '';
  @property({ type: Boolean }) remote = false;
  /** Rows on one page. */
  @property({ type: Number }) size = 100;
  @state() private page = 0;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('sorting') && !this.remote) this.page = 0;
    this.page = Math.min(this.page, Math.max(0, Math.ceil(this.rows.length / this.size) - 1));
  }

  protected override render() {
    const all = this.remote ? this.rows : sorted(this.rows, this.columns, this.sorting);
    const first = this.page * this.size;
    const shown = this.remote ? all : all.slice(first, first + this.size);
    return html`
      <div class="table-scroll" tabindex="0" @keydown=${this.key}>
        <table aria-label=${this.label}>
          <thead><tr>${this.chosen ? html`<td></td>` : nothing}${this.columns.map((column) => this.head(column))}</tr></thead>
          <tbody>${repeat(shown, this.rowKey, (row) => this.row(row))}</tbody>
        </table>
      </div>
      ${all.length > shown.length
        ? pager(first, shown.length, all.length, (by) => (this.page += by))
        : nothing}
    `;
  }

  private head(column: Column<R>) {
    const kind = `${column.numeric ? 'numeric' : ''} ${column.from ?? ''}`;
    if (!column.title) return html`<td class=${kind}></td>`;
    if (!column.sort) return html`<th scope="col" class=${kind} title=${column.help ?? nothing}>${column.title}</th>`;
    const by = this.sorting.replace(/^-/, '') === column.key;
    const order = !by ? 'none' : this.sorting.startsWith('-') ? 'descending' : 'ascending';
    return html`<th scope="col" class=${kind} title=${column.help ?? nothing} aria-sort=${order}>
      <button type="button" aria-label=${texts.common.sortBy(column.title)} @click=${() => this.sortBy(column)}>${column.title}</button>
    </th>`;
  }

  /** Numbers begin with the largest, words with the first. */
  private sortBy(column: Column<R>): void {
    const [rising, falling] = [column.key, `-${column.key}`];
    const begin = column.numeric ? falling : rising;
    const other = column.numeric ? rising : falling;
    this.sorting = this.sorting === begin ? other : begin;
    this.dispatchEvent(new CustomEvent('sorting', { detail: this.sorting }));
  }

  private row(row: R) {
    const chosen = this.chosen?.has(this.rowKey(row));
    return html`<tr aria-selected=${chosen === undefined ? nothing : String(chosen)}>
      ${this.chosen
        ? html`<td><input type="checkbox" aria-label=${texts.common.selectRow(this.rowName(row))} .checked=${chosen ?? false}
            @change=${() => this.choose(row)} /></td>`
        : nothing}
      ${this.columns.map((column) => {
        const kind = `${column.numeric ? 'numeric' : ''} ${column.from ?? ''}`;
        return column.heading
          ? html`<th scope="row" class=${kind}>${column.cell(row)}</th>`
          : html`<td class=${kind}>${column.cell(row)}</td>`;
      })}
    </tr>`;
  }

  private choose(row: R): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(this.rowKey(row))) chosen.add(this.rowKey(row));
    this.dispatchEvent(new CustomEvent('choice', { detail: chosen }));
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const at = event.target as HTMLElement;
    const row = at.closest('tr');
    if (!row || !row.closest('tbody') || at.matches('select, textarea, input:not([type=checkbox])')) return;
    const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling;
    const stops = (of: Element) => [...of.querySelectorAll<HTMLElement>('a, button, input')];
    const target = next && stops(next)[stops(row).indexOf(at)];
    if (!target) return;
    event.preventDefault();
    target.focus();
  }
}

/** Which rows are shown of how many, and the way to the others. */
export function pager(first: number, shown: number, total: number, go: (by: 1 | -1) => void) {
  return html`<nav class="pager" aria-label=${texts.common.pages}>
    <button type="button" ?disabled=${first === 0} @click=${() => go(-1)}>${texts.common.previous}</button>
    <span class="number">${texts.common.page(Math.min(first + 1, total), first + shown, total)}</span>
    <button type="button" ?disabled=${first + shown >= total} @click=${() => go(1)}>${texts.common.next}</button>
  </nav>`;
}
