import { Aws, aws_iam as iam, aws_scheduler as scheduler, Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { recordUsage } from './access';

/** A stack of the same account and region that is to be deleted. */
export interface ExpiringStack {
  readonly stackName: string;
  /** Of its schedule, at most 64 characters. */
  readonly scheduleName: string;
  /** When it is first tried, at the earliest. */
  readonly from: Date;
}

export interface StackExpiryProps {
  /** Of the schedule group, at most 64 characters. */
  readonly groupName: string;
  readonly stacks: readonly ExpiringStack[];
  /** How often a stack's deletion is tried until it is gone; whole minutes. @default 10 minutes */
  readonly tryEvery?: Duration;
}

/** Deleting a stack takes an hour at worst: six tries of ten minutes. A guess. */
const TRIES = 6;

/**
 * Deletes stacks by the clock, with nothing but EventBridge Scheduler: one recurring schedule a stack calls `DeleteStack`, which does nothing
 * where a stack is gone or going, and tries again where an earlier deletion failed. The stack this lies in may be one of them; it has to go last.
 *
 * The schedules' role may call `DeleteStack` for exactly these stacks. What is in them CloudFormation deletes with the service role that each
 * was deployed with (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html, RoleARN; 2026-11-22), as every stack
 * of the CDK's bootstrap is. A stack deployed without a service role would need this role's own rights, and stays.
 */
export class StackExpiry extends Construct {
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, { groupName, stacks, tryEvery = Duration.minutes(10) }: StackExpiryProps) {
    super(scope, id);
    const group = new scheduler.CfnScheduleGroup(this, 'Group', { name: groupName });
    this.role = new iam.Role(this, 'Role', {
      description: `Deletes the stacks of ${groupName}`,
      // The group, not a schedule: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html (2026-11-22).
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': group.attrArn } },
      }),
    });
    const { policyDependable } = this.role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['cloudformation:DeleteStack'],
        // A stack's ARN ends in an id that it gets when it is made.
        resources: stacks.map(({ stackName }) =>
          Stack.of(this).formatArn({ service: 'cloudformation', resource: 'stack', resourceName: `${stackName}/*` }),
        ),
      }),
    );
    const minutes = tryEvery.toMinutes();
    for (const { stackName, scheduleName, from } of stacks) {
      const schedule = new scheduler.CfnSchedule(this, scheduleName, {
        name: scheduleName,
        groupName: group.ref,
        description: `Deletes the stack ${stackName}`,
        startDate: from.toISOString().replace(/\.\d+Z$/, 'Z'),
        scheduleExpression: `rate(${minutes} ${minutes === 1 ? 'minute' : 'minutes'})`,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: `arn:${Aws.PARTITION}:scheduler:::aws-sdk:cloudformation:deleteStack`,
          roleArn: this.role.roleArn,
          input: JSON.stringify({ StackName: stackName }),
          // The next firing tries again; by default retries of a day's firings would pile up.
          retryPolicy: { maximumEventAgeInSeconds: tryEvery.toSeconds(), maximumRetryAttempts: 3 },
        },
      });
      schedule.node.addDependency(policyDependable!);
      recordUsage(schedule, 'AWS::Scheduler::Schedule', { invocationsPerMonth: TRIES });
    }
  }
}
