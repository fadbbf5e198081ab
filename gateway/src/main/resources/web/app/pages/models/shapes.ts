/** Models as REST has them (docs/api.md), which leaves out what is null. */
import type { RunReference } from '../../components/runs';

export type Metrics = Record<string, unknown> & { n?: number };

export interface ModelView {
  run: RunReference;
  name: string;
  seed: number;
  method: string;
  preparedId: string;
  dataset: { name: string; classes: string[]; task: string; targetMetric: string; synthetic: boolean };
  split?: { kind: string; sha256: string } | null;
  metrics: { val?: Metrics; test?: Metrics; knn?: Metrics; beginning?: Metrics };
  checkpoint: string;
}

export interface ModelPage {
  items: ModelView[];
  page: number;
  size: number;
  total: number;
}

export interface ModelDetail {
  model: ModelView;
  begun: RunReference[];
  tested: RunReference[];
  namesakes: RunReference[];
}

export interface ImagePrediction {
  runId: string;
  dataset: string;
  task: string;
  classes: { name: string; probability: number; predicted: boolean }[];
  /** PNG in base64. */
  attention?: string | null;
}

/** The part of results.json that says how sure the metrics are. */
export interface Results {
  split?: string;
  intervals?: {
    level: number;
    unit: string;
    units: number;
    few?: string[];
    values: Record<string, { low: number | string; high: number | string }>;
  } | null;
}

/** A metric as a number; undefined where there is none, or it is not defined. */
export function metric(metrics: Metrics | null | undefined, name: string): number | undefined {
  const value = metrics?.[name];
  return typeof value === 'number' ? value : undefined;
}
