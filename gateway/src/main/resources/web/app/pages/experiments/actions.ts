/** What can be done to experiments of a list. Each gives whether it was done. */
import { html } from 'lit';
import { ask } from '../../components/dialog';
import { attempt } from '../../components/toasts';
import { texts } from '../../texts';
import { counts, experiments, type Summary } from './data';

const words = texts.experiments;

export async function edit(row: Summary): Promise<boolean> {
  const answer = await ask({
    title: words.editOf(row.name),
    action: words.save,
    body: html`<div class="stack">
      <label class="field">${words.tags}<input name="tags" .value=${row.tags.join(', ')} maxlength="900" /></label>
      <label class="field">${words.note}<textarea name="note" rows="6" maxlength="10000" .value=${row.note}></textarea></label>
    </div>`,
  });
  if (!answer) return false;
  const tags = (answer.tags ?? '').split(',').map((tag) => tag.trim()).filter(Boolean);
  return attempt(() => experiments.change(row.id, { tags, note: answer.note ?? '' }), words.saved);
}

export function archive(rows: readonly Summary[], archived: boolean): Promise<boolean> {
  return attempt(() => Promise.all(rows.map(({ id }) => experiments.change(id, { archived }))), words.saved);
}

export async function remove(rows: readonly Summary[]): Promise<boolean> {
  const [first] = rows;
  if (!first) return false;
  const running = rows.some(({ state }) => state === 'RUNNING');
  const runs = rows.reduce((sum, row) => sum + counts(row).all, 0);
  const agreed = await ask({
    title: rows.length > 1 ? words.several(rows.length) : words.deleteOf(first.name),
    action: words.delete,
    danger: true,
    body: html`<p>${words.deleteWhat(runs)}</p>
      ${rows.length > 1 ? html`<ul>${rows.map(({ name }) => html`<li>${name}</li>`)}</ul>` : ''}
      ${running ? html`<p><strong>${words.deleteRunning}</strong></p>` : ''}`,
  });
  if (!agreed) return false;
  let done = true;
  for (const row of rows) done = (await attempt(() => experiments.delete(row.id), words.deleted(row.name))) && done;
  return done;
}
