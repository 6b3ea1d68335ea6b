import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';

const PERIOD = Duration.minutes(1);

/** Metrics one expression may read and still be watched by an alarm: AWS docs, CloudWatch metric math quotas, 2026-11-22. */
const METRICS_PER_ALARM = 10;

/** AWS reports many shares in percent, and many times in milliseconds; alarms here take 0 to 1, and seconds. */
export const PERCENT = 0.01;
export const MILLISECONDS = 0.001;

/** A metric of AWS, minute by minute. */
export const metric = (
  namespace: string,
  metricName: string,
  statistic: string,
  dimensionsMap: Record<string, string>,
): cloudwatch.Metric => new cloudwatch.Metric({ namespace, metricName, statistic, dimensionsMap, period: PERIOD });

/**
 * Arithmetic over metrics, which the expression calls `m0`, `m1` and so on.
 * @param from number of the first name; expressions shown in one graph may not share names
 */
export const math = (expression: string, metrics: readonly cloudwatch.IMetric[], label: string, from = 0): cloudwatch.MathExpression =>
  new cloudwatch.MathExpression({
    expression,
    label,
    period: PERIOD,
    usingMetrics: Object.fromEntries(metrics.map((m, i) => [`m${from + i}`, m])),
  });

/**
 * The same arithmetic over many sets of metrics, in as few expressions as alarms can watch.
 * @param expression is given the names by position in the sets: those of all first metrics, those of all second ones ...
 */
export function mathOverSets(
  sets: readonly (readonly cloudwatch.IMetric[])[],
  label: string,
  expression: (...columns: string[][]) => string,
): cloudwatch.IMetric[] {
  const width = sets[0]?.length ?? 1;
  const perExpression = Math.floor(METRICS_PER_ALARM / width);
  const groups = Array.from({ length: Math.ceil(sets.length / perExpression) }, (_, i) =>
    sets.slice(i * perExpression, (i + 1) * perExpression),
  );
  return groups.map((group, g) => {
    const from = g * perExpression * width;
    const columns = Array.from({ length: width }, (_, column) => group.map((__, row) => `m${from + row * width + column}`));
    return math(expression(...columns), group.flat(), label, from);
  });
}

/** The highest of many. */
export const highest = (metrics: readonly cloudwatch.IMetric[], label: string, scale = 1): cloudwatch.IMetric[] =>
  metrics.length === 1 && scale === 1
    ? [...metrics]
    : mathOverSets(
        metrics.map((m) => [m]),
        label,
        (names) => `${largest(names)}${scale === 1 ? '' : ` * ${scale}`}`,
      );

/** What share the first metrics have in the total of all, everything together. Of silence it says nothing. */
export const shareOf = (sets: readonly (readonly [cloudwatch.IMetric, ...cloudwatch.IMetric[]])[], label: string): cloudwatch.IMetric[] =>
  mathOverSets(sets, label, (parts, ...others) => `${total(parts)} / ${total([...parts, ...others.flat()])}`);

/** Metrics of the same node, side by side. */
export const pairs = (
  first: readonly cloudwatch.IMetric[],
  second: readonly cloudwatch.IMetric[],
): [cloudwatch.IMetric, cloudwatch.IMetric][] => first.map((m, i) => [m, second[i]!]);

export const largest = (names: readonly string[]): string => (names.length > 1 ? `MAX([${names.join(', ')}])` : names.join());
export const smallest = (names: readonly string[]): string => (names.length > 1 ? `MIN([${names.join(', ')}])` : names.join());
const total = (names: readonly string[]): string => `(${names.map((name) => `FILL(${name}, 0)`).join(' + ')})`;
