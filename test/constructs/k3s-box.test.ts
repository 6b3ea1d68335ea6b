import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { K3sBox } from '../../constructs/k3s-box';
import { K3S_VERSION } from '../../constructs/k3s-user-data';

function make({ disposable = false, instanceType = 't4g.medium', domainNames = ['shop.example.com', 'api.example.com'] } = {}) {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  const box = new K3sBox(stack, 'Box', {
    instanceType,
    vpc,
    subnetId: vpc.publicSubnets[0]!.subnetId,
    securityGroupId: 'sg-1',
    domainNames,
    disposable,
  });
  return { box, stack, template: Template.fromStack(stack) };
}

const { box, stack, template } = make();
const [{ Properties }] = Object.values(template.findResources('AWS::EC2::Instance')) as [
  { Properties: { UserData: { 'Fn::Base64': { 'Fn::Join': [string, unknown[]] } } } },
];
const script = Properties.UserData['Fn::Base64']['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : '<bucket>')).join('');

test('is reached at an Elastic IP and through SSM, and pods find its credentials', () => {
  template.hasResourceProperties('AWS::EC2::EIP', { InstanceId: stack.resolve(box.instance.ref) });
  template.hasResourceProperties('AWS::EC2::Instance', {
    MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
    KeyName: Match.absent(),
  });
  expect(JSON.stringify(template.findResources('AWS::IAM::Role'))).toContain('AmazonSSMManagedInstanceCore');
});

test('has an encrypted disk that goes with it', () => {
  template.hasResourceProperties('AWS::EC2::Instance', {
    BlockDeviceMappings: [
      { DeviceName: '/dev/xvda', Ebs: { VolumeType: 'gp3', VolumeSize: 30, Encrypted: true, DeleteOnTermination: true } },
    ],
  });
});

test('installs one version of k3s, once it has an address', () => {
  expect(script).toContain(`k3s-io/k3s/${encodeURIComponent(K3S_VERSION)}/install.sh`);
  expect(script).toContain(`INSTALL_K3S_VERSION='${K3S_VERSION}'`);
  expect(script).toMatch(/until curl .*; do sleep 5; done/);
});

test('asks for certificates of its names and applies what lies in its bucket', () => {
  expect(script).toContain('domains[0].main=shop.example.com');
  expect(script).toContain('domains[0].sans=api.example.com');
  expect(script).toContain('s3://<bucket>/manifests /var/lib/rancher/k3s/server/manifests/scaleprint');
  const [policy] = Object.values(template.findResources('AWS::IAM::Policy')).map((p) =>
    p.Properties.PolicyDocument.Statement.map((s: { Action: string }) => s.Action),
  );
  expect(policy).toEqual(['s3:ListBucket', 's3:GetObject', ['logs:CreateLogStream', 'logs:PutLogEvents']]);
});

test('sends the log of every container to a group that ends what it keeps', () => {
  const [, json] = /etc\/pods\.json <<'END'\n(.*)\nEND/.exec(script)!;
  const [files] = JSON.parse(json!).logs.logs_collected.files.collect_list;
  expect(files).toMatchObject({ file_path: '/var/log/containers/*.log', publish_multi_logs: true });
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  expect(script.indexOf('amazon-cloudwatch-agent')).toBeGreaterThan(script.indexOf('INSTALL_K3S_VERSION'));
});

test('keeps its bucket and its address, unless it is disposable', () => {
  template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
  template.hasResource('AWS::EC2::EIP', { DeletionPolicy: 'Retain' });
  template.resourceCountIs('Custom::BucketEmptier', 0);
  const disposable = make({ disposable: true }).template;
  disposable.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
  disposable.hasResource('AWS::EC2::EIP', { DeletionPolicy: 'Delete' });
  disposable.resourceCountIs('Custom::BucketEmptier', 1);
});

test('pays for no processor beyond its price where it is disposable', () => {
  make({ disposable: true }).template.hasResourceProperties('AWS::EC2::Instance', { CreditSpecification: { CPUCredits: 'standard' } });
  template.hasResourceProperties('AWS::EC2::Instance', { CreditSpecification: Match.absent() });
  make({ disposable: true, instanceType: 'm7g.large' }).template.hasResourceProperties('AWS::EC2::Instance', {
    CreditSpecification: Match.absent(),
  });
});

test('ends when it is replaced, whether disposable or not', () => {
  for (const one of [template, make({ disposable: true }).template])
    one.hasResourceProperties('AWS::EC2::Instance', { DisableApiTermination: false });
});

test('shows its processor and whether it is well', () => {
  expect(box.metric('cpu')).toHaveLength(1);
  expect(box.metric('error share')).toHaveLength(1);
  expect(() => box.metric('queue depth')).toThrow('it has cpu, error share');
});

test('refuses to have no name', () => {
  expect(() => make({ domainNames: [] })).toThrow('domainNames is empty; it takes at least one name');
});
