/** What was measured of the run's model: metrics with intervals, by class, by subgroup, and which are mistaken for which. */
import { html, nothing } from 'lit';
import '../../components/table';
import { fixed, whole } from '../../format';
import { texts } from '../../texts';
import { finite, type Maybe } from '../experiment/types';
import type { Intervals, Results } from './types';

const t = texts.run;
const SHOWN = ['accuracy', 'recall', 'precision', 'f1', 'cohen_kappa', 'roc_auc', 'average_precision', 'loss'];

function interval(intervals: Maybe<Intervals>, metric: string): string {
  const found = intervals?.values[metric];
  const [low, high] = [finite(found?.low), finite(found?.high)];
  return low === null || high === null ? texts.common.none : t.interval(fixed(low), fixed(high));
}

export function metrics({ metrics: found, intervals, knn, linear, calibration }: Results) {
  const known = SHOWN.filter((metric) => finite(found[metric]) !== null);
  const others = [knn ? [t.knn(knn.k), knn.metrics] : undefined, linear ? [t.linear, linear.metrics] : undefined].filter(
    (one): one is [string, Results['metrics']] => one !== undefined,
  );
  return html`<div class="table-scroll" tabindex="0"><table class="compact">
      <caption>${t.measuredOn(whole(found.n))}</caption>
      <thead><tr>
        <th scope="col">${t.metric}</th><th scope="col" class="numeric">${t.value}</th>
        <th scope="col" class="numeric">${t.intervalTitle}</th>
        ${others.map(([name]) => html`<th scope="col" class="numeric medium">${name}</th>`)}
      </tr></thead>
      <tbody>${known.map(
        (metric) => html`<tr><th scope="row">${texts.metrics[metric]}</th><td class="numeric">${fixed(finite(found[metric]))}</td>
          <td class="numeric">${interval(intervals, metric)}</td>
          ${others.map(([, other]) => html`<td class="numeric medium">${fixed(finite(other[metric]))}</td>`)}</tr>`,
      )}
      ${calibration
        ? html`<tr><th scope="row">${t.calibrationError}</th><td class="numeric">${fixed(calibration.expected_calibration_error)}</td>
            <td class="numeric">${texts.common.none}</td>${others.map(() => html`<td class="medium"></td>`)}</tr>`
        : nothing}</tbody>
    </table></div>
    ${intervals ? html`<p class="small muted">${t.intervalText(intervals.resamples, intervals.unit, intervals.units)} ${
      intervals.few.length ? t.few(intervals.few.join('; ')) : nothing}</p>` : nothing}`;
}

/** Each cell leads to its images. */
export function confusion({ metrics: { confusion_matrix: matrix }, classes }: Results, run: string) {
  if (!matrix?.length || matrix.length !== classes.length) return nothing;
  const sums = matrix.map((row) => row.reduce((a, b) => a + b, 0));
  return html`<h3>${t.confusion}</h3>
    <div class="table-scroll" tabindex="0"><table class="compact confusion">
      <caption>${t.confusionCaption}</caption>
      <thead><tr><th scope="col">${t.truth}</th>${classes.map(({ name }) => html`<th scope="col" class="numeric">${name}</th>`)}</tr></thead>
      <tbody>${matrix.map(
        (row, label) => html`<tr><th scope="row">${classes[label]!.name}</th>${row.map((n, prediction) => {
          const share = sums[label] ? n / sums[label]! : 0;
          return html`<td class="numeric" data-right=${label === prediction ? '' : nothing} data-share=${Math.round(share * 10)}>
            ${n ? html`<a href="/runs/${run}?view=images&label=${label}&prediction=${prediction}"
              aria-label=${t.confusionCell(n, classes[label]!.name, classes[prediction]!.name)}>${n}</a>` : 0}
            <div class="small">${Math.round(share * 100)} %</div></td>`;
        })}</tr>`,
      )}</tbody>
    </table></div>`;
}

export function classes({ classes: all }: Results) {
  if (!all.length) return nothing;
  return html`<h3>${t.classes}</h3>
    <div class="table-scroll" tabindex="0"><table class="compact">
      <thead><tr><th scope="col">${t.class}</th><th scope="col" class="numeric">${t.support}</th>
        <th scope="col" class="numeric">${texts.metrics.recall}</th><th scope="col" class="numeric medium">${texts.metrics.precision}</th>
        <th scope="col" class="numeric medium">${texts.metrics.f1}</th><th scope="col" class="numeric">${texts.metrics.roc_auc}</th>
        <th scope="col" class="numeric medium">${texts.metrics.average_precision}</th></tr></thead>
      <tbody>${all.map(
        (one) => html`<tr><th scope="row">${one.name}</th><td class="numeric">${whole(one.support)}</td><td class="numeric">${fixed(one.recall)}</td>
          <td class="numeric medium">${fixed(one.precision)}</td><td class="numeric medium">${fixed(one.f1)}</td>
          <td class="numeric">${fixed(finite(one.roc_auc))}</td><td class="numeric medium">${fixed(finite(one.average_precision))}</td></tr>`,
      )}</tbody>
    </table></div>`;
}

export function subgroups({ subgroups: all }: Results, metric: string) {
  if (!all.length) return nothing;
  return html`<h3>${t.subgroups}</h3>
    <div class="table-scroll" tabindex="0"><table class="compact">
      <caption>${t.subgroupsCaption(texts.metrics[metric] ?? metric)}</caption>
      <thead><tr><th scope="col">${t.attribute}</th><th scope="col">${t.group}</th><th scope="col" class="numeric">${t.imageCount}</th>
        <th scope="col" class="numeric">${texts.metrics[metric] ?? metric}</th><th scope="col" class="numeric">${t.intervalTitle}</th></tr></thead>
      <tbody>${all.map(
        ({ attribute, value, metrics: found, intervals }) => html`<tr><th scope="row">${attribute}</th><td>${value}</td>
          <td class="numeric">${whole(found.n)}</td><td class="numeric">${fixed(finite(found[metric]))}</td>
          <td class="numeric">${interval(intervals, metric)}${
            intervals?.few.length ? html`<div class="small muted">${t.few(intervals.few.join('; '))}</div>` : nothing}</td></tr>`,
      )}</tbody>
    </table></div>`;
}
