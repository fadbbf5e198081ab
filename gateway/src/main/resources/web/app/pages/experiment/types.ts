/** What the gateway answers about experiments, as far as the page shows it. A number that is none comes as a text. */
export type Maybe<T> = T | null | undefined;
export type Metrics = Record<string, unknown>;

export interface Progress {
  attempt: number;
  epoch?: number;
  iteration?: number;
  iterations?: number;
  loss?: number;
  validation?: number;
  secondsLeft?: number;
  imagesPerSecond?: number;
  detail?: string;
}

export interface Run {
  id: string;
  dataset: string;
  backbone: string;
  initialisation: string;
  labels: string[];
  repetition: number;
  seed: number;
  phase: { number: number; last: boolean };
  state: string;
  error: Maybe<{ code: string; message: string }>;
  metrics: { val: Maybe<Metrics>; test: Maybe<Metrics>; knn: Maybe<Metrics>; beginning: Maybe<Metrics> };
  costs: { training: { seconds: number }[] };
  progress: Progress;
}

export interface Summary {
  id: string;
  name: string;
  state: string;
  created: string;
}

/** Whose it is. */
export interface Belonging {
  owner: string;
  team: string;
  sharing: 'private' | 'team' | 'all';
}

export interface Column {
  dataset: string;
  metric: string;
  synthetic: boolean;
  folds?: number;
  splits: { leakingGroups?: number }[];
}

export interface Cell {
  median?: number;
  std?: number;
  n: number;
  planned: number;
  values: number[];
  folds?: { pooled?: number; low?: number; high?: number; of: number };
}

export interface Table {
  columns: Column[];
  rows: { initialisation: string; backbone: string; cells: Maybe<Cell>[] }[];
}

export interface Search {
  dataset: string;
  backbone: string;
  initialisation: string;
  repetition: number;
  points: SearchPoint[];
  bestByMetric: Maybe<SearchPoint>;
  bestByLoss: Maybe<SearchPoint>;
}

export interface SearchPoint {
  learningRate: number;
  metric?: number;
  loss?: number;
  runId: string;
  state: string;
}

export interface Experiment {
  experiment: Summary;
  runs: Run[];
  /** Of all its runs; of a gateway that shows them all, as many as `runs`. */
  runsTotal?: number;
  table: Table;
  searches: Search[];
  notices: string[];
}

export interface Model {
  initialisation: string;
  backbone: string;
}

export interface Test {
  dataset: string;
  metric: string;
  first: Model;
  second: Model;
  repetitions: number;
  images: number;
  groups?: number;
  difference: { value: number | string; low: number | string; high: number | string; p: number | string; pHolm: number | string };
  claim: { rope: number; unit: string; units: number; needed?: number; few: string[]; decision?: string };
}

export interface Cost {
  dataset: string;
  initialisation: string;
  backbone: string;
  machine: { processor: string; gpu?: string; cores: number };
  runs: number;
  parameters?: number;
  multiplyAdds?: number;
  training?: { seconds?: number; secondsPerEpoch?: number; memory?: number; deviceMemory?: number };
  inferenceImagesPerSecond?: number;
}

export interface Comparison {
  table: Table;
  tests: Test[];
  verdicts: { dataset: string; metric: string; best: Model; sentence: string }[];
  ranks?: unknown;
  costs: Cost[];
  notes: string[];
}

export interface Band {
  x: number[];
  n: number[];
  mean: number[];
  low: number[];
  high: number[];
}

export interface ExperimentCurves {
  metric: string;
  axis: string;
  arms: {
    cell: { dataset: string; initialisation: string; backbone: string; phase: { number: number; last: boolean }; learningRate?: number };
    ids: string[];
    band: Band;
  }[];
  runs: { id: string; x: number[]; y: number[] }[];
}

/** A number, or nothing where the gateway says `NaN` or `Infinity`. */
export function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export const ENDED = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED']);
export const RESUMABLE = new Set(['FAILED', 'CANCELLED']);

/** What a run or a row is of, in a few words. */
export function arm(model: Model): string {
  return `${model.backbone}, ${model.initialisation}`;
}
