import type { UsageByType } from '../../cost/usage';

type LogUsage = UsageByType['AWS::Logs::LogGroup'];

/** CloudWatch keeps logs compressed, to about this share: assumed, after AWS's pricing examples. */
const COMPRESSED = 0.15;

/** Of a log group that takes in so much. @param months how long it keeps it */
export const kept = (ingestedGbPerMonth: number, months = 1): LogUsage => ({
  ingestedGbPerMonth,
  storedGb: ingestedGbPerMonth * months * COMPRESSED,
});
