import { everySandbox, type Resource, type Template } from '../every-stage';
import { logGroupMakers } from './log-group-makers';

test.each(everySandbox)('%s lets nobody make a log group: the templates have them all', (_, { templates }) => {
  expect(templates.length).toBeGreaterThan(0);
  expect(templates.flatMap(logGroupMakers)).toEqual([]);
});

const having = (Type: string, Properties: Record<string, unknown>): Template => {
  const resources: Record<string, Resource> = { Own: { Type: 'AWS::IAM::Role' }, It: { Type, Properties } };
  return { name: 'a', path: '', text: '', resources, outputs: {} };
};
const statement = (fields: Record<string, unknown>) => ({ PolicyDocument: { Statement: [{ Effect: 'Allow', Resource: '*', ...fields }] } });
const role = (policy: unknown) => ({ ManagedPolicyArns: [policy] });
const ofAws = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]] });

test.each([
  ['the action', 'AWS::IAM::Policy', statement({ Action: ['logs:PutLogEvents', 'logs:CreateLogGroup'] })],
  ['the action in a role', 'AWS::IAM::Role', { Policies: [statement({ Action: 'logs:CreateLogGroup' })] }],
  ['the action in a policy of several roles', 'AWS::IAM::ManagedPolicy', statement({ Action: 'LOGS:createLogGroup' })],
  ['actions that begin so', 'AWS::IAM::Policy', statement({ Action: 'logs:Create*' })],
  ['every action', 'AWS::IAM::Policy', statement({ Action: '*' })],
  ['all but others', 'AWS::IAM::Policy', statement({ NotAction: ['iam:*', 's3:*'] })],
  ['what Lambda gives functions', 'AWS::IAM::Role', role(ofAws('service-role/AWSLambdaBasicExecutionRole'))],
  ['what the agent asks for', 'AWS::IAM::Role', role('arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy')],
  ["somebody's policy", 'AWS::IAM::Role', role({ 'Fn::ImportValue': 'theirs' })],
  ["somebody's role", 'AWS::CodeBuild::Project', { ServiceRole: 'arn:aws:iam::123456789012:role/builder' }],
  ["somebody's role by parameter", 'AWS::Lambda::Function', { Role: { Ref: 'RoleArn' } }],
  ["somebody's role for flow logs", 'AWS::EC2::FlowLog', { DeliverLogsPermissionArn: { 'Fn::ImportValue': 'theirs' } }],
])('the rule sees %s', (_, type, properties) => {
  expect(logGroupMakers(having(type, properties))).toHaveLength(1);
});

test.each([
  ['writing to a group', 'AWS::IAM::Policy', statement({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] })],
  ['a refusal', 'AWS::IAM::Policy', statement({ Effect: 'Deny', Action: 'logs:CreateLogGroup' })],
  ['all but logs', 'AWS::IAM::Policy', statement({ NotAction: 'logs:*' })],
  ['a policy that is known', 'AWS::IAM::Role', role(ofAws('AmazonSSMManagedInstanceCore'))],
  ['a role of the template', 'AWS::Lambda::Function', { Role: { 'Fn::GetAtt': ['Own', 'Arn'] } }],
])('the rule lets %s pass', (_, type, properties) => {
  expect(logGroupMakers(having(type, properties))).toEqual([]);
});
