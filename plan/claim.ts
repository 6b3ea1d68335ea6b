import type { Part } from './sizing';
import type { Source } from './source';

/** What a claim may be held against: the plan and the bill of its stage. */
export interface Evidence {
  /** A figure of the stage's workload, the whole world's. */
  figure(name: string): number;
  /** The parts of this id, one a region and cell. */
  parts(id: string): readonly Part[];
  /** Units of the part in all regions and cells: nodes, brokers, pods at peak. */
  count(id: string): number;
  /** Shards of the database or cache in all regions and cells. */
  shards(id: string): number;
  /** vCPUs of the service's pods at a moment, in all regions and cells. */
  vcpu(id: string, moment: 'min' | 'expected' | 'peak'): number;
  /** Nodes or machines of all regions and cells by tier. */
  nodes(tier?: string): number;
  /** USD a month: all of it, one section, or the lines whose resource, type or dimension matches. */
  monthly(filter?: { section?: 'aws' | 'thirdParty'; matching?: RegExp }): number;
}

/** A figure that a source publishes. */
export interface Claim {
  id: string;
  stage: string;
  what: string;
  /** The published figure, or its range. */
  claimed: number | readonly [number, number];
  unit: string;
  source: Source;
  /** Our figure for the same thing. */
  estimated: (evidence: Evidence) => number;
  /** Why the two differ, with the arithmetic; one or two sentences. */
  why: string;
}

/** A published figure, to be held against ours: `claim('shards', 'massive', 'order shards', 16, 'shards', ch('ch06')).against(...)`. */
export const claim = (id: string, stage: string, what: string, claimed: Claim['claimed'], unit: string, source: Source) => ({
  /** @param why the two differ, with the arithmetic */
  against: (estimated: Claim['estimated'], why: string): Claim => ({ id, stage, what, claimed, unit, source, estimated, why }),
});
