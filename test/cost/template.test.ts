import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplate, TemplateError } from '../../cost/template';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'template-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (content: unknown) => {
  const file = join(folder, 'Shop.template.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const read = (content: unknown) => readTemplate(write(content), 'eu-west-1');
const queue = (Properties: object, more: object = {}) => ({ Type: 'AWS::SQS::Queue', Properties, ...more });

describe('reading a template', () => {
  test('gives each resource with its stack, region, path and metadata', () => {
    const { resources, stack } = read({
      Resources: { Jobs: queue({ FifoQueue: true }, { Metadata: { 'aws:cdk:path': 'Shop/Jobs/Resource' } }) },
    });
    expect(stack).toBe('Shop');
    expect(resources).toEqual([
      {
        logicalId: 'Jobs',
        type: 'AWS::SQS::Queue',
        template: 'Shop',
        region: 'eu-west-1',
        path: 'Shop/Jobs/Resource',
        ...{ properties: { FifoQueue: true }, metadata: { 'aws:cdk:path': 'Shop/Jobs/Resource' } },
      },
    ]);
  });

  test('computes what parameters, mappings and pseudo parameters say, and keeps references to resources', () => {
    const properties = {
      Type: { Ref: 'Size' },
      Ami: { 'Fn::FindInMap': ['Amis', { Ref: 'AWS::Region' }, 'arm'] },
      Name: { 'Fn::Join': ['-', ['jobs', { Ref: 'AWS::Region' }]] },
      Zone: { 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b'] }] },
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Gone: { Ref: 'AWS::NoValue' },
    };
    const { resources } = read({
      Parameters: { Size: { Type: 'String', Default: 'm7g.large' } },
      Mappings: { Amis: { 'eu-west-1': { arm: 'ami-1' } } },
      Resources: { Node: queue(properties) },
    });
    expect(resources[0]!.properties).toEqual({
      Type: 'm7g.large',
      Ami: 'ami-1',
      Name: 'jobs-eu-west-1',
      Zone: 'b',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    });
  });

  test('leaves out what a condition rules out, and keeps what it cannot decide', () => {
    const { resources } = read({
      Parameters: { Stage: { Type: 'String', Default: 'launch' }, Domain: { Type: 'String' } },
      Conditions: {
        Launch: { 'Fn::Equals': [{ Ref: 'Stage' }, 'launch'] },
        Grown: { 'Fn::Not': [{ Condition: 'Launch' }] },
        Named: { 'Fn::Equals': [{ Ref: 'Domain' }, ''] },
        GrownAndNamed: { 'Fn::And': [{ Condition: 'Named' }, { Condition: 'Grown' }] },
      },
      Resources: {
        Big: queue({}, { Condition: 'Grown' }),
        BigNamed: queue({}, { Condition: 'GrownAndNamed' }),
        Small: queue({ DelaySeconds: { 'Fn::If': ['Launch', 0, 60] } }, { Condition: 'Launch' }),
        Alias: queue({}, { Condition: 'Named' }),
      },
    });
    expect(resources.map(({ logicalId }) => logicalId)).toEqual(['Small', 'Alias']);
    expect(resources[0]!.properties).toEqual({ DelaySeconds: 0 });
  });

  test('knows outputs and exports', () => {
    const { outputs, exports } = read({
      Resources: {},
      Outputs: { Url: { Value: { Ref: 'Jobs' }, Export: { Name: { 'Fn::Join': [':', ['Shop', 'Url']] } } } },
    });
    expect(outputs).toEqual({ Url: { Ref: 'Jobs' } });
    expect(exports).toEqual({ 'Shop:Url': { Ref: 'Jobs' } });
  });
});

describe('malformed templates', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

  test.each([
    ['no JSON', '{"Resources":', /not JSON/],
    ['no resources', { Outputs: {} }, /Shop\.template\.json: Resources is not as a CloudFormation template has it/],
    ['a list', [], /the document is not as/],
    ['a resource without type', { Resources: { A: { Properties: {} } } }, /Resources\.A\.Type is not as/],
    ['properties that are no object', { Resources: { A: { Type: 'X', Properties: 5 } } }, /Resources\.A\.Properties is not as/],
    ['a function without arguments', { Resources: { A: queue({ B: { 'Fn::Join': 'x' } }) } }, /Fn::Join has "x"; allowed: a list/],
    ['endless nesting', { Resources: { A: queue({ B: nested(300) }) } }, /nest deeper than 200/],
    ['a condition of itself', { Conditions: { A: { 'Fn::Not': [{ Condition: 'A' }] } }, Resources: {} }, /nest deeper than 200/],
  ])('%s', (_, content, message) => {
    expect(() => read(content)).toThrow(TemplateError);
    expect(() => read(content)).toThrow(message);
  });

  test('a missing file', () => {
    expect(() => readTemplate(join(folder, 'None.template.json'), 'eu-west-1')).toThrow(
      /None\.template\.json: no such file; allowed: a template/,
    );
  });
});
