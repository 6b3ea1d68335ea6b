import type { Stack } from 'aws-cdk-lib';
import { aws_budgets as budgets, CfnOutput, Fn, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { StackExpiry } from '../constructs/stack-expiry';
import { fittingName } from './fitting-name';
import type { Plan } from '../plan/plan';
import { parameter } from './parameters';
import { type StageOptions, stackPropsOf } from './place';
import { cellName, stackNameOf } from './stack-name';
import { LEVEL_MINUTES, levelOf, OUTPUTS, type SandboxOptions, TAGS, timestamp } from './sandbox';
import { StageStack } from './stage-stack';

export interface ExpiryStackProps extends StackProps {
  readonly sandbox: SandboxOptions;
  /** All regions of the sandbox, the home first. */
  readonly regions: readonly string[];
  /** The sandbox's other stacks in this region. */
  readonly stacks: readonly Stack[];
}

/** Names of EventBridge Scheduler: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html (2026-11-22). */
const LONGEST_NAME = 64;
const MINUTE = 60_000;

/**
 * Ends a sandbox in its region, without anybody's help. It goes last: every other stack of the region imports what it
 * exports, so CloudFormation refuses to delete it before them. The exported value never changes, as CloudFormation would refuse that too;
 * the expiry may, when the sandbox is brought up again.
 *
 * At home it also holds a budget over all regions. AWS counts what carries the tag `scaleprint:sandbox` once somebody has activated it as a cost
 * allocation tag, and up to a day late (https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html): it is the second
 * guard. The first is that the hours until the expiry at list price have to fit the budget before anything is deployed.
 */
export class ExpiryStack extends StageStack {
  constructor(scope: Construct, id: string, { sandbox, regions, stacks, ...props }: ExpiryStackProps) {
    super(scope, id, props);
    const prefix = `${sandbox.name}-${this.region}-`;
    new StackExpiry(this, 'Expiry', {
      groupName: fittingName(sandbox.name, LONGEST_NAME),
      stacks: [...stacks, this].map(({ stackName, tags }) => ({
        stackName,
        scheduleName: fittingName(stackName.replace(prefix, ''), LONGEST_NAME),
        from: new Date(sandbox.expires.getTime() + levelOf(tags.tagValues()[TAGS.room]!) * LEVEL_MINUTES * MINUTE),
      })),
    });
    if (this.region === regions[0]) this.watchSpending(sandbox);
    const outputs: Record<keyof typeof OUTPUTS, string> = {
      expires: timestamp(sandbox.expires),
      usdPerHour: String(sandbox.usdPerHour),
      budgetUsd: String(sandbox.budgetUsd),
      regions: regions.join(','),
    };
    for (const [key, value] of Object.entries(outputs)) new CfnOutput(this, OUTPUTS[key as keyof typeof OUTPUTS], { value });
    const exportName = `${sandbox.name}-expiry`;
    new CfnOutput(this, 'Name', { value: this.stackName, exportName });
    for (const stack of stacks)
      new CfnOutput(stack, 'ExpiryStack', { value: Fn.importValue(exportName), description: 'Its schedules delete this stack' });
  }

  private watchSpending({ name, budgetUsd }: SandboxOptions): void {
    const alarm = (
      notificationType: 'FORECASTED' | 'ACTUAL',
      threshold: number,
    ): budgets.CfnBudget.NotificationWithSubscribersProperty => ({
      notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
      subscribers: [{ subscriptionType: 'EMAIL', address: parameter(this, 'AlarmEmail').valueAsString }],
    });
    new budgets.CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: budgetUsd, unit: 'USD' },
        // How filters write a tag that is not AWS's own: remembered (2026-11-22), not tried.
        costFilters: { TagKeyValue: [`user:${TAGS.sandbox}$${name}`] },
      },
      notificationsWithSubscribers: [alarm('FORECASTED', 80), alarm('ACTUAL', 100)],
      resourceTags: Object.entries(this.tags.tagValues()).map(([key, value]) => ({ key, value })),
    });
  }
}

/**
 * One expiry stack in every region that has other stacks of the sandbox. All of them come before any other: however early somebody stops
 * bringing the sandbox up, no region has what nothing ends.
 * @param stacks of the whole sandbox
 */
export function layExpiry(
  scope: Construct,
  { system, stage, deployments }: Plan,
  stacks: readonly Stack[],
  options: StageOptions & { sandbox: SandboxOptions },
): ExpiryStack[] {
  const regions = [...new Set([deployments[0]!.region.name, ...stacks.map(({ region }) => region)])];
  const expiries = regions.map((region) => {
    const name = stackNameOf(cellName(options.sandbox.name, region), 'expiry');
    const props = stackPropsOf(name, { system, stage, region, room: 'expiry' }, options);
    return new ExpiryStack(scope, name, {
      ...props,
      sandbox: options.sandbox,
      regions,
      stacks: stacks.filter((stack) => stack.region === region),
    });
  });
  for (const stack of stacks) for (const expiry of expiries) stack.addStackDependency(expiry, 'what ends the sandbox is there before it');
  return expiries;
}
