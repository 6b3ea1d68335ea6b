import type { UsageByType } from '../../cost/usage';
import type { Part } from '../../plan/sizing';
import { GIB, KIB } from '../../plan/units';
import { kept } from './log-storage';
import { gib, perMonth } from './monthly';

type LogUsage = UsageByType['AWS::Logs::LogGroup'];

/** Assumed: one operation of ten thousand is slow enough to be logged, in 1 KiB. */
const SLOW_SHARE = 1e-4;
const SLOW_ENTRY = KIB;
/** Assumed: a broker's log at level INFO, bytes a month. */
const BROKER_LOG = GIB;

/** Log of slow operations. @param groups log groups the entries are spread over, such as one a shard */
export const slowLogUsage = ({ load }: Part, groups = 1): LogUsage =>
  kept(gib(((perMonth(load.reads) + perMonth(load.writes)) * SLOW_SHARE * SLOW_ENTRY) / groups));

export const brokerLogUsage = ({ count }: Part): LogUsage => kept(gib(count * BROKER_LOG));
