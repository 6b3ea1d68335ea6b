import { aws_cloudwatch as cloudwatch, aws_cloudwatch_actions as actions, type aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Watched } from '../plan/alarm';

/** Metrics with the threshold at which somebody is told. */
export interface WatchedPart {
  readonly part: string;
  readonly watched: Watched;
  readonly threshold: number;
  /** Each gets an alarm of its own: one a node group, instance or shard. */
  readonly metrics: readonly cloudwatch.IMetric[];
  /** Where the threshold comes from; whoever is told reads it. */
  readonly because: string;
}

export interface WatchProps {
  readonly topic: sns.ITopic;
  readonly watches: readonly WatchedPart[];
}

/** Shares that are bad when they are low. */
const BAD_WHEN_LOW: readonly Watched[] = ['hit ratio'];
/** Three bad minutes of five, so that one slow minute wakes nobody. */
const PATIENCE = { evaluationPeriods: 5, datapointsToAlarm: 3 };
/** A single dead letter is already too late. */
const NO_PATIENCE = { evaluationPeriods: 1, datapointsToAlarm: 1 };
const GRAPHS_IN_A_ROW = 3;

/** Alarms on a set of metrics, and a dashboard that shows each beside its threshold. */
export class Watch extends Construct {
  constructor(scope: Construct, id: string, { topic, watches }: WatchProps) {
    super(scope, id);
    for (const watch of watches)
      watch.metrics.forEach((metric, i) => this.alarm(watch, metric, i).addAlarmAction(new actions.SnsAction(topic)));
    if (watches.length > 0) this.dashboard(watches);
  }

  private alarm({ part, watched, threshold, metrics, because }: WatchedPart, metric: cloudwatch.IMetric, i: number): cloudwatch.Alarm {
    const low = BAD_WHEN_LOW.includes(watched);
    const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } = cloudwatch.ComparisonOperator;
    return new cloudwatch.Alarm(this, `${part} ${watched}${metrics.length > 1 ? ` ${i + 1}` : ''}`.replaceAll(' ', '-'), {
      metric,
      threshold,
      ...(watched === 'dead letters' ? NO_PATIENCE : PATIENCE),
      comparisonOperator: low ? LESS_THAN_THRESHOLD : GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: `${part}: ${watched} ${low ? 'below' : 'at or above'} ${threshold} (${because})`,
    });
  }

  private dashboard(watches: readonly WatchedPart[]): void {
    const dashboard = new cloudwatch.Dashboard(this, 'Dashboard');
    const graphs = watches.map(
      ({ part, watched, threshold, metrics }) =>
        new cloudwatch.GraphWidget({
          title: `${part}: ${watched}`,
          width: 24 / GRAPHS_IN_A_ROW,
          left: [...metrics],
          leftAnnotations: [{ value: threshold, label: 'alarm' }],
        }),
    );
    for (let i = 0; i < graphs.length; i += GRAPHS_IN_A_ROW) dashboard.addWidgets(...graphs.slice(i, i + GRAPHS_IN_A_ROW));
  }
}
