import { PriceBook } from '../../cost/price-book';
import { References } from '../../cost/references';
import type { Resource, Template } from '../../cost/template';

const resource = (template: string, logicalId: string, properties = {}, region = 'us-east-1'): Resource => ({
  ...{ logicalId, type: 'AWS::EC2::Subnet', properties, metadata: {}, template, region },
});
const template = (stack: string, resources: Resource[], more: Partial<Template> = {}): Template => ({
  ...{ stack, region: 'us-east-1', file: '', outputs: {}, exports: {}, metadata: {}, resources, ...more },
});

const subnet = resource('Net', 'Subnet');
const user = resource('App', 'User', { SubnetId: { 'Fn::Join': ['', ['x', { Ref: 'Local' }]] } });
const local = resource('App', 'Local');
const net = template('Net', [subnet], {
  outputs: { SubnetId: { Ref: 'Subnet' }, Circle: { 'Fn::GetStackOutput': { StackName: 'Net', OutputName: 'Circle' } } },
  exports: { 'Net:Subnet': { Ref: 'Subnet' } },
});
const twin = template('Net', [resource('Net', 'Subnet', {}, 'eu-west-1')], {
  region: 'eu-west-1',
  outputs: { SubnetId: { Ref: 'Subnet' } },
});
const around = new References([template('App', [user, local]), net, twin]).around(user, PriceBook.open());

describe('following references', () => {
  test.each<[string, unknown]>([
    ['Ref', { Ref: 'Local' }],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Local', 'Arn'] }],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Local.Arn' }],
    ['inside other functions', { 'Fn::Select': [0, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Local', 'Arn'] }] }] }],
  ])('in the template: %s', (_, value) => expect(around.follow(value)).toBe(local));

  test.each<[string, unknown]>([
    ['Fn::GetStackOutput', { 'Fn::GetStackOutput': { StackName: 'Net', Region: 'us-east-1', OutputName: 'SubnetId' } }],
    ['Fn::GetStackOutput in the own region', { 'Fn::GetStackOutput': { StackName: 'Net', OutputName: 'SubnetId' } }],
    ['Fn::ImportValue', { 'Fn::ImportValue': 'Net:Subnet' }],
  ])('to another stack: %s', (_, value) => expect(around.follow(value)).toBe(subnet));

  test('to a stack of the same name in another region', () => {
    const found = around.follow({ 'Fn::GetStackOutput': { StackName: 'Net', Region: 'eu-west-1', OutputName: 'SubnetId' } });
    expect(found?.region).toBe('eu-west-1');
  });

  test.each<[string, unknown]>([
    ['a literal', 'subnet-123'],
    ['an unknown id', { Ref: 'Nobody' }],
    ['an unknown stack', { 'Fn::GetStackOutput': { StackName: 'Gone', OutputName: 'SubnetId' } }],
    ['a malformed output', { 'Fn::GetStackOutput': null }],
    ['a circle of outputs', { 'Fn::GetStackOutput': { StackName: 'Net', OutputName: 'Circle' } }],
  ])('to nothing: %s', (_, value) => expect(around.follow(value)).toBeUndefined());

  test('backwards: who refers to a resource by a property', () => {
    expect(around.referringTo(local, 'AWS::EC2::Subnet', 'SubnetId')).toEqual([user]);
    expect(around.referringTo(local, 'AWS::EC2::Subnet', 'VpcId')).toEqual([]);
    expect(around.referringTo(local, 'AWS::EC2::Instance', 'SubnetId')).toEqual([]);
  });
});
