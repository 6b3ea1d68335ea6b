import { App, aws_ec2 as ec2, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { HostFleet, type HostFleetProps } from '../../constructs/host-fleet';

function make(props: Partial<HostFleetProps> = {}) {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  const fleet = new HostFleet(stack, 'Matches', {
    securityGroup: new ec2.SecurityGroup(stack, 'Group', { vpc }),
    subnetIds: ['subnet-a', 'subnet-b', 'subnet-c'],
    instanceType: 'c7g.4xlarge',
    minHosts: 3,
    averageHosts: 12,
    maxHosts: 20,
    clientPorts: { from: 7000, to: 7099 },
    port: 9000,
    healthPath: '/healthz',
    drainSeconds: 1500,
    told: { RESULTS_URL: 'https://results.example' },
    tags: { team: 'arena' },
    ...props,
  });
  const allocator = new iam.Role(stack, 'Allocator', { assumedBy: new iam.ServicePrincipal('pods.eks.amazonaws.com') });
  fleet.grant(allocator, 'writes');
  return { fleet, stack, template: Template.fromStack(stack) };
}
const one = (template: Template, type: string): any => Object.values(template.findResources(type))[0]!.Properties;
/** The script that a host runs at first boot, references by their names. */
const script = (template: Template): string => {
  const data = one(template, 'AWS::EC2::LaunchTemplate').LaunchTemplateData.UserData['Fn::Base64']['Fn::Join'][1] as unknown[];
  return data.map((piece) => (typeof piece === 'string' ? piece : `<${(piece as { Ref: string }).Ref}>`)).join('');
};
const statements = (template: Template, role: string): any[] =>
  Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(([id, { Properties }]) =>
    id.startsWith(role) ? Properties.PolicyDocument.Statement : [],
  );

const { template, fleet } = make();
const group = one(template, 'AWS::AutoScaling::AutoScalingGroup');
const data = one(template, 'AWS::EC2::LaunchTemplate').LaunchTemplateData;

test('every host has a public address, an encrypted disk that goes with it, and no key for SSH', () => {
  expect(data.NetworkInterfaces).toEqual([expect.objectContaining({ AssociatePublicIpAddress: true, DeviceIndex: 0 })]);
  expect(data.NetworkInterfaces[0].Groups).toHaveLength(1);
  expect(data.BlockDeviceMappings[0].Ebs).toMatchObject({ Encrypted: true, DeleteOnTermination: true, VolumeType: 'gp3' });
  expect(data.MetadataOptions).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  expect(data).not.toHaveProperty('KeyName');
  expect(JSON.stringify(template.findResources('AWS::IAM::Role'))).toContain('AmazonSSMManagedInstanceCore');
});

test('Auto Scaling takes no host with sessions: protected from scale-in, and nothing scales it but who hands them out', () => {
  expect(group).toMatchObject({ NewInstancesProtectedFromScaleIn: true, DeletionProtection: 'prevent-all-deletion', MaxSize: '20' });
  expect(group).not.toHaveProperty('DesiredCapacity');
  template.resourceCountIs('AWS::AutoScaling::ScalingPolicy', 0);
  expect(JSON.stringify(template.toJSON())).not.toMatch(/SpotOptions|MarketType/);
});

test('what ends one all the same waits for its sessions', () => {
  template.hasResourceProperties('AWS::AutoScaling::LifecycleHook', {
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
    HeartbeatTimeout: 1500,
    DefaultResult: 'CONTINUE',
    LifecycleHookName: 'drain',
  });
  expect(script(template)).toContain(`--auto-scaling-group-name ${group.AutoScalingGroupName} --lifecycle-hook-name drain`);
});

test('an update replaces none for a newer image or template', () => {
  expect(data.ImageId).toMatch(/^resolve:ssm:\/aws\/service\/ami-amazon-linux-latest\/.*-arm64$/);
  expect(Object.values(template.findResources('AWS::AutoScaling::AutoScalingGroup'))[0]).not.toHaveProperty('UpdatePolicy');
  expect(one(make({ instanceType: 'c7i.4xlarge' }).template, 'AWS::EC2::LaunchTemplate').LaunchTemplateData.ImageId).toMatch(/x86_64$/);
});

test('who hands out sessions may start and end hosts of this group, and nothing else', () => {
  expect(statements(template, 'Allocator')).toEqual([
    expect.objectContaining({
      Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^MatchesHosts/), 'AutoScalingGroupARN'] },
    }),
  ]);
});

test('a host reads what it is told, writes its log, and lets its own termination go on', () => {
  const own = statements(template, 'MatchesRole');
  expect(own.flatMap(({ Action }) => Action)).toEqual([
    'ssm:GetParameter',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'autoscaling:CompleteLifecycleAction',
    'autoscaling:RecordLifecycleActionHeartbeat',
  ]);
  expect(JSON.stringify(own)).not.toContain('"Resource":"*"');
  template.hasResourceProperties('AWS::SSM::Parameter', { Value: '{"RESULTS_URL":"https://results.example"}' });
  expect(script(template)).toMatch(/"log_group_name":"<MatchesLogs\w*>"/);
});

test('answers for its sessions until they are there: at its ports, and where it tells whether it is well', () => {
  expect(script(template)).toContain('for port in range(7000, 7100):');
  expect(script(template)).toMatch(/echo ok > \/srv\/placeholder\/healthz/);
  expect(script(template)).toMatch(/http\.server 9000/);
});

test('hands its tags on, and tells what an average hour has', () => {
  expect(data.TagSpecifications.map(({ ResourceType, Tags }: any) => [ResourceType, Tags])).toEqual(
    ['instance', 'volume'].map((type) => [type, [{ Key: 'team', Value: 'arena' }]]),
  );
  template.hasResource('AWS::AutoScaling::AutoScalingGroup', { Metadata: { 'scaleprint:usage': { averageInstances: 12 } } });
});

test('one that may go does so at once: nothing is protected, the hook is deleted before the group and waits for the least', () => {
  const { template: sandbox } = make({ disposable: true, instanceType: 't4g.micro' });
  sandbox.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    NewInstancesProtectedFromScaleIn: false,
    DeletionProtection: 'none',
  });
  const [hosts] = Object.keys(sandbox.findResources('AWS::AutoScaling::AutoScalingGroup'));
  sandbox.hasResourceProperties('AWS::AutoScaling::LifecycleHook', { HeartbeatTimeout: 30, AutoScalingGroupName: { Ref: hosts } });
  sandbox.hasResourceProperties('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: Match.objectLike({ CreditSpecification: { CpuCredits: 'standard' } }),
  });
});

test('shows the share of its hosts that fail, and what they do', () => {
  expect(fleet.metric('error share')).toHaveLength(1);
  expect(fleet.metric('cpu')).toHaveLength(1);
  expect(() => fleet.metric('replication lag')).toThrow('has no metric for "replication lag"');
});

test('sizes that contradict each other are refused', () => {
  expect(() => make({ minHosts: 30 })).toThrow('minHosts is 30');
  expect(() => make({ drainSeconds: 8000 })).toThrow('drainSeconds is 8000; it takes a whole number from 30 to 7200');
});
