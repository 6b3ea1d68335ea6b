import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';

const PERIOD = Duration.minutes(1);

/** Metrics one expression may read and still be watched by an alarm: AWS docs, CloudWatch metric math quotas, 2026-11-22. */
const METRICS_PER_ALARM = 10;

/** AWS reports many shares in percent; alarms here take 0 to 1. */
export const PERCENT = 0.01;
export const MILLISECONDS = 0.001;

/** A metric of AWS, minute by minute. */
export const metric = (namespace: string, metricName: string, statistic: string, dimensionsMap: Record<string, string>): cloudwatch.Metric =>
  new cloudwatch.Metric({ namespace, metricName, statistic, dimensionsMap, period: PERIOD });

/** Arithmetic over metrics, which the expression calls `m0`, `m1` and so on. */
export const math = (expression: string, metrics: readonly cloudwatch.IMetric[], label: string): cloudwatch.MathExpression =>
  new cloudwatch.MathExpression({
    expression,
    label,
    period: PERIOD,
    usingMetrics: Object.fromEntries(metrics.map((m, i) => [`m${i}`, m])),
  });

/** One expression over many metrics, or as few as alarms can watch; `expression` is given their names, `m0, m1`. */
export const inExpressions = (metrics: readonly cloudwatch.IMetric[], label: string, expression: (ids: string) => string): cloudwatch.IMetric[] =>
  inGroups(metrics, METRICS_PER_ALARM).map((group) => math(expression(ids(group, 0)), group, label));

/** The highest of many. */
export const highest = (metrics: readonly cloudwatch.IMetric[], label: string, scale = 1): cloudwatch.IMetric[] =>
  metrics.length === 1 && scale === 1 ? [...metrics] : inExpressions(metrics, label, (all) => `MAX([${all}]) * ${scale}`);

/** The highest sum of a pair of metrics of the same node. */
export function highestSum(pairs: readonly [cloudwatch.IMetric, cloudwatch.IMetric][], label: string, scale = 1): cloudwatch.IMetric[] {
  return inGroups(pairs, METRICS_PER_ALARM / 2).map((group) => {
    const sums = group.map((_, i) => `m${2 * i} + m${2 * i + 1}`);
    return math(`MAX([${sums.join(', ')}]) * ${scale}`, group.flat(), label);
  });
}

/** What share of the total of both `parts` lie in: `parts / (parts + rest)`, all nodes of a group together. */
export function shareOf(parts: readonly cloudwatch.IMetric[], rest: readonly cloudwatch.IMetric[], label: string): cloudwatch.IMetric[] {
  const pairs = parts.map((part, i): [cloudwatch.IMetric, cloudwatch.IMetric] => [part, rest[i]!]);
  return inGroups(pairs, METRICS_PER_ALARM / 2).map((group) => {
    const n = group.length;
    const [a, b] = [`SUM([${ids(group, 0)}])`, `SUM([${ids(group, n)}])`];
    return math(`${a} / (${a} + ${b})`, [...group.map(([part]) => part), ...group.map(([, other]) => other)], label);
  });
}

const ids = (group: readonly unknown[], from: number): string => group.map((_, i) => `m${from + i}`).join(', ');

const inGroups = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
