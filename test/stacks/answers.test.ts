import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Region } from '../../plan/blueprint';
import { type Answer, nameAnswers } from '../../stacks/answers';

const name = { label: 'api', domain: 'example.com', hostedZoneId: 'Z1' };
const answer = (region: string, cell = 1, role: Region['role'] = 'active', balancers = 1): Answer => ({
  region: { name: region, share: 1, role },
  cell,
  targets: Array.from({ length: balancers }, (_, i) => ({ alias: `${region}-${cell}${'b'.repeat(i)}.elb`, zoneId: 'ZELB' })),
});

function recordsOf(answers: Answer[], label = name.label) {
  const stack = new Stack(new App(), 'Test');
  nameAnswers(stack, { ...name, label }, answers);
  const records = Template.fromStack(stack).findResources('AWS::Route53::RecordSet');
  return Object.values(records).map(({ Properties: p, DependsOn = [] }) => ({
    name: p.Name as string,
    to: p.AliasTarget.DNSName as string,
    by: p.Region ?? p.Failover ?? p.Weight,
    waits: (DependsOn as string[]).map((id) => records[id]!.Properties.Name as string),
  }));
}

test('one answer needs no choice', () => {
  expect(recordsOf([answer('us-east-1')])).toEqual([{ name: 'api.example.com', to: 'us-east-1-1.elb', by: undefined, waits: [] }]);
});

test('balancers of a cell share its name by equal weights', () => {
  expect(recordsOf([answer('us-east-1', 1, 'active', 2)])).toEqual([
    { name: 'api.example.com', to: 'us-east-1-1.elb', by: 1, waits: [] },
    { name: 'api.example.com', to: 'us-east-1-1b.elb', by: 1, waits: ['api.example.com'] },
  ]);
});

test('cells share a name by equal weights, and each has one of its own', () => {
  expect(recordsOf([answer('us-east-1', 1), answer('us-east-1', 2, 'active', 2)])).toEqual([
    { name: 'api-us-east-1-cell1.example.com', to: 'us-east-1-1.elb', by: undefined, waits: [] },
    { name: 'api.example.com', to: 'api-us-east-1-cell1.example.com', by: 1, waits: ['api-us-east-1-cell1.example.com'] },
    { name: 'api-us-east-1-cell2.example.com', to: 'us-east-1-2.elb', by: 1, waits: [] },
    { name: 'api-us-east-1-cell2.example.com', to: 'us-east-1-2b.elb', by: 1, waits: ['api-us-east-1-cell2.example.com'] },
    {
      name: 'api.example.com',
      to: 'api-us-east-1-cell2.example.com',
      by: 1,
      waits: ['api-us-east-1-cell2.example.com', 'api-us-east-1-cell2.example.com', 'api.example.com'],
    },
  ]);
});

test('users go to the nearest region, and in it to one of its cells', () => {
  const records = recordsOf([answer('us-east-1', 1), answer('us-east-1', 2), answer('eu-west-1')]);
  expect(records.filter((r) => r.name === 'api.example.com').map((r) => [r.to, r.by, new Set(r.waits)])).toEqual([
    ['api-us-east-1.example.com', 'us-east-1', new Set(['api-us-east-1.example.com'])],
    ['api-eu-west-1.example.com', 'eu-west-1', new Set(['api-eu-west-1.example.com', 'api.example.com'])],
  ]);
  expect(records.filter((r) => r.name === 'api-us-east-1.example.com').map((r) => [r.to, r.by])).toEqual([
    ['api-us-east-1-cell1.example.com', 1],
    ['api-us-east-1-cell2.example.com', 1],
  ]);
});

test("a cell's name stays what it is when regions come and go, and one level below the domain", () => {
  const cells = [answer('us-east-1', 1), answer('us-east-1', 2)];
  const ofCells = (answers: Answer[], label?: string) => [
    ...new Set(recordsOf(answers, label).flatMap((r) => (/cell\d/.test(r.name) ? [r.name] : []))),
  ];
  const names = ['api-us-east-1-cell1.example.com', 'api-us-east-1-cell2.example.com'];
  expect(ofCells(cells)).toEqual(names);
  expect(ofCells([...cells, answer('eu-west-1'), answer('eu-central-1', 1, 'recovery')])).toEqual(names);
  expect(ofCells(cells, '')).toEqual(['us-east-1-cell1.example.com', 'us-east-1-cell2.example.com']);
});

test('an alias is made after every record of the name it leads to', () => {
  const records = recordsOf([answer('us-east-1'), answer('eu-west-1'), answer('eu-west-1', 2), answer('eu-central-1', 1, 'recovery')]);
  const aliases = records.filter((r) => r.to.endsWith('.example.com'));
  expect(aliases).toHaveLength(6);
  for (const { name: own, to, waits } of aliases)
    expect(waits.filter((other) => other !== own)).toEqual(records.filter((r) => r.name === to).map(() => to));
});

test('a name keeps its first record, whatever comes beside it, and the others wait for it', () => {
  const idsOf = (answers: Answer[]) => {
    const stack = new Stack(new App(), 'Test');
    nameAnswers(stack, name, answers);
    const records = Template.fromStack(stack).findResources('AWS::Route53::RecordSet', { Properties: { Name: 'api.example.com' } });
    return Object.entries(records).map(([id, { DependsOn = [] }]) => ({ id, waits: DependsOn as string[] }));
  };
  const [only] = idsOf([answer('us-east-1')]);
  for (const more of [
    [answer('us-east-1', 1, 'active', 2)],
    [answer('us-east-1'), answer('us-east-1', 2)],
    [answer('us-east-1'), answer('eu-west-1')],
    [answer('us-east-1'), answer('eu-west-1', 1, 'recovery')],
  ]) {
    const [first, ...others] = idsOf(more);
    expect(first!.id).toBe(only!.id);
    expect(others.length).toBeGreaterThan(0);
    for (const { waits } of others) expect(waits).toContain(first!.id);
  }
});

test('a recovery region answers when no active one does', () => {
  const records = recordsOf([answer('us-east-1'), answer('eu-west-1', 1, 'recovery')]);
  expect(records.filter((r) => r.name === 'api.example.com').map((r) => [r.to, r.by])).toEqual([
    ['api-active.example.com', 'PRIMARY'],
    ['api-recovery.example.com', 'SECONDARY'],
  ]);
  expect(records.find((r) => r.name === 'api-recovery.example.com')!.to).toBe('eu-west-1-1.elb');
});
