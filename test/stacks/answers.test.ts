import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Region } from '../../plan/blueprint';
import { type Answer, nameAnswers } from '../../stacks/answers';

const name = { label: 'api', domain: 'example.com', hostedZoneId: 'Z1' };
const answer = (region: string, cell = 1, role: Region['role'] = 'active'): Answer => ({
  region: { name: region, share: 1, role },
  cell,
  target: { alias: `${region}-${cell}.elb`, zoneId: 'ZELB' },
});

function recordsOf(answers: Answer[]) {
  const stack = new Stack(new App(), 'Test');
  nameAnswers(stack, name, answers);
  return Object.values(Template.fromStack(stack).findResources('AWS::Route53::RecordSet')).map(({ Properties: p, DependsOn }) => ({
    name: p.Name as string,
    to: p.AliasTarget.DNSName as string,
    by: p.Region ?? p.Failover ?? p.Weight,
    waits: Boolean(DependsOn),
  }));
}

test('one answer needs no choice', () => {
  expect(recordsOf([answer('us-east-1')])).toEqual([{ name: 'api.example.com', to: 'us-east-1-1.elb', by: undefined, waits: false }]);
});

test('cells share a name by equal weights', () => {
  expect(recordsOf([answer('us-east-1', 1), answer('us-east-1', 2)])).toEqual([
    { name: 'api.example.com', to: 'us-east-1-1.elb', by: 1, waits: false },
    { name: 'api.example.com', to: 'us-east-1-2.elb', by: 1, waits: false },
  ]);
});

test('users go to the nearest region, and in it to one of its cells', () => {
  const records = recordsOf([answer('us-east-1', 1), answer('us-east-1', 2), answer('eu-west-1')]);
  expect(records.filter((r) => r.name === 'api.example.com')).toEqual([
    { name: 'api.example.com', to: 'api-us-east-1.example.com', by: 'us-east-1', waits: true },
    { name: 'api.example.com', to: 'api-eu-west-1.example.com', by: 'eu-west-1', waits: true },
  ]);
  expect(records.filter((r) => r.name === 'api-us-east-1.example.com').map((r) => [r.to, r.by])).toEqual([
    ['us-east-1-1.elb', 1],
    ['us-east-1-2.elb', 1],
  ]);
});

test('a recovery region answers when no active one does', () => {
  const records = recordsOf([answer('us-east-1'), answer('eu-west-1', 1, 'recovery')]);
  expect(records.filter((r) => r.name === 'api.example.com').map((r) => [r.to, r.by])).toEqual([
    ['api-active.example.com', 'PRIMARY'],
    ['api-recovery.example.com', 'SECONDARY'],
  ]);
  expect(records.find((r) => r.name === 'api-recovery.example.com')!.to).toBe('eu-west-1-1.elb');
});
