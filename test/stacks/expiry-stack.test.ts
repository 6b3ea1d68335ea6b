import type { Stack } from 'aws-cdk-lib';
import { inEnvironment } from '../../plan/environment';
import type { Plan } from '../../plan/plan';
import { levelOf, TAGS } from '../../stacks/sandbox';
import { synthesized, templateOf } from './synthesized';
import { tinyPlan } from './tiny-shop';
import { twoRegionsPlan } from './two-regions';

const EXPIRES = new Date('2026-11-22T10:00:00.500Z');

function sandboxOf(plan: Plan, expires = EXPIRES): Map<string, Stack> {
  const environment = `${plan.stage}-alice`;
  const sandbox = { name: `${plan.system}-${environment}`, owner: 'alice', expires, budgetUsd: 20, usdPerHour: 0.25 };
  return synthesized(inEnvironment(plan, environment), { sandbox });
}

const isExpiry = (name: string): boolean => name.endsWith('-expiry');
const outputsOf = (stacks: Map<string, Stack>, name: string) =>
  templateOf(stacks, name).toJSON().Outputs as Record<string, { Value: unknown; Export?: { Name: string } }>;
const schedulesOf = (stacks: Map<string, Stack>, name: string) =>
  Object.values(templateOf(stacks, name).findResources('AWS::Scheduler::Schedule')).map(
    ({ Properties }) => Properties as { Name: string; StartDate: string; Target: { Input: string } },
  );

/** The edge of the first lies in us-east-1 away from home; the second has copies in another region. */
const abroad = tinyPlan('zones');
abroad.deployments[0]!.region = { ...abroad.deployments[0]!.region, name: 'eu-west-1' };

describe.each([
  ['one region', sandboxOf(tinyPlan('zones')), ['us-east-1']],
  ['a home away from its edge', sandboxOf(abroad), ['eu-west-1', 'us-east-1']],
  ['two regions', sandboxOf(twoRegionsPlan()), ['us-east-1', 'eu-west-1']],
])('a sandbox in %s', (_, stacks, regions) => {
  const expiries = [...stacks].filter(([name]) => isExpiry(name));
  const others = [...stacks].filter(([name]) => !isExpiry(name));

  test('has what ends it in every region, and in all of them before anything else', () => {
    expect(expiries.map(([name]) => name).sort()).toEqual(regions.map((region) => `${region}-expiry`).sort());
    expect(others.length).toBeGreaterThan(0);
    for (const [, stack] of others) expect(stack.dependencies).toEqual(expect.arrayContaining(expiries.map(([, expiry]) => expiry)));
    for (const [, stack] of expiries) expect(stack.dependencies).toEqual([]);
  });

  test('cannot lose it before the rest is gone', () => {
    for (const [name, { region }] of others) {
      const exported = Object.values(outputsOf(stacks, `${region}-expiry`)).flatMap((output) => output.Export?.Name ?? []);
      expect(exported).toHaveLength(1);
      expect(outputsOf(stacks, name).ExpiryStack!.Value).toEqual({ 'Fn::ImportValue': exported[0] });
    }
  });

  test('deletes every one of its stacks, what stands on others first', () => {
    const deleted = expiries.flatMap(([name]) => schedulesOf(stacks, name));
    const of = (stack: Stack) => deleted.filter(({ Target }) => Target.Input === JSON.stringify({ StackName: stack.stackName }));
    for (const stack of stacks.values()) {
      expect(of(stack)).toHaveLength(1);
      const minutes = (Date.parse(of(stack)[0]!.StartDate) - Date.parse('2026-11-22T10:00:00Z')) / 60_000;
      expect(minutes).toBe(10 * levelOf(stack.tags.tagValues()[TAGS.room]!));
      for (const needed of stack.dependencies)
        expect(levelOf(needed.tags.tagValues()[TAGS.room]!)).toBeGreaterThanOrEqual(levelOf(stack.tags.tagValues()[TAGS.room]!));
    }
    expect(deleted).toHaveLength(stacks.size);
  });

  test('has one budget, at home, over all that carries its name', () => {
    const budgets = [...stacks.keys()].flatMap((name) =>
      Object.values(templateOf(stacks, name).findResources('AWS::Budgets::Budget')).map(({ Properties }) => ({ name, budget: Properties })),
    );
    expect(budgets.map(({ name }) => name)).toEqual([`${regions[0]}-expiry`]);
    const { budget } = budgets[0] as { budget: { Budget: object; NotificationsWithSubscribers: { Subscribers: object[] }[] } };
    const tag = expiries[0]![1].tags.tagValues()[TAGS.sandbox];
    expect(budget.Budget).toMatchObject({
      BudgetLimit: { Amount: 20, Unit: 'USD' },
      CostFilters: { TagKeyValue: [`user:scaleprint:sandbox$${tag}`] },
    });
    for (const { Subscribers } of budget.NotificationsWithSubscribers)
      expect(Subscribers).toEqual([{ SubscriptionType: 'EMAIL', Address: { Ref: 'AlarmEmail' } }]);
  });

  test('tells when it ends, what it costs and where it is', () => {
    for (const [name] of expiries)
      expect(outputsOf(stacks, name)).toMatchObject({
        Expires: { Value: '2026-11-22T10:00:00Z' },
        UsdPerHour: { Value: '0.25' },
        BudgetUsd: { Value: '20' },
        Regions: { Value: regions.join(',') },
      });
  });

  test('is tagged as one, and nothing protects it', () => {
    for (const stack of stacks.values()) {
      expect(stack.tags.tagValues()).toMatchObject({
        [TAGS.sandbox]: expect.stringMatching(/-alice$/),
        [TAGS.owner]: 'alice',
        [TAGS.expires]: '2026-11-22T10:00:00Z',
      });
      expect(stack.stackName).toMatch(new RegExp(`-${stack.tags.tagValues()[TAGS.room]}(-\\d+)?$`));
      expect(stack.terminationProtection).toBe(false);
    }
  });
});

test('a longer life changes times and tags, and nothing that others import', () => {
  const [first, second] = [EXPIRES, new Date('2026-11-23T10:00:00Z')].map((expires) => sandboxOf(tinyPlan('zones'), expires));
  const anonymous = (stacks: Map<string, Stack>, name: string) =>
    JSON.parse(JSON.stringify(templateOf(stacks, name).toJSON()).replaceAll(/2026-11-2\dT\d\d:\d0:00Z/g, 'then')) as object;
  for (const name of first!.keys()) expect(anonymous(second!, name)).toEqual(anonymous(first!, name));
  const exported = (stacks: Map<string, Stack>) => Object.values(outputsOf(stacks, 'us-east-1-expiry')).filter((output) => output.Export);
  expect(exported(second!)).toEqual(exported(first!));
  expect(schedulesOf(second!, 'us-east-1-expiry')).not.toEqual(schedulesOf(first!, 'us-east-1-expiry'));
});

test('names fit where that of the sandbox is too long for them', () => {
  const long = { ...tinyPlan('zones'), system: 'a-system-of-a-name-that-has-no-end-at-all-and-then-some' };
  const stacks = sandboxOf(long);
  const names = schedulesOf(stacks, 'us-east-1-expiry').map(({ Name }) => Name);
  expect(new Set(names).size).toBe(stacks.size);
  const groups = Object.values(templateOf(stacks, 'us-east-1-expiry').findResources('AWS::Scheduler::ScheduleGroup'));
  for (const name of [...names, ...groups.map(({ Properties }) => Properties.Name as string)]) expect(name).toMatch(/^[\w.-]{1,64}$/);
});

test('a stage that is no sandbox has none of this', () => {
  const stacks = synthesized(tinyPlan('zones'), { disposable: true });
  expect([...stacks.keys()].filter(isExpiry)).toEqual([]);
  for (const [name, stack] of stacks) {
    expect(Object.keys(stack.tags.tagValues())).not.toContain(TAGS.sandbox);
    expect(templateOf(stacks, name).toJSON().Outputs ?? {}).not.toHaveProperty('ExpiryStack');
  }
});
