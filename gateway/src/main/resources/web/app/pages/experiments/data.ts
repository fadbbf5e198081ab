/** Experiments of the REST API, as lists have them. */
import { api, path, type Query } from '../../api';

export interface Summary {
  id: string;
  name: string;
  state: string;
  created: string;
  ended: string | null;
  owner: string;
  starred: boolean;
  archived: boolean;
  tags: string[];
  note: string;
  datasets: string[];
  /** How many runs are in which state. */
  runs: Record<string, number>;
  /** 0 to 1. */
  done: number;
  secondsLeft: number | null;
}

export interface SummaryPage {
  items: Summary[];
  page: number;
  size: number;
  total: number;
}

export interface Choices {
  datasets: string[];
  owners: string[];
  tags: string[];
}

export type Change = Partial<Pick<Summary, 'starred' | 'archived' | 'tags' | 'note'>>;

export const experiments = {
  page: (query: Query, signal?: AbortSignal) => api.get<SummaryPage>(path`/experiments`, { query, signal }),
  choices: (signal?: AbortSignal) => api.get<Choices>(path`/experiments/choices`, { signal }),
  change: (id: string, change: Change) => api.patch<Summary>(path`/experiments/${id}`, change),
  delete: (id: string) => api.delete(path`/experiments/${id}`),
};

const ENDED = ['SUCCEEDED', 'FAILED', 'CANCELLED'];

export function counts({ runs }: Summary): { ended: number; all: number; failed: number } {
  const of = (states: string[]) => states.reduce((sum, state) => sum + (runs[state] ?? 0), 0);
  return { ended: of(ENDED), all: of(Object.keys(runs)), failed: runs.FAILED ?? 0 };
}
