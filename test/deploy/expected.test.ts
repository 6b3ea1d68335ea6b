import { expected, type Known, UNKNOWN } from './expected';

const known: Known = {
  region: 'eu-west-1',
  parameters: { Domain: 'shop.example.com', Ranges: '10.0.0.0/8,192.0.2.0/24' },
  ids: new Map([
    ['Role', 'role-1'],
    ['Box', 'i-1'],
  ]),
  template: {
    Parameters: {
      Domain: { Type: 'String' },
      Ranges: { Type: 'CommaDelimitedList' },
      Image: { Type: 'AWS::SSM::Parameter::Value<X>', Default: '/p' },
    },
    Resources: { Role: { Type: 'AWS::IAM::Role' }, Box: { Type: 'AWS::EC2::Instance' } },
  },
  outputs: { net: { Vpc: 'vpc-1' } },
};

test.each<[string, unknown, unknown]>([
  ['plain values', { A: [1, 'x'] }, { A: [1, 'x'] }],
  ['a resource', { Ref: 'Box' }, 'i-1'],
  ['a parameter', { Ref: 'Domain' }, 'shop.example.com'],
  ['a list', { Ref: 'Ranges' }, ['10.0.0.0/8', '192.0.2.0/24']],
  ['the region', { Ref: 'AWS::Region' }, 'eu-west-1'],
  ['no value', [{ Ref: 'AWS::NoValue' }, 'a'], ['a']],
  ['an attribute that follows from the id', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::123456789012:role/role-1'],
  ['joined', { 'Fn::Join': ['-', ['a', { Ref: 'Box' }]] }, 'a-i-1'],
  ['an output of another stack', { 'Fn::GetStackOutput': { StackName: 'net', OutputName: 'Vpc', Region: 'eu-west-1' } }, 'vpc-1'],
  ['a zone', { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }, 'eu-west-1b'],
  ['encoded', { 'Fn::Base64': 'hello' }, 'aGVsbG8='],
  ['an attribute that only the service knows', { 'Fn::GetAtt': ['Box', 'PrivateIp'] }, UNKNOWN],
  ['something made of it', { 'Fn::Join': ['', ['a', { 'Fn::GetAtt': ['Box', 'PrivateIp'] }]] }, UNKNOWN],
  ['what is not there', { Ref: 'Gone' }, UNKNOWN],
  ['a public parameter', { Ref: 'Image' }, UNKNOWN],
  ['a secret', '{{resolve:secretsmanager:x}}', UNKNOWN],
])('%s', (_, node, value) => {
  expect(expected(node, known)).toEqual(value);
});
