/** What helps to write an experiment file, and what becomes of it. */
import { api, path, Problem } from '../../api';

export interface Template {
  name: string;
  title: string;
  text: string;
}

/** A key of the experiment file; `path` leaves out the places in lists, `*` is a name that the user gives. */
export interface Key {
  path: string;
  type: 'boolean' | 'integer' | 'number' | 'string' | 'list' | 'object';
  allowed: string;
  values: unknown[];
  absent?: unknown;
  required: boolean;
  effective: boolean;
}

export interface DraftRun {
  dataset: string;
  backbone: string;
  initialisation: string;
  repetition: number;
  seed: number;
  phase: { number: number; last: boolean };
  /** What its training may take, by earlier ones like it. */
  seconds?: number;
}

/** What a file would start. */
export interface Draft {
  name: string;
  /** The first of them. */
  runs: DraftRun[];
  total: number;
  /** Of the runs of whose like there were earlier ones: how many, and what they take together. */
  cost: { known: number; seconds: number };
  notices: string[];
}

/** What a comparison of a folder would run, and why. */
export interface Plan {
  name: string;
  choices: { what: string; value: string; rule: string; change?: string }[];
  arms: { backbone: string; initialisation: string; runs: number; epochs: number; secondsPerRun: number }[];
  runs: number;
  time: { given: number; planned: number; machine: string };
  notices: string[];
  document: unknown;
}

const pause = (seconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });

/** Template names have slashes that stay slashes. */
const templatePath = (name: string) => `${path`/templates`}/${name.split('/').map(encodeURIComponent).join('/')}`;

export const drafts = {
  templates: (signal?: AbortSignal) => api.get<Template[]>(path`/templates`, { signal }),
  template: (name: string, signal?: AbortSignal) => api.text(templatePath(name), { signal }),
  document: (id: string, signal?: AbortSignal) => api.text(path`/experiments/${id}/document`, { signal }),
  keys: (signal?: AbortSignal) => api.get<Key[]>(path`/experiment-file/keys`, { signal }),
  validate: (text: string, signal: AbortSignal) => api.post<Draft>(path`/experiments/validate`, text, { signal }),
  start: (text: string, key: string) =>
    api.post<{ experiment: { id: string; name: string } }>(path`/experiments`, text, { headers: { 'Idempotency-Key': key } }),

  /** Asks until the images were looked at and the speed measured; `told` hears how far that is. */
  async plan(data: string, time: string, signal: AbortSignal, told: (progress: string) => void): Promise<Plan> {
    for (;;) {
      try {
        return await api.post<Plan>(path`/comparisons/plan`, { data, time }, { signal });
      } catch (thrown) {
        if (!(thrown instanceof Problem) || thrown.status !== 503) throw thrown;
        told(thrown.detail);
        await pause(thrown.retryAfter ?? 2, signal);
      }
    }
  },
};

/** A key for one wish: also where the page was not fetched in a secure way, so without `crypto.randomUUID`. */
export function wishKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
