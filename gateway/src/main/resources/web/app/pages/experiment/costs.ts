/** What each row of the table has taken, and what it takes to use. */
import { html, nothing } from 'lit';
import '../../components/table';
import type { Column } from '../../components/table';
import { bytes, duration, short, whole } from '../../format';
import { texts } from '../../texts';
import { arm, finite, type Cost } from './types';

const t = texts.experiment;

function columns(several: boolean): Column<Cost>[] {
  const machine = ({ machine: { gpu, processor } }: Cost) => gpu ?? processor;
  return [
    { key: 'model', title: t.model, heading: true, cell: (cost) => html`${cost.backbone}<div class="small muted">${cost.initialisation}${
      several ? html` · ${cost.dataset}` : nothing}</div>`, sort: arm },
    { key: 'training', title: t.training, help: t.trainingHelp, numeric: true, cell: ({ training }) => duration(finite(training?.seconds)), sort: ({ training }) => training?.seconds },
    { key: 'epoch', title: t.perEpoch, numeric: true, from: 'wide', cell: ({ training }) => duration(finite(training?.secondsPerEpoch)), sort: ({ training }) => training?.secondsPerEpoch },
    { key: 'memory', title: t.memory, help: t.memoryHelp, numeric: true, from: 'wide', cell: ({ training }) => bytes(training?.deviceMemory ?? training?.memory), sort: ({ training }) => training?.deviceMemory ?? training?.memory },
    { key: 'parameters', title: t.parameters, numeric: true, from: 'medium', cell: ({ parameters }) => whole(parameters), sort: ({ parameters }) => parameters },
    { key: 'inference', title: t.inference, help: t.inferenceHelp, numeric: true, cell: ({ inferenceImagesPerSecond: speed }) => short(finite(speed)), sort: ({ inferenceImagesPerSecond: speed }) => speed },
    { key: 'machine', title: t.machine, from: 'wide', cell: machine, sort: machine },
  ];
}

export function costs(all: Cost[]) {
  if (!all.length) return nothing;
  const several = new Set(all.map(({ dataset }) => dataset)).size > 1;
  return html`<mt-table label=${t.costs} .columns=${columns(several)} .rows=${all}
    .rowKey=${(cost: Cost) => `${cost.dataset} ${arm(cost)} ${JSON.stringify(cost.machine)}`}></mt-table>
    <p class="small muted">${t.costsText}</p>`;
}
