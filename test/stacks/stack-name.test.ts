import { type Stack } from 'aws-cdk-lib';
import { inEnvironment } from '../../plan/environment';
import { type Plan, plan } from '../../plan/plan';
import { TAGS } from '../../stacks/sandbox';
import { isStackName } from '../../stacks/stack-name';
import { loadSystem } from '../../systems';
import { synthesized } from './synthesized';
import { tinyPlan } from './tiny-shop';
import { twoRegionsPlan } from './two-regions';

function stacksOf(stage: Plan): Stack[] {
  const environment = `${stage.stage}-alice`;
  const sandbox = {
    name: `${stage.system}-${environment}`,
    owner: 'alice',
    expires: new Date('2026-11-22T10:00:00Z'),
    budgetUsd: 20,
    usdPerHour: 0.25,
  };
  return [...synthesized(inEnvironment(stage, environment), { sandbox }).values()];
}

const STACKS = [
  tinyPlan('box'),
  tinyPlan('cells'),
  tinyPlan('regions'),
  twoRegionsPlan(),
  plan(loadSystem('real-time-chat'), 'seed-003'),
].flatMap(stacksOf);

test('a stack of a sandbox is called what its tags say, and no other', () => {
  for (const { stackName, region, tags } of STACKS) {
    const { [TAGS.sandbox]: sandbox, [TAGS.room]: room, [TAGS.cell]: cell = '1' } = tags.tagValues();
    const named = STACKS.filter((other) => isStackName(other.stackName, sandbox!, region, room!, Number(cell)));
    const names = named.map((other) => other.stackName);
    expect(names).toContain(stackName);
    // Where there are several, they are numbered.
    expect(new Set(names.map((name) => name.replace(/-operations-\d+$/, '-operations'))).size).toBe(1);
  }
});

test('among them are second cells, other regions and second stacks of a room', () => {
  const names = STACKS.map(({ stackName }) => stackName);
  const parts = [/-cell2-data$/, /-me-south-1-compute$/, /-operations-2$/, /-edge$/, /-cdn-access$/, /-copies$/, /-expiry$/];
  expect(parts.filter((part) => !names.some((name) => part.test(name)))).toEqual([]);
});
