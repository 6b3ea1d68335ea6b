import { deployedCopy } from './deployed-copy';
import type { Effect, Gap } from './emulator-gaps';
import type { Template } from './template';

const gap = (effect: Effect, type: string, name?: string, by?: string): Gap => ({
  ...{ effect, types: [type], name, by },
  ...{ what: 'a test', seen: 'never' },
});

const template: Template = {
  Parameters: { Image: { Type: 'Public', Default: 'arm' }, Size: { Type: 'String' } },
  Resources: {
    Cache: { Type: 'Cache', Properties: { Size: 1 } },
    Key: { Type: 'Key', Properties: { Policy: { Statement: [] }, Tags: ['a'], Name: 'k' } },
    Box: {
      Type: 'Box',
      Properties: {
        Host: { 'Fn::GetAtt': ['Cache', 'Host'] },
        Key: { Ref: 'Key' },
        Secret: { 'Fn::GetAtt': ['Key', 'Secret.Arn'] },
        Named: { 'Fn::GetAtt': ['Key', 'Label'] },
      },
      DependsOn: ['Cache', 'Key'],
    },
  },
  Outputs: { Host: { Value: { 'Fn::Join': ['', ['x', { Ref: 'Cache' }]] } } },
};

test('without gaps the copy is the template', () => {
  const gaps = [
    gap('left out', 'Other'),
    gap('left out', 'Cache', 'Shards'),
    gap('attribute replaced', 'Key', 'Arn'),
    gap('default replaced', 'Private', undefined, 'x'),
    gap('property ignored', 'Key', 'Name'),
  ];
  expect(deployedCopy(template, gaps)).toEqual({ template, leftOut: new Set(), used: new Set() });
});

test.each([undefined, 'Size'])('what is left out for %s is said, and nothing refers to it any more', (name) => {
  const before = structuredClone(template);
  const { template: copy, leftOut, used } = deployedCopy(template, [gap('left out', 'Cache', name)]);
  expect([...leftOut]).toEqual(['Cache']);
  expect([...used]).toEqual([`left out: Cache${name ? ` ${name}` : ''}`]);
  expect(Object.keys(copy.Resources)).toEqual(['Key', 'Box']);
  expect(copy.Resources.Box!.DependsOn).toEqual(['Key']);
  expect(copy.Resources.Box!.Properties).toMatchObject({ Host: expect.stringMatching(/^arn:aws:.*Cache$/), Key: { Ref: 'Key' } });
  expect(JSON.stringify(copy)).not.toMatch(/"(Ref|Fn::GetAtt)":\[?"Cache"/);
  expect(template).toEqual(before);
});

test('a property goes from the copy alone, where a resource has it', () => {
  const before = structuredClone(template);
  const {
    template: copy,
    leftOut,
    used,
  } = deployedCopy(template, [gap('property left out', 'Cache', 'Size'), gap('property left out', 'Cache', 'Shards')]);
  expect([leftOut.size, ...used]).toEqual([0, 'property left out: Cache Size']);
  const { Size, ...others } = template.Resources.Cache!.Properties!;
  expect(Size).toBeDefined();
  expect(copy.Resources.Cache!.Properties).toEqual(others);
  expect(template).toEqual(before);
});

test('attributes and defaults go one by one', () => {
  const gaps = [
    gap('attribute replaced', 'Key', 'Secret.Arn'),
    gap('attribute replaced', 'Key', 'Label', 'Name'),
    gap('default replaced', 'Public', undefined, 'x86'),
  ];
  const { template: copy, leftOut, used } = deployedCopy(template, gaps);
  expect(leftOut.size).toBe(0);
  expect([...used].sort()).toEqual(['attribute replaced: Key Label', 'attribute replaced: Key Secret.Arn', 'default replaced: Public']);
  expect(copy.Parameters).toEqual({ Image: { Type: 'Public', Default: 'x86' }, Size: { Type: 'String' } });
  expect(copy.Resources.Key).toEqual(template.Resources.Key);
  expect(copy.Resources.Box!.Properties).toMatchObject({ Key: { Ref: 'Key' }, Secret: expect.stringMatching(/Key$/), Named: 'k' });
});
