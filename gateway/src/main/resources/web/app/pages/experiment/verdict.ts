/** What came out: the sentence, the table that it is about, and how sure one can be of each difference. */
import { html, nothing } from 'lit';
import { fixed, whole } from '../../format';
import { texts } from '../../texts';
import { arm, finite, type Cell, type Comparison, type Maybe, type Table, type Test } from './types';

const t = texts.experiment;

/** A sentence per data set. */
export function verdicts({ verdicts: all }: Comparison) {
  if (!all.length) return html`<p class="verdict muted">${t.noVerdict}</p>`;
  return html`${all.map(
    ({ dataset, metric, sentence }) =>
      html`<p class="verdict">${sentence}</p><p class="small muted">${t.judgedBy(dataset, texts.metrics[metric] ?? metric)}</p>`,
  )}`;
}

function best(table: Table, column: number): number | undefined {
  const medians = table.rows.map(({ cells }) => finite(cells[column]?.median));
  const known = medians.filter((value): value is number => value !== null);
  return known.length > 1 ? medians.indexOf(Math.max(...known)) : undefined;
}

function cell(found: Maybe<Cell>, leads: boolean) {
  if (!found) return html`<td class="numeric muted">${texts.common.none}</td>`;
  const { median, std, n, planned, values, folds } = found;
  const spread = std === undefined || std === null ? nothing : html` <span class="muted">± ${fixed(std)}</span>`;
  const interval =
    folds && finite(folds.low) !== null ? html`<div class="small muted">${t.interval(fixed(folds.low), fixed(folds.high))}</div>` : nothing;
  return html`<td class="numeric" title=${t.values(values.map((value) => fixed(value)).join(', '))}>
    ${leads ? html`<strong>${fixed(median)}</strong>` : fixed(median)}${spread}
    <div class="small muted">${n === planned ? t.n(n) : t.nOf(n, planned)}</div>${interval}
  </td>`;
}

/** Median and spread of the test metric, and of how many; the largest median of a column is in bold type. */
export function table(shown: Table) {
  if (!shown.rows.length) return nothing;
  const leaders = shown.columns.map((_column, index) => best(shown, index));
  return html`<div class="table-scroll" tabindex="0"><table class="compact" aria-label=${t.table}>
    <caption>${t.tableCaption}</caption>
    <thead><tr>
      <th scope="col">${t.model}</th>
      ${shown.columns.map(
        ({ dataset, metric, synthetic }) => html`<th scope="col" class="numeric">${dataset}<div class="small muted">${
          texts.metrics[metric] ?? metric}${synthetic ? html` · ${t.synthetic}` : nothing}</div></th>`,
      )}
    </tr></thead>
    <tbody>${shown.rows.map(
      (row, index) => html`<tr>
        <th scope="row">${row.backbone}<div class="small muted">${row.initialisation}</div></th>
        ${row.cells.map((one, column) => cell(one, leaders[column] === index))}
      </tr>`,
    )}</tbody>
  </table></div>`;
}

/** To four digits, as the report has it: three would make 0.0496 a 0.050 that is called sure. */
function p(value: unknown): string {
  const number = finite(value);
  return number === null ? texts.common.none : number < 0.0001 ? '< 0.0001' : number.toFixed(4);
}

function test({ first, second, dataset, difference, claim, repetitions, images, groups }: Test, several: boolean) {
  const number = (value: number | string) => fixed(finite(value));
  return html`<tr>
    <th scope="row">${arm(first)}<div class="small muted">${t.lessThan(arm(second))}${several ? html` · ${dataset}` : nothing}</div></th>
    <td class="numeric">${number(difference.value)}<div class="small muted">${t.interval(number(difference.low), number(difference.high))}</div></td>
    <td class="numeric">${p(difference.pHolm)}</td>
    <td>${t.decisions[claim.decision ?? ''] ?? texts.common.none}
      ${claim.few.length ? html`<div class="small muted">${t.few(claim.few.join('; '))}</div>` : nothing}</td>
    <td class="numeric wide">${t.seeds(repetitions)}<div class="small muted">${t.images(whole(images), groups ? whole(groups) : undefined)}</div></td>
    <td class="numeric wide">${claim.needed ? whole(claim.needed) : texts.common.none}</td>
  </tr>`;
}

/** Each difference with its interval, corrected p-value and what it allows to say. */
export function tests({ tests: all }: Comparison) {
  if (!all.length) return nothing;
  const several = new Set(all.map(({ dataset }) => dataset)).size > 1;
  const margins = [...new Set(all.map(({ claim }) => claim.rope))].sort((a, b) => a - b);
  return html`<h3>${t.tests}</h3>
    <div class="table-scroll" tabindex="0"><table aria-label=${t.tests}>
      <caption>${t.testsCaption(all.length, margins.join(' or '))}</caption>
      <thead><tr>
        <th scope="col">${t.pair}</th>
        <th scope="col" class="numeric">${t.difference}</th>
        <th scope="col" class="numeric" title=${t.pHelp}>${t.p}</th>
        <th scope="col">${t.decision}</th>
        <th scope="col" class="numeric wide">${t.basis}</th>
        <th scope="col" class="numeric wide" title=${t.neededHelp}>${t.needed}</th>
      </tr></thead>
      <tbody>${all.map((one) => test(one, several))}</tbody>
    </table></div>`;
}
