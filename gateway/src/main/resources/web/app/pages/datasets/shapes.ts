/** Prepared data sets as REST has them (docs/api.md), which leaves out what is null. */
import type { RunReference } from '../../components/runs';

export const SPLITS = ['train', 'val', 'test'] as const;
export type Split = (typeof SPLITS)[number];

export interface Prepared {
  id: string;
  description: {
    name: string;
    classes: string[];
    task: string;
    channels: number;
    mean: number[];
    std: number[];
    targetMetric: string;
    synthetic: boolean;
  };
  sizes: Record<Split, number>;
  leakingGroups?: number | null;
  split?: { kind: string; sha256: string; trainFraction?: number | null } | null;
  skipped: number;
  warnings: string[];
}

/** How many copies there are. */
interface Counted {
  images: number;
  acrossParts: number;
  differingLabels: number;
}

export interface DatasetView {
  dataset: Prepared;
  preparedAt: string;
  available: boolean;
  classCounts?: Record<Split, number[]> | null;
  statistics?: {
    mean: number[];
    std: number[];
    duplicates: Counted & { files: number };
    nearDuplicates?: (Counted & { sets: number; blank: number }) | null;
  } | null;
  bytes?: number | null;
  skipped?: { source: string; reason: string }[] | null;
  /** How many runs it was for. */
  runs: number;
}

export interface DatasetDetail extends DatasetView {
  usedBy: RunReference[];
}

export interface DatasetPage {
  items: DatasetView[];
  page: number;
  size: number;
  total: number;
}

export interface FoundImage {
  index: number;
  id: string;
  split: Split;
  classes: number[];
}

export interface FoundImages {
  name?: string | null;
  images: number;
  acrossParts: boolean;
  differingLabels?: boolean | null;
  shown: FoundImage[];
}

export interface Findings {
  duplicates: FoundImages[];
  nearDuplicates: FoundImages[];
  leakingGroups: FoundImages[];
  blank: FoundImage[];
}

export interface DatasetImage {
  index: number;
  id: string;
  group: string;
  attributes: Record<string, string>;
}

export interface Steps {
  image: number;
  epoch: number;
  view: number;
  views: number;
  seed: number;
  steps: { name: string; operations: string[]; changed: boolean; height: number; width: number }[];
}

export const images = (sizes: Record<Split, number>) => SPLITS.reduce((sum, split) => sum + sizes[split], 0);
