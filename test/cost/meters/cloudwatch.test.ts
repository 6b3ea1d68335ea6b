import { cloudwatchMeters } from '../../../cost/meters/cloudwatch';
import { bill } from './bill';

const one = (Type: string, Properties = {}) => ({ It: { Type, Properties } });
const alarm = (properties: object) => bill(cloudwatchMeters, 'It', one('AWS::CloudWatch::Alarm', { ...properties }));
const stat = (Period: number) => ({ MetricStat: { Metric: {}, Period, Stat: 'Sum' } });

describe('alarms', () => {
  test('on one metric pay for one', () => {
    expect(alarm({ MetricName: 'Errors', Period: 300 })).toEqual([
      'alarm, standard resolution: 1 metrics = 1 alarm-metric-month at 0.1 = 0.1',
    ]);
  });

  test('on metric math pay for each metric read, not for expressions', () => {
    expect(alarm({ Metrics: [{ Expression: 'a/b' }, stat(60), stat(300)] })).toEqual([
      'alarm, standard resolution: 2 metrics = 2 alarm-metric-month at 0.1 = 0.2',
    ]);
  });

  test('more often than once a minute pay for high resolution', () => {
    expect(alarm({ MetricName: 'Errors', Period: 10 })).toEqual(['alarm, high resolution: 1 metrics = 1 alarm-metric-month at 0.3 = 0.3']);
    expect(alarm({ Metrics: [stat(60), stat(30)] })).toEqual(['alarm, high resolution: 2 metrics = 2 alarm-metric-month at 0.3 = 0.6']);
  });

  test('on an anomaly band pay for the metric and both borders', () => {
    expect(alarm({ Metrics: [stat(60), { Expression: 'ANOMALY_DETECTION_BAND(m1, 2)' }] })[0]).toMatch(/3 metrics/);
  });

  test('composite ones have a price of their own', () => {
    expect(bill(cloudwatchMeters, 'It', one('AWS::CloudWatch::CompositeAlarm'))).toEqual([
      'composite alarm: 1 alarm = 1 alarm-month at 0.5 = 0.5',
    ]);
  });
});

test('a dashboard, before the three free ones', () => {
  expect(bill(cloudwatchMeters, 'It', one('AWS::CloudWatch::Dashboard'))).toEqual(['dashboard: 1 dashboard = 1 month at 3 = 3']);
});

describe('log groups', () => {
  const usage = { ingestedGbPerMonth: 200, storedGb: 1000 };

  test('pay what comes in and what is held', () => {
    expect(bill(cloudwatchMeters, 'It', one('AWS::Logs::LogGroup'), usage)).toEqual([
      'log ingestion, Standard class: 200 GB = 200 GB at 0.5 = 100',
      'log storage: 1000 GB = 1000 GB-month at 0.03 = 30',
    ]);
  });

  test('pay for the metrics made of what comes in', () => {
    // 10,000 at 0.30 and the rest at 0.10
    expect(bill(cloudwatchMeters, 'It', one('AWS::Logs::LogGroup'), { ...usage, embeddedMetrics: 12_000 })[2]).toBe(
      'metrics of log events: 12000 metrics = 12000 metric-month at 0.3 then 0.1 then 0.05 then 0.02 = 3200',
    );
  });

  test('take in at half the price in the infrequent class; others cannot be priced', () => {
    expect(bill(cloudwatchMeters, 'It', one('AWS::Logs::LogGroup', { LogGroupClass: 'INFREQUENT_ACCESS' }), usage)[0]).toMatch(
      / at 0.25 = 50$/,
    );
    expect(() => bill(cloudwatchMeters, 'It', one('AWS::Logs::LogGroup', { LogGroupClass: 'DELIVERY' }), usage)).toThrow(
      /LogGroupClass is DELIVERY; STANDARD and INFREQUENT_ACCESS/,
    );
  });
});
