/** What the gateway answers about a run, as far as the page shows it. A number that is none comes as a text. */
import type { Maybe, Metrics, Run } from '../experiment/types';

export interface RunDetail {
  experimentId: string;
  run: Run;
  config: Record<string, unknown>;
  configSha256: string;
  dataset: Maybe<{
    id: string;
    description: { name: string; classes: string[]; task: string; targetMetric: string };
    sizes: { train: number; val: number; test: number };
  }>;
  checkpoint: Maybe<string>;
  created: string;
  ended: Maybe<string>;
  notices: string[];
}

export interface Interval {
  low: number | string;
  high: number | string;
}

export interface Intervals {
  level: number;
  resamples: number;
  unit: string;
  units: number;
  few: string[];
  values: Record<string, Interval>;
}

export interface Results {
  split: string;
  metrics: Metrics & { n: number; confusion_matrix?: number[][] };
  intervals: Maybe<Intervals>;
  classes: { name: string; support: number; precision: number; recall: number; f1: number; roc_auc: unknown; average_precision: unknown }[];
  calibration: Maybe<{ expected_calibration_error: number }>;
  operating_point: Maybe<{ threshold: { probability: number | string; n: number; required_sensitivity: Maybe<number> } }>;
  subgroups: { attribute: string; value: string; metrics: Metrics & { n: number }; intervals: Maybe<Intervals> }[];
  knn: Maybe<{ k: number; metrics: Metrics }>;
  linear: Maybe<{ learningRate: number; metrics: Metrics }>;
  warnings: string[];
}

export interface Columns {
  iteration: number[];
  epoch: number[];
  seconds: number[];
  metrics: Record<string, (number | string)[]>;
}

export interface Curves {
  runId: string;
  training: Columns;
  validation: Columns;
}

export interface Prediction {
  row: number;
  image: string;
  group: string;
  label: number[];
  prediction: number[];
  probabilities: number[];
  loss: number;
  attention?: string;
}

export interface Predictions {
  split: string;
  classes: string[];
  images: number;
  wrong: number;
  items: Prediction[];
  page: number;
  size: number;
  total: number;
}

export interface ThresholdPoint {
  threshold: number | string;
  confusionMatrix: number[][];
  values: Record<string, number | string>;
}

export interface Thresholds {
  split: string;
  positive: string;
  images: number;
  positives: number;
  points: ThresholdPoint[];
}

export interface AtThreshold extends ThresholdPoint {
  intervals: Maybe<Intervals>;
}

export interface EmbeddingPoint {
  image: string;
  split: string;
  row?: number;
  label: number[];
  prediction?: number[];
  x: number;
  y: number;
}

export interface EmbeddingMap {
  classes: string[];
  images: number;
  points: EmbeddingPoint[];
}

export interface Relative {
  id: string;
  experimentId: string;
  experiment: string;
  modelName: string;
  backbone: string;
  initialisation: string;
  repetition: number;
  state: string;
}

export interface Lineage {
  source?: Relative;
  use?: string;
  onlyTests: boolean;
  continuedBy: Relative[];
  testedBy: Relative[];
}
