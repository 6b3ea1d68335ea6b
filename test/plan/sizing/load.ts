import type { Load } from '../../../plan/flow';
import { capacity, type Capacity, docs } from '../../../plan/source';
import { rate } from '../../../plan/units';

/** A load by its peaks; the averages are a third of them. */
export function loadOf(peaks: Partial<Record<keyof Load, number>>): Load {
  const of = (name: keyof Load) => rate((peaks[name] ?? 0) / 3, peaks[name] ?? 0);
  return {
    requests: of('requests'),
    reads: of('reads'),
    writes: of('writes'),
    consumed: of('consumed'),
    bytesIn: of('bytesIn'),
    bytesWritten: of('bytesWritten'),
    bytesOut: of('bytesOut'),
    bytesRead: of('bytesRead'),
    bytesScanned: of('bytesScanned'),
  };
}

export const BENCHMARK = docs('a benchmark', '2026-01-01');
export const carries = (value: number): Capacity => capacity(value, BENCHMARK);
