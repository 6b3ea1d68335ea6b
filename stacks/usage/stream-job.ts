import type { UsageByType } from '../../cost/usage';
import type { StreamJobPart } from '../../plan/sizing/stream-job';
import { GIB } from '../../plan/units';
import { kept } from './log-storage';
import { gib } from './monthly';

/** Hours of a month. */
const ALWAYS = 730;
/** Assumed: what Flink logs at level INFO for each KPU, bytes a month. */
const LOGGED_BYTES = GIB;

/** Of each of its applications. */
export function streamJobUsage({ kpus, applications, snapshotBytes, paused }: StreamJobPart) {
  const hours = paused ? 0 : ALWAYS;
  return {
    'AWS::KinesisAnalyticsV2::Application': { runningHoursPerMonth: hours, snapshotGb: gib(snapshotBytes / applications) },
    'AWS::Logs::LogGroup': kept(paused ? 0 : gib(kpus * LOGGED_BYTES)),
  } satisfies Partial<UsageByType>;
}
