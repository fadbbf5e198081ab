/** What a search for a learning rate has found. */
import { html, nothing } from 'lit';
import { fixed, short } from '../../format';
import { texts } from '../../texts';
import { arm, finite, type Search } from './types';

const t = texts.experiment;

export function searches(all: Search[] | undefined) {
  if (!all?.length) return nothing;
  return all.map(
    (search) => html`<h3>${t.searchOf(arm(search), search.dataset, search.repetition + 1)}</h3>
      <div class="table-scroll" tabindex="0"><table>
        <caption>${t.searchCaption}</caption>
        <thead><tr>
          <th scope="col" class="numeric">${t.learningRate}</th>
          <th scope="col" class="numeric">${t.validation}</th>
          <th scope="col" class="numeric">${t.validationLoss}</th>
          <th scope="col">${t.best}</th>
        </tr></thead>
        <tbody>${search.points.map(
          ({ learningRate, metric, loss, runId, state }) => html`<tr>
            <th scope="row" class="numeric"><a href="/runs/${runId}">${short(learningRate)}</a></th>
            <td class="numeric">${fixed(finite(metric))}</td>
            <td class="numeric">${short(finite(loss))}</td>
            <td>${[
              learningRate === search.bestByMetric?.learningRate ? t.bestByMetric : '',
              learningRate === search.bestByLoss?.learningRate ? t.bestByLoss : '',
              state === 'SUCCEEDED' ? '' : (texts.common.states[state] ?? state),
            ].filter(Boolean).join(', ')}</td>
          </tr>`,
        )}</tbody>
      </table></div>`,
  );
}
