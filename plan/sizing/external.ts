import { type Sized, type Surroundings, unsized } from '../part';
import type { Source } from '../source';
import { short } from '../units';

/** A service of another company that the system calls. */
export interface ExternalSpec {
  does: string;
  /** Host the calls go to. */
  host: string;
  /** Port it listens on there. @default 443, for HTTPS */
  port?: number;
  source: Source;
  /** What it charges, by dimension of the price book's third parties. @default nothing */
  charges?: readonly { charge: string; perMonth: number; description: string }[];
}

export interface ExternalPart extends Sized<'external'> {
  spec: ExternalSpec;
}

/** Nothing of ours to size; the calls are listed so that egress, network policies and fees know of them. */
export function sizeExternal(id: string, spec: ExternalSpec, { load }: Surroundings): ExternalPart {
  const calls = load.requests.peak + load.writes.peak;
  return {
    id,
    kind: 'external',
    technology: spec.does,
    size: 'not ours',
    reason: `${short(calls)} calls/s to ${spec.host}; its limits are a matter of contract.`,
    load,
    cellsNeeded: 1,
    spec,
    ...unsized(spec.source),
  };
}
