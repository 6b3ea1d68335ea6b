import { resolveForeignOutputs } from './stack-outputs';

const outputOf = async (region: string, stack: string, output: string) => {
  if (stack === 'gone') throw new Error(`no stack ${stack}`);
  return `${region}/${stack}/${output}`;
};
const resolve = (value: unknown) => resolveForeignOutputs(value, 'us-east-1', outputOf);
const reference = (argument: unknown) => ({ 'Fn::GetStackOutput': argument });

test('references into other regions are replaced wherever they stand, and nothing else is', async () => {
  const own = reference({ StackName: 'net', OutputName: 'Vpc', Region: 'us-east-1' });
  const template = {
    Resources: {
      Box: {
        Type: 'AWS::EC2::Instance',
        Properties: {
          SubnetId: reference({ StackName: 'net', OutputName: 'Subnet', Region: 'eu-west-1' }),
          Names: ['a', { 'Fn::Join': ['', ['x-', reference({ StackName: 'net', OutputName: 'Vpc' }), own]] }],
          Count: 2,
          Off: false,
          Nothing: null,
        },
      },
    },
  };
  const before = structuredClone(template);
  const resolved = await resolve(template);
  const { Properties } = before.Resources.Box;
  expect(resolved).toEqual({
    Resources: { Box: { ...before.Resources.Box, Properties: { ...Properties, SubnetId: 'eu-west-1/net/Subnet' } } },
  });
  expect(template).toEqual(before);
});

test.each([
  ['a stack that is not deployed', { StackName: 'gone', OutputName: 'Vpc', Region: 'eu-west-1' }, /no stack gone/],
  ['no argument', null, /cannot resolve/],
  ['no output name', { StackName: 'net' }, /cannot resolve/],
  ['a computed stack name', { StackName: { Ref: 'Name' }, OutputName: 'Vpc' }, /cannot resolve/],
  ['a field the deployment knows nothing about', { StackName: 'net', OutputName: 'Vpc', RoleArn: 'arn' }, /cannot resolve/],
])('%s is an error', async (_, argument, message) => {
  await expect(resolve({ Properties: [reference(argument)] })).rejects.toThrow(message);
});
