import * as pulumi from '@pulumi/pulumi';
import { functionsOf, KNOWN_FUNCTIONS, resolve, type Scope } from '../../../../sandbox/engines/pulumi/resolve';

const scope: Scope = {
  ref: (name) => (name === 'AWS::NoValue' ? undefined : name === 'List' ? ['x', 'y'] : pulumi.output(`ref ${name}`)),
  attribute: (resource, name) => pulumi.output(`${resource}.${name}`),
  output: (stack, name, region = 'here') => pulumi.output(`${region}/${stack}/${name}`),
  exported: (name) => pulumi.output(`exported ${name}`),
  zones: ['a', 'b', 'c'],
};

const valueOf = (node: unknown): Promise<unknown> =>
  new Promise((done) => (pulumi.output(resolve(node, scope)) as pulumi.Output<unknown>).apply((value) => done(value)));

test.each<[string, unknown, unknown]>([
  ['text', 'plain', 'plain'],
  ['Ref', { Ref: 'Bucket' }, 'ref Bucket'],
  ['GetAtt', { 'Fn::GetAtt': ['Database', 'Endpoint.Address'] }, 'Database.Endpoint.Address'],
  ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'B' }, { 'Fn::Join': ['+', ['c', 'd']] }]] }, 'a-ref B-c+d'],
  ['Join over a list parameter', { 'Fn::Join': [',', { Ref: 'List' }] }, 'x,y'],
  ['Select', { 'Fn::Select': ['1', { 'Fn::GetAZs': { Ref: 'AWS::Region' } }] }, 'b'],
  ['GetAZs', { 'Fn::GetAZs': '' }, ['a', 'b', 'c']],
  ['Base64', { 'Fn::Base64': { 'Fn::Join': ['', ['h', 'i']] } }, 'aGk='],
  ['ImportValue', { 'Fn::ImportValue': 'box-expiry' }, 'exported box-expiry'],
  ['GetStackOutput', { 'Fn::GetStackOutput': { StackName: 's', OutputName: 'o' } }, 'here/s/o'],
  ['GetStackOutput elsewhere', { 'Fn::GetStackOutput': { StackName: 's', OutputName: 'o', Region: 'r' } }, 'r/s/o'],
  ['objects and lists', { a: [{ b: { Ref: 'C' } }], d: 1, e: false }, { a: [{ b: 'ref C' }], d: 1, e: false }],
  ['no value', { a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
  [
    'a condition of a policy',
    { Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ],
])('%s', async (_, node, value) => {
  expect(await valueOf(node)).toEqual(value);
});

test('functions are found wherever they are, known or not', () => {
  const node = {
    a: [{ 'Fn::Sub': 'x' }, { Ref: 'y' }],
    b: { 'Fn::Join': ['', [{ 'Fn::Transform': {} }]] },
    c: { Condition: 'IsProduction' },
  };
  const found = functionsOf(node);
  expect(found.filter((name) => !KNOWN_FUNCTIONS.includes(name)).sort()).toEqual(['Condition', 'Fn::Sub', 'Fn::Transform']);
  expect(found).toEqual(expect.arrayContaining(['Ref', 'Fn::Join']));
});
