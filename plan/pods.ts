import type { Part, PartByKind } from './sizing';

const AS_PODS = ['service', 'job', 'stateful'] as const;

/** A part that runs as pods on the machines of its tier. */
export type PodPart = PartByKind[(typeof AS_PODS)[number]];

export const runsAsPods = (part: Part): part is PodPart => (AS_PODS as readonly string[]).includes(part.kind);

/** Pods with the fleet scaled in, at the average load and at peak. A job has one at a time. */
export const podsOf = (part: PodPart): { min: number; expected: number; peak: number } =>
  part.kind === 'job' ? { min: 1, expected: 1, peak: 1 } : part.pods;
