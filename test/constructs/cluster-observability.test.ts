import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ClusterObservability } from '../../constructs/cluster-observability';

const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
const resources = { requests: { cpu: '100m', memory: '200Mi' } };
new ClusterObservability(stack, 'Observability', { clusterName: 'shop', settings: { agent: { resources }, manager: { resources } } });
const template = Template.fromStack(stack);
const [[, addon]] = Object.entries(template.findResources('AWS::EKS::Addon')) as [[string, { Properties: any; DependsOn: string[] }]];
const configuration = JSON.parse(addon.Properties.ConfigurationValues);

test('groups end what they keep, and are there before the agents would make their own', () => {
  const groups = Object.entries(template.findResources('AWS::Logs::LogGroup'));
  expect(groups.map(([, { Properties }]) => [Properties.LogGroupName, Properties.RetentionInDays])).toEqual([
    ['/aws/containerinsights/shop/application', 30],
    ['/aws/containerinsights/shop/performance', 30],
  ]);
  const [[id, policy]] = Object.entries(template.findResources('AWS::IAM::Policy')) as [[string, object]];
  expect(addon.DependsOn).toEqual([id]);
  for (const [group] of groups) expect(JSON.stringify(policy)).toContain(group);
});

test('the agents write into these groups and nowhere else', () => {
  const groups = Object.keys(template.findResources('AWS::Logs::LogGroup')).map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] }));
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayEquals([
        { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: groups },
        { Action: ['ec2:DescribeTags', 'ec2:DescribeVolumes'], Effect: 'Allow', Resource: '*' },
      ]),
      Version: '2012-10-17',
    },
  });
  expect(addon.Properties.PodIdentityAssociations).toEqual([
    { ServiceAccount: 'cloudwatch-agent', RoleArn: { 'Fn::GetAtt': [Object.keys(template.findResources('AWS::IAM::Role'))[0], 'Arn'] } },
  ]);
});

test('pods are logged and nodes are not; measurements are the plain ones', () => {
  const { extraFiles } = configuration.containerLogs.fluentBit.config;
  expect(Object.keys(extraFiles)).toEqual(['dataplane-log.conf', 'host-log.conf']);
  for (const file of Object.values(extraFiles)) expect(file).toMatch(/^#/);
  expect(configuration.agent.config).toEqual({ logs: { metrics_collected: { kubernetes: { enhanced_container_insights: false } } } });
});

test('where no metrics are wanted, the log still has the measurements', () => {
  const quiet = new Stack(new App(), 'Quiet');
  new ClusterObservability(quiet, 'Observability', { clusterName: 'shop', metrics: false });
  const [{ Properties }] = Object.values(Template.fromStack(quiet).findResources('AWS::EKS::Addon')) as [{ Properties: any }];
  expect(JSON.parse(Properties.ConfigurationValues).agent.config).toEqual({
    logs: { metrics_collected: { kubernetes: { enhanced_container_insights: false, disable_metric_extraction: true } } },
  });
  Template.fromStack(quiet).hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/containerinsights/shop/performance' });
});

test('settings reach the part they are of, and take nothing away', () => {
  expect(configuration.agent).toMatchObject({ resources, config: expect.anything() });
  expect(configuration.manager).toEqual({ resources });
  expect(configuration.containerLogs.fluentBit.resources).toBeUndefined();
});
