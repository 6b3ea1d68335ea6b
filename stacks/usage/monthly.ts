import type { Flow } from '../../plan/flow';
import { GIB, MONTH, type Rate } from '../../plan/units';

/** Operations of a month at the average rate. */
export const perMonth = (rate: Rate): number => rate.average * MONTH;

export const gib = (bytes: number): number => bytes / GIB;

/** Bytes one read of a part returns on average; 0 when nobody reads it. */
export const bytesPerRead = (partId: string, flows: readonly Flow[]): number => perOperation(partId, flows, 'reads', 'returnedBytes');

/** Bytes one write of a part brings on average; 0 when nobody writes it. */
export const bytesPerWrite = (partId: string, flows: readonly Flow[]): number => perOperation(partId, flows, 'writes', 'sentBytes');

function perOperation(partId: string, flows: readonly Flow[], verb: Flow['verb'], bytes: 'sentBytes' | 'returnedBytes'): number {
  const all = flows.filter((f) => f.to === partId && f.verb === verb && f.rate.average > 0);
  const operations = all.reduce((sum, f) => sum + f.rate.average, 0);
  return operations ? all.reduce((sum, f) => sum + f.rate.average * f[bytes], 0) / operations : 0;
}
