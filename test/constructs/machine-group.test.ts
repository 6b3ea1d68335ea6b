import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { MachineGroup, type MachineGroupProps } from '../../constructs/machine-group';

function make(props: Partial<MachineGroupProps> = {}) {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  const group = new MachineGroup(stack, 'Engines', {
    vpc,
    securityGroup: new ec2.SecurityGroup(stack, 'Group', { vpc }),
    instanceType: 'c7g.2xlarge',
    machines: 3,
    subnetIds: ['subnet-a'],
    standbySubnetId: 'subnet-b',
    zoneName: 'engines.internal',
    port: 8080,
    healthPath: '/healthz',
    told: { LOG_URL: 'https://log.example' },
    ...props,
  });
  return { group, stack, template: Template.fromStack(stack) };
}
const all = (template: Template, type: string): { Properties: any; DependsOn?: string[] }[] =>
  Object.values(template.findResources(type)) as never;

const { group, stack, template } = make();
const instances = all(template, 'AWS::EC2::Instance');

test('each machine has a standby in another subnet, each side near to each other', () => {
  expect(instances.map(({ Properties: p }) => p.SubnetId)).toEqual([...Array(3).fill('subnet-a'), ...Array(3).fill('subnet-b')]);
  const groups = template.findResources('AWS::EC2::PlacementGroup');
  expect(Object.values(groups).map(({ Properties }) => Properties.Strategy)).toEqual(['cluster', 'cluster']);
  const placed = (subnet: string) =>
    new Set(instances.flatMap(({ Properties: p }) => (p.SubnetId === subnet ? [p.PlacementGroupName.Ref] : [])));
  expect([placed('subnet-a').size, placed('subnet-b').size]).toEqual([1, 1]);
  expect([...placed('subnet-a')]).not.toEqual([...placed('subnet-b')]);
});

test('nothing starts or stops one: no group that scales, no spot, and protected from termination', () => {
  template.resourceCountIs('AWS::AutoScaling::AutoScalingGroup', 0);
  expect(JSON.stringify(template.toJSON())).not.toMatch(/SpotOptions|MarketType/);
  for (const { Properties } of instances) expect(Properties.DisableApiTermination).toBe(true);
  for (const { Properties } of all(make({ disposable: true }).template, 'AWS::EC2::Instance'))
    expect(Properties.DisableApiTermination).toBe(false);
});

test('an update replaces none for a newer image or other tags', () => {
  const [{ Properties }] = all(template, 'AWS::EC2::LaunchTemplate') as [{ Properties: any }];
  expect(Properties.LaunchTemplateData.ImageId).toMatch(/^resolve:ssm:\/aws\/service\/ami-amazon-linux-latest\/.*arm64$/);
  expect(JSON.stringify(template.toJSON().Parameters ?? {})).not.toContain('AWS::EC2::Image::Id');
  for (const { Properties: p } of instances) expect(p.LaunchTemplate.Version['Fn::GetAtt'][1]).toBe('DefaultVersionNumber');
});

test('has a name that leads to it wherever it is, and a disk that is encrypted and goes with it', () => {
  const records = all(template, 'AWS::Route53::RecordSet').map(({ Properties: p }) => [
    p.Name,
    p.ResourceRecords[0]['Fn::GetAtt'][1],
    p.TTL,
  ]);
  expect(records.map(([name]) => name).sort()).toEqual(
    ['1', '2', '3', '1-standby', '2-standby', '3-standby'].map((n) => `${n}.engines.internal`).sort(),
  );
  expect(new Set(records.map(([, attribute]) => attribute))).toEqual(new Set(['PrivateIp']));
  template.hasResourceProperties('AWS::Route53::HostedZone', { VPCs: [Match.objectLike({ VPCRegion: 'us-east-1' })] });
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: {
      BlockDeviceMappings: [{ Ebs: Match.objectLike({ Encrypted: true, DeleteOnTermination: true, VolumeType: 'gp3' }) }],
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      KeyName: Match.absent(),
    },
  });
});

test('EC2 brings each back when its hardware fails', () => {
  const alarms = all(template, 'AWS::CloudWatch::Alarm');
  expect(alarms).toHaveLength(6);
  for (const { Properties } of alarms)
    expect(Properties).toMatchObject({ MetricName: 'StatusCheckFailed_System', AlarmActions: [expect.anything()] });
  expect(JSON.stringify(alarms[0]!.Properties.AlarmActions)).toContain(':automate:us-east-1:ec2:recover');
});

test('its role comes first, reads what it is told, and is managed by SSM', () => {
  const [role] = Object.keys(template.findResources('AWS::IAM::Role'));
  for (const { DependsOn } of instances) expect(DependsOn).toContain(role);
  expect(JSON.stringify(template.findResources('AWS::IAM::Role'))).toContain('AmazonSSMManagedInstanceCore');
  template.hasResourceProperties('AWS::SSM::Parameter', { Value: '{"LOG_URL":"https://log.example"}' });
  const policy = JSON.stringify(template.findResources('AWS::IAM::Policy'));
  expect(policy).toContain('ssm:GetParameter');
  expect(policy).toContain(stack.resolve(group.told.ref).Ref);
});

test('answers at the path that tells whether it is well', () => {
  const script = JSON.stringify(instances[0]!.Properties.UserData);
  expect(script).toMatch(/echo ok > \/srv\/placeholder\/healthz/);
  expect(script).toMatch(/http\.server 8080/);
});

test('without standbys spread machines take turns in the subnets', () => {
  const spread = make({
    placement: 'spread',
    subnetIds: ['subnet-a', 'subnet-b', 'subnet-c'],
    standbySubnetId: undefined,
    machines: 4,
  }).template;
  expect(all(spread, 'AWS::EC2::Instance').map(({ Properties: p }) => p.SubnetId)).toEqual([
    'subnet-a',
    'subnet-b',
    'subnet-c',
    'subnet-a',
  ]);
  spread.hasResourceProperties('AWS::EC2::PlacementGroup', { Strategy: 'spread' });
  make({ placement: 'partition', subnetIds: ['subnet-a', 'subnet-b'], standbySubnetId: undefined }).template.hasResourceProperties(
    'AWS::EC2::PlacementGroup',
    { Strategy: 'partition', PartitionCount: 7 },
  );
});

test('shows its processors and EC2’s checks', () => {
  expect(group.metric('cpu').length).toBeGreaterThan(0);
  expect(group.metric('error share').length).toBeGreaterThan(0);
  expect(() => group.metric('hit ratio')).toThrow('it has cpu, error share');
});

test('refuses machines near to each other in several zones, and none', () => {
  expect(() => make({ subnetIds: ['subnet-a', 'subnet-b'] })).toThrow(/of placement cluster are in one/);
  expect(() => make({ machines: 0 })).toThrow('machines is 0; it takes a whole number from 1 to 60');
});
