/** What the product says of the file: mistakes with their lines, or what would run. */
import { html, nothing } from 'lit';
import { errorBox, notices } from '../../components/bits';
import '../../components/table';
import type { Column } from '../../components/table';
import { duration } from '../../format';
import { texts } from '../../texts';
import type { Draft, DraftRun } from './data';
import type { Check } from './page';

const words = texts.newExperiment;

type Row = DraftRun & { at: number };

function columns(draft: Draft): Column<Row>[] {
  const heads = words.columns;
  const all: Column<Row>[] = [
    { key: 'dataset', title: heads.dataset, cell: (run) => run.dataset },
    { key: 'initialisation', title: heads.initialisation, cell: (run) => run.initialisation },
    { key: 'backbone', title: heads.backbone, heading: true, cell: (run) => run.backbone },
    { key: 'time', title: heads.time, numeric: true, cell: (run) => (run.seconds === undefined ? texts.common.none : duration(run.seconds)) },
    { key: 'seed', title: heads.seed, numeric: true, cell: (run) => run.seed },
  ];
  const phases = draft.runs.some(({ phase }) => phase.number > 1);
  return phases ? [...all, { key: 'phase', title: heads.phase, numeric: true, cell: (run) => run.phase.number }] : all;
}

/** Said only by earlier runs of the same images, network and sizes. */
function cost({ total, cost: { known, seconds } }: Draft): string {
  if (!known) return words.costUnknown;
  const time = duration(seconds);
  return known === total ? words.cost(time) : words.costPartly(time, known, total);
}

function right(draft: Draft) {
  return html`
    <h2>${words.runs(draft.total)}</h2>
    <p class="good">${words.right}</p>
    <p>${cost(draft)}</p>
    ${notices(draft.notices)}
    <mt-table
      label=${words.would}
      .columns=${columns(draft)}
      .rows=${draft.runs.map((run, at): Row => ({ ...run, at }))}
      .rowKey=${(run: Row) => String(run.at)}
      size="20"
    ></mt-table>
    ${draft.total > draft.runs.length ? html`<p class="small muted">${words.shown(draft.runs.length)}</p>` : nothing}
  `;
}

/** `go` is called with the line of a mistake that was chosen. */
export function verdict(check: Check, go: (line: number) => void) {
  switch (check.is) {
    case 'empty':
      return nothing;
    case 'asked':
      return html`<p class="muted">${words.checking}</p>`;
    case 'unknown':
      return errorBox(check.problem);
    case 'right':
      return right(check.draft);
    case 'wrong':
      return html`
        <h2>${words.wrong(check.mistakes.length)}</h2>
        <ol class="mistakes">
          ${check.mistakes.map(
            ({ line, message }) => html`<li>
              <button type="button" class="plain" @click=${() => go(line)}>${words.line(line)}</button>
              <span>${message}</span>
            </li>`,
          )}
        </ol>
      `;
  }
}
