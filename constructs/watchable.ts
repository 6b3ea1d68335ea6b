import type { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { Watched } from '../plan/alarm';
import type { Metrics } from './managed-service';

/** Something that shows metrics by what an alarm watches. */
export interface Watchable {
  /** @throws {Error} when it publishes no such metric */
  metric(watched: Watched): cloudwatch.IMetric[];
}

/**
 * The metrics that show the watched quantity.
 * @throws {Error} naming what there is instead
 */
export function shown(path: string, metrics: Metrics, watched: Watched): cloudwatch.IMetric[] {
  const found = metrics[watched];
  if (!found) throw new Error(`${path} has no metric for "${watched}"; it has ${Object.keys(metrics).join(', ') || 'none'}`);
  return found;
}
