import { resolveStackOutputs, StackOutputs } from './stack-outputs';

const outputs = new StackOutputs();
outputs.add('us-east-1', 'net', { Vpc: 'vpc-1', Subnet: 'subnet-1' });
outputs.add('eu-west-1', 'net', { Vpc: 'vpc-2' });

const resolve = (value: unknown) => resolveStackOutputs(value, 'us-east-1', outputs);
const reference = (argument: unknown) => ({ 'Fn::GetStackOutput': argument });

test('references are replaced wherever they stand, and nothing else is', () => {
  const template = {
    Resources: {
      Box: {
        Type: 'AWS::EC2::Instance',
        Properties: {
          SubnetId: reference({ StackName: 'net', OutputName: 'Subnet', Region: 'us-east-1' }),
          Names: ['a', { 'Fn::Join': ['', ['x-', reference({ StackName: 'net', OutputName: 'Vpc' })]] }],
          Count: 2,
          Off: false,
          Nothing: null,
        },
      },
    },
  };
  expect(resolve(template)).toEqual({
    Resources: {
      Box: {
        Type: 'AWS::EC2::Instance',
        Properties: { SubnetId: 'subnet-1', Names: ['a', { 'Fn::Join': ['', ['x-', 'vpc-1']] }], Count: 2, Off: false, Nothing: null },
      },
    },
  });
});

test('the region decides between stacks of the same name', () => {
  expect(resolve(reference({ StackName: 'net', OutputName: 'Vpc', Region: 'eu-west-1' }))).toBe('vpc-2');
  expect(resolveStackOutputs(reference({ StackName: 'net', OutputName: 'Vpc' }), 'eu-west-1', outputs)).toBe('vpc-2');
});

test('the template it is given stays as it is', () => {
  const template = { Value: reference({ StackName: 'net', OutputName: 'Vpc' }) };
  const before = structuredClone(template);
  resolve(template);
  expect(template).toEqual(before);
});

test.each([
  ['a stack that is not deployed', { StackName: 'gone', OutputName: 'Vpc' }, /stack gone in us-east-1 is not deployed/],
  ['a stack of another region', { StackName: 'net', OutputName: 'Vpc', Region: 'ap-south-1' }, /stack net in ap-south-1 is not deployed/],
  ['an output that does not exist', { StackName: 'net', OutputName: 'Gone' }, /has no output Gone; it has Vpc, Subnet/],
  ['no argument', null, /cannot resolve/],
  ['no output name', { StackName: 'net' }, /cannot resolve/],
  ['a computed stack name', { StackName: { Ref: 'Name' }, OutputName: 'Vpc' }, /cannot resolve/],
  ['a field the deployment knows nothing about', { StackName: 'net', OutputName: 'Vpc', RoleArn: 'arn' }, /cannot resolve/],
])('%s is an error', (_, argument, message) => {
  expect(() => resolve({ Properties: [reference(argument)] })).toThrow(message);
});
