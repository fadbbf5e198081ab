/** Runs in few words, where something else is shown that they use. */
import { html } from 'lit';
import { path } from '../api';
import { moment } from '../format';
import { texts } from '../texts';
import { stateBadge } from './bits';
import './table';
import type { Column } from './table';
import './time-ago';

/** As the gateway's `RunReference`. */
export interface RunReference {
  id: string;
  experimentId: string;
  experiment: string;
  modelName: string;
  dataset: string;
  backbone: string;
  initialisation: string;
  repetition: number;
  state: string;
  device?: string | null;
  created: string;
  ended?: string | null;
}

/** Where the page shows a run; an address of the page has the path of REST without its beginning. */
export const runAddress = (id: string) => path`/runs/${id}`.replace('/api/v1', '');
export const experimentAddress = (id: string) => path`/experiments/${id}`.replace('/api/v1', '');

const t = texts.runList;

const columns: Column<RunReference>[] = [
  {
    key: 'run',
    title: t.run,
    heading: true,
    cell: (run) => html`<a href=${runAddress(run.id)}>${run.modelName}</a>`,
    sort: (run) => run.modelName,
  },
  {
    key: 'experiment',
    title: t.experiment,
    from: 'medium',
    cell: (run) => html`<a href=${experimentAddress(run.experimentId)}>${run.experiment}</a>`,
    sort: (run) => run.experiment,
  },
  { key: 'backbone', title: t.backbone, from: 'medium', cell: (run) => run.backbone, sort: (run) => run.backbone },
  { key: 'beginning', title: t.beginning, from: 'wide', cell: (run) => run.initialisation, sort: (run) => run.initialisation },
  { key: 'state', title: t.state, cell: (run) => stateBadge(run.state), sort: (run) => run.state },
  {
    key: 'created',
    title: t.created,
    cell: (run) => html`<span title=${moment(new Date(run.created))}><mt-ago when=${run.created}></mt-ago></span>`,
    sort: (run) => run.created,
  },
];

/** A table of runs under the name `label`. */
export const runTable = (runs: readonly RunReference[], label: string) => html`<mt-table
  .columns=${columns}
  .rows=${runs}
  .rowKey=${(run: RunReference) => run.id}
  label=${label}
  sorting="-created"
  size="20"
></mt-table>`;
