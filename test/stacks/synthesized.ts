import { Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Plan } from '../../plan/plan';
import type { StageOptions } from '../../stacks/place';
import { synthesizeStage } from '../../stacks/stage';
import { scaleprintApp } from '../../stacks/synthesize';

/** The stacks of a plan by what follows `<system>-<stage>-` in their names. */
export function synthesized(plan: Plan, options: StageOptions = {}): Map<string, Stack> {
  const scope = new Stage(scaleprintApp(), 'test');
  synthesizeStage(scope, plan, options);
  const prefix = `${plan.system}-${plan.environment}-`;
  return new Map(scope.node.children.filter(Stack.isStack).map((stack) => [stack.stackName.slice(prefix.length), stack]));
}

export const templateOf = (stacks: ReadonlyMap<string, Stack>, name: string): Template => Template.fromStack(stacks.get(name)!);
