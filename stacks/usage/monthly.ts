import type { Flow } from '../../plan/flow';
import { GIB, MONTH, type Rate } from '../../plan/units';

/** Operations of a month at the average rate. */
export const perMonth = (rate: Rate): number => rate.average * MONTH;

export const gib = (bytes: number): number => bytes / GIB;

/** Bytes one read of a part returns on average; 0 when nobody reads it. */
export function bytesPerRead(partId: string, flows: readonly Flow[]): number {
  const reads = flows.filter((f) => f.to === partId && f.verb === 'reads' && f.rate.average > 0);
  const operations = reads.reduce((sum, f) => sum + f.rate.average, 0);
  return operations ? reads.reduce((sum, f) => sum + f.rate.average * f.returnedBytes, 0) / operations : 0;
}
