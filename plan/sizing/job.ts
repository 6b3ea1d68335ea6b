import { type Sized, type Surroundings, unsized } from '../part';
import type { Source } from '../source';
import { bytes } from '../units';

/** Work that runs by the clock. */
export interface JobSpec {
  does: string;
  tier: string;
  /** Cron expression, UTC. */
  schedule: string;
  pod: { vcpu: number; memoryBytes: number; source: Source };
  source: Source;
}

export interface JobPart extends Sized<'job'> {
  does: string;
  tier: string;
  schedule: string;
  vcpu: number;
  memoryBytes: number;
}

/** One pod at a time. */
export function sizeJob(id: string, spec: JobSpec, { load }: Surroundings): JobPart {
  return {
    id,
    kind: 'job',
    technology: 'scheduled pod',
    size: `${spec.pod.vcpu} vCPU / ${bytes(spec.pod.memoryBytes)}`,
    reason: `${spec.does}, by the clock (${spec.schedule}).`,
    load,
    cellsNeeded: 1,
    does: spec.does,
    tier: spec.tier,
    schedule: spec.schedule,
    vcpu: spec.pod.vcpu,
    memoryBytes: spec.pod.memoryBytes,
    ...unsized(spec.source),
  };
}
