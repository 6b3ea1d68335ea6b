import { measured, type Sized, type Surroundings } from '../part';
import { utilise } from '../fit';
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
  const fit = utilise(1, [{ name: 'runs', demand: 1, perUnit: 1, unit: 'pods', source: spec.source }], { zones: 3, target: 1, standIn: true });
  return {
    ...measured({ fit, target: 1 }),
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
  };
}
