import { derived, docs, type Source } from '../../source';
import { GIB, MONTH, short } from '../../units';
import type { DbClass } from './classes';

const PRICES = docs(
  'AWS Agent Toolkit, Aurora I/O-Optimized pricing (us-east-1): instances 1.3 times, $0.225 instead of $0.10 a GB, $0.20 a million I/Os saved',
  '2026-08-20',
  'https://github.com/aws/agent-toolkit-for-aws/blob/main/skills/specialized-skills/database-skills/amazon-aurora-mysql/references/io-optimized-pricing.md',
);
/**
 * I/Os a month that cost what I/O-Optimized adds: 30 % of $0.138 an hour and vCPU of r7g over 730 hours, and $0.125 a GB. It is about
 * there that I/O makes the quarter of the bill from which AWS recommends it (Aurora.Overview.StorageReliability.html, same source).
 */
const BREAK_EVEN = { perVcpu: 151e6, perGib: 0.625e6, source: derived(PRICES, '151M I/Os a month for each vCPU, 0.625M for each GB') };

/** Whether Aurora bills each I/O of a shard, or more for everything else. */
export interface AuroraBilling {
  type: 'standard' | 'I/O-optimized';
  reason: string;
  source: Source;
}

/**
 * The cheaper way to be billed for a shard.
 * @param io per second on average, of what is billed
 * @param instances its writer and readers
 */
export function auroraBilling(io: number, bytes: number, c: DbClass, instances: number): AuroraBilling {
  const month = io * MONTH;
  const surcharge = c.vcpu * instances * BREAK_EVEN.perVcpu + (bytes / GIB) * BREAK_EVEN.perGib;
  const pays = month > surcharge;
  return {
    type: pays ? 'I/O-optimized' : 'standard',
    reason: `${short(month)} I/Os a month and shard cost ${pays ? 'more' : 'less'} than the surcharge of I/O-optimized, which is worth ${short(surcharge)}`,
    source: BREAK_EVEN.source,
  };
}
