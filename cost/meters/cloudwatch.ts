import { monthly, withoutZeros } from '../charges';
import { Unpriceable } from '../meter';
import type { Meter, PriceKey } from '../meter';
import { listAt, numberAt, property, textAt } from '../property';
import type { Resource } from '../template';

/** Metrics shorter than this many seconds a point make a high-resolution alarm. */
const STANDARD_PERIOD = 60;

/** An anomaly detection alarm watches the metric and both borders of its band. */
const METRICS_OF_A_BAND = 3;

const cloudWatch = (dimension: string, spec?: string): PriceKey => ({ service: 'CloudWatch', dimension, spec });

/** Alarms are billed by the metrics they read, so metric math counts each input. https://aws.amazon.com/cloudwatch/pricing/ */
const alarm: Meter = {
  type: 'AWS::CloudWatch::Alarm',
  needs: [],
  charges(alarm) {
    const { metrics, shortestPeriod } = watched(alarm);
    const resolution = shortestPeriod < STANDARD_PERIOD ? 'high resolution' : 'standard resolution';
    return [monthly(`alarm, ${resolution}`, metrics, `${metrics} metrics`, cloudWatch('alarm', resolution), 'alarm-metric-month')];
  },
};

const compositeAlarm: Meter = {
  type: 'AWS::CloudWatch::CompositeAlarm',
  needs: [],
  charges: () => [monthly('composite alarm', 1, '1 alarm', cloudWatch('composite alarm'), 'alarm-month')],
};

/** The account's first dashboards are free: the estimate's to apply. */
const dashboard: Meter = {
  type: 'AWS::CloudWatch::Dashboard',
  needs: [],
  charges: () => [monthly('dashboard', 1, '1 dashboard', cloudWatch('dashboard'), 'month')],
};

const CLASSES: Record<string, string> = { STANDARD: 'Standard class', INFREQUENT_ACCESS: 'Infrequent Access class' };

/** CloudWatch Logs: GB taken in, by log class, GB held (as compressed), and metrics made of what comes in. */
const logGroup: Meter<'AWS::Logs::LogGroup'> = {
  type: 'AWS::Logs::LogGroup',
  needs: ['ingestedGbPerMonth', 'storedGb'],
  charges(group, { ingestedGbPerMonth = 0, storedGb = 0, embeddedMetrics = 0 }) {
    const logClass = textAt(group, 'LogGroupClass', 'STANDARD');
    const spec = CLASSES[logClass];
    if (!spec) throw new Unpriceable(`LogGroupClass is ${logClass}; ${Object.keys(CLASSES).join(' and ')} can be priced`);
    return [
      monthly(`log ingestion, ${spec}`, ingestedGbPerMonth, `${ingestedGbPerMonth} GB`, cloudWatch('log ingestion', spec), 'GB'),
      monthly('log storage', storedGb, `${storedGb} GB`, cloudWatch('log storage')),
      ...withoutZeros([
        monthly('metrics of log events', embeddedMetrics, `${embeddedMetrics} metrics`, cloudWatch('custom metric'), 'metric-month'),
      ]),
    ];
  },
};

export const cloudwatchMeters: Meter[] = [alarm, compositeAlarm, dashboard, logGroup];

function watched(alarm: Resource): { metrics: number; shortestPeriod: number } {
  const queries = listAt(alarm, 'Metrics').map((_, i) => `Metrics.${i}`);
  if (queries.length === 0) return { metrics: 1, shortestPeriod: numberAt(alarm, 'Period', STANDARD_PERIOD) };
  const read = queries.filter((query) => property(alarm, `${query}.MetricStat`) !== undefined);
  const periods = read.map((query) => numberAt(alarm, `${query}.MetricStat.Period`, STANDARD_PERIOD));
  const band = queries.some((query) => textAt(alarm, `${query}.Expression`, '').startsWith('ANOMALY_DETECTION_BAND'));
  return { metrics: band ? METRICS_OF_A_BAND : Math.max(1, read.length), shortestPeriod: Math.min(STANDARD_PERIOD, ...periods) };
}
