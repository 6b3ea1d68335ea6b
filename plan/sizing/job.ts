import { type Sized, type Surroundings, unsized } from '../part';
import type { Source } from '../source';
import { describePod, type PodShape, type PodSpec, shapeOf } from './pod';

/** Work that runs by the clock. */
export interface JobSpec {
  does: string;
  tier: string;
  /** Cron expression, UTC. */
  schedule: string;
  pod: PodSpec;
  source: Source;
}

export interface JobPart extends Sized<'job'>, PodShape {
  does: string;
  tier: string;
  schedule: string;
}

/** One pod at a time. */
export function sizeJob(id: string, spec: JobSpec, { load }: Surroundings): JobPart {
  const shape = shapeOf(spec.pod);
  return {
    id,
    kind: 'job',
    technology: 'scheduled pod',
    size: describePod(shape),
    reason: `${spec.does}, by the clock (${spec.schedule}).`,
    load,
    cellsNeeded: 1,
    does: spec.does,
    tier: spec.tier,
    schedule: spec.schedule,
    ...shape,
    ...unsized(spec.source),
  };
}
