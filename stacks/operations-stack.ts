import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmTopic } from '../constructs/alarm-topic';
import { Watch } from '../constructs/watch';
import type { Watchable } from '../constructs/watchable';
import { THIRD_PARTY_KEY, type ThirdPartyUsage } from '../cost/usage';
import type { Deployment } from '../plan/plan';
import { alarmsOf } from './alarms';
import { parameter } from './parameters';

export interface OperationsStackProps extends StackProps {
  readonly deployment: Deployment;
  /** What has metrics, by part. */
  readonly watchable: ReadonlyMap<string, Watchable>;
  /** @default false */
  readonly disposable?: boolean;
}

/** What tells people how a cell fares: alarms to one topic, and a dashboard of everything they watch. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, { deployment, watchable, disposable, ...props }: OperationsStackProps) {
    // A cell of many nodes has hundreds of alarms; without indentation they stay well below CloudFormation's 1 MB.
    super(scope, id, { ...props, suppressTemplateIndentation: true });
    const { topic } = new AlarmTopic(this, 'Alarms', { email: parameter(this, 'AlarmEmail').valueAsString, disposable });
    const watches = alarmsOf(deployment).map((alarm) => {
      const part = watchable.get(alarm.part);
      if (!part) throw new Error(`${this.node.path}: alarm on "${alarm.watched}" of "${alarm.part}", which shows no metrics to AWS`);
      return { ...alarm, metrics: part.metric(alarm.watched), because: alarm.source.title };
    });
    new Watch(this, 'Watch', { topic, watches });
    const charges = thirdPartyCharges(deployment);
    if (charges.length > 0) this.templateOptions.metadata = { [THIRD_PARTY_KEY]: charges };
  }
}

/** What other companies charge this cell, in whole pieces; a plan's cell already holds its share. */
const thirdPartyCharges = ({ parts }: Deployment): ThirdPartyUsage[] =>
  parts.flatMap((part) =>
    (part.kind === 'external' ? (part.spec.charges ?? []) : []).map(({ charge, perMonth, description }) => ({
      charge,
      quantity: Math.round(perMonth),
      description,
    })),
  );
