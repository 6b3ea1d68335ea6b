import { machineNames } from '../../plan/machine-names';
import type { MachinesPart } from '../../plan/sizing/machines';
import { smallest } from '../../plan/smallest';
import { find, objectsOf } from '../k8s/read-manifests';
import { tinyExchangePlan } from '../plan/tiny-exchange';
import { synthesized, templateOf } from './synthesized';

const plan = tinyExchangePlan('zones');
const stacks = synthesized(plan);
const compute = templateOf(stacks, 'us-east-1-compute');
const network = templateOf(stacks, 'us-east-1-network');
const part = plan.deployments[0]!.parts.find((p) => p.kind === 'machines') as MachinesPart;

test('there are as many machines as planned, of the type, under the names callers are told', () => {
  const instances = Object.values(compute.findResources('AWS::EC2::Instance'));
  expect(instances).toHaveLength(part.count);
  expect(new Set(instances.map(({ Properties }) => Properties.InstanceType))).toEqual(new Set([part.instanceType]));
  const records = Object.values(compute.findResources('AWS::Route53::RecordSet')).map(({ Properties }) => Properties.Name as string);
  const { active, standbys } = machineNames(part);
  expect(records.sort()).toEqual([...active, ...standbys].sort());
  const { data } = find(objectsOf(plan), 'ConfigMap', 'endpoints');
  expect(data).toMatchObject({ ENGINES_HOSTS: active.join(','), ENGINES_STANDBY_HOSTS: standbys.join(','), ENGINES_PORT: '9000' });
});

test('neither another stage nor another end of a sandbox replaces one', () => {
  const groups = Object.values(compute.findResources('AWS::EC2::PlacementGroup'));
  expect(groups).toHaveLength(2);
  for (const { Properties } of groups) expect(Properties).not.toHaveProperty('Tags');
});

test('they may do what their flows say, and find it in their parameter', () => {
  const policies = Object.entries(compute.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('Machinesengines'));
  const text = JSON.stringify(policies);
  expect(policies).toHaveLength(1);
  expect(text).toContain('sqs:ReceiveMessage');
  expect(text).toContain('dynamodb:PutItem');
  expect(text).not.toContain('sqs:SendMessage');
  expect(JSON.stringify(compute.findResources('AWS::SSM::Parameter'))).toMatch(/LOG_URL.*FILLS_TABLE/);
});

test('their callers reach them, and nobody else', () => {
  const groups = network.findResources('AWS::EC2::SecurityGroup');
  const describe = (id: string) => groups[id]?.Properties.GroupDescription as string;
  const into = Object.values(network.findResources('AWS::EC2::SecurityGroupIngress'))
    .map(({ Properties: p }) => [describe(p.SourceSecurityGroupId['Fn::GetAtt'][0]), describe(p.GroupId['Fn::GetAtt'][0]), p.FromPort])
    .filter(([, to]) => to === 'machines engines');
  expect(into).toEqual([['pods of tier web', 'machines engines', 9000]]);
});

test('operators hear of failed checks', () => {
  const alarms = JSON.stringify(templateOf(stacks, 'us-east-1-operations').findResources('AWS::CloudWatch::Alarm'));
  expect(alarms).toContain('engines: error share at or above 0.5');
});

test('a stage on one machine has them as a pod, a sandbox as one machine that may go', () => {
  const box = tinyExchangePlan('box');
  expect(find(objectsOf(box), 'StatefulSet', 'engines').spec.replicas).toBe(1);
  expect(templateOf(synthesized(box), 'us-east-1-compute').findResources('AWS::EC2::PlacementGroup')).toEqual({});
  const sandbox = templateOf(synthesized(smallest(plan), { disposable: true }), 'us-east-1-compute');
  const instances = Object.values(sandbox.findResources('AWS::EC2::Instance'));
  expect(instances.map(({ Properties }) => [Properties.InstanceType, Properties.DisableApiTermination])).toEqual([['c7g.medium', false]]);
});
