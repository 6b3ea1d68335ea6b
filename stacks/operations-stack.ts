import { type aws_sns as sns, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlarmTopic } from '../constructs/alarm-topic';
import { Watch, type WatchedPart } from '../constructs/watch';
import { THIRD_PARTY_KEY, type ThirdPartyUsage } from '../cost/usage';
import type { Deployment } from '../plan/plan';
import { parameter } from './parameters';
import { StageStack } from './stage-stack';

export interface OperationsStackProps extends StackProps {
  readonly deployment: Deployment;
  readonly watches: readonly WatchedPart[];
  /** Of the cell's first stack of this kind, for those that hold what found no room in it. @default a topic of its own */
  readonly topic?: sns.ITopic;
  /** @default false */
  readonly disposable?: boolean;
}

/** What tells people how a cell fares: alarms to one topic, and a dashboard of everything they watch. */
export class OperationsStack extends StageStack {
  readonly topic: sns.ITopic;

  constructor(scope: Construct, id: string, { deployment, watches, topic, disposable, ...props }: OperationsStackProps) {
    // A cell of many nodes has hundreds of alarms; without indentation they stay well below CloudFormation's 1 MB.
    super(scope, id, { ...props, suppressTemplateIndentation: true });
    this.topic = topic ?? new AlarmTopic(this, 'Alarms', { email: parameter(this, 'AlarmEmail').valueAsString, disposable }).topic;
    new Watch(this, 'Watch', { topic: this.topic, watches });
    const charges = topic ? [] : thirdPartyCharges(deployment);
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
