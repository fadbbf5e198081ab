/** The machine and its dead letters as REST has them (docs/api.md), which leaves out what is null. */
import type { RunReference } from '../../components/runs';

export interface OpenJob {
  runId: string;
  experimentId: string;
  priority: number;
  turn?: number | null;
  owner?: string | null;
  attempt: number;
  since: string;
  heard?: string | null;
  waitingFor?: string | null;
  reached?: string | null;
  cancelRequested: boolean;
  alone: boolean;
}

export interface Work {
  kind: string;
  waiting: number;
  running: number;
  jobs: OpenJob[];
  host: string;
  devices: string[];
}

export interface Service {
  name: string;
  address: string;
  problem?: string | null;
  work?: Work | null;
}

export interface Machine {
  services: Service[];
  runs: Record<string, RunReference>;
  disk?: { bytes: Record<string, number>; free: number; size: number; measured: string } | null;
  deadLetters: number;
  grafana?: string | null;
}

export interface Letter {
  id: string;
  topic: string;
  service?: string | null;
  key?: string | null;
  type?: string | null;
  reason?: string | null;
  bytes: number;
  kept: boolean;
  at: string;
  state: string;
  settled?: string | null;
}

export interface LetterPage {
  items: Letter[];
  page: number;
  size: number;
  total: number;
}

export interface LetterDetail {
  letter: Letter;
  headers: { name: string; value?: string | null }[];
  text?: string | null;
  truncated: boolean;
}
