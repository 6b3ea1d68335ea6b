import { deployedCopy } from './deployed-copy';
import type { Effect, Gap } from './emulator-gaps';
import type { Template } from './template';

const gap = (effect: Effect, type: string, name?: string): Gap => ({ effect, types: [type], name, what: 'a test', seen: 'never' });

const template: Template = {
  Resources: {
    Cache: { Type: 'Cache', Properties: { Size: 1 } },
    Key: { Type: 'Key', Properties: { Policy: { Statement: [] }, Tags: ['a'], Name: 'k' } },
    Box: {
      Type: 'Box',
      Properties: { Host: { 'Fn::GetAtt': ['Cache', 'Host'] }, Key: { Ref: 'Key' }, Secret: { 'Fn::GetAtt': ['Key', 'Secret.Arn'] } },
      DependsOn: ['Cache', 'Key'],
    },
  },
  Outputs: { Host: { Value: { 'Fn::Join': ['', ['x', { Ref: 'Cache' }]] } } },
};

test('without gaps the copy is the template', () => {
  const copy = deployedCopy(template, [gap('left out', 'Other'), gap('property left out', 'Key', 'Other')]);
  expect(copy).toEqual({ template, leftOut: new Set(), used: new Set() });
});

test('what is left out is said, and nothing refers to it any more', () => {
  const before = structuredClone(template);
  const { template: copy, leftOut, used } = deployedCopy(template, [gap('left out', 'Cache')]);
  expect([...leftOut]).toEqual(['Cache']);
  expect([...used]).toEqual(['left out: Cache']);
  expect(Object.keys(copy.Resources)).toEqual(['Key', 'Box']);
  expect(copy.Resources.Box!.DependsOn).toEqual(['Key']);
  expect(copy.Resources.Box!.Properties).toMatchObject({ Host: expect.stringMatching(/^arn:aws:.*Cache$/), Key: { Ref: 'Key' } });
  expect(JSON.stringify(copy)).not.toMatch(/"(Ref|Fn::GetAtt)":\[?"Cache"/);
  expect(template).toEqual(before);
});

test('properties and attributes go one by one', () => {
  const gaps = [
    gap('property left out', 'Key', 'Tags'),
    gap('property as text', 'Key', 'Policy'),
    gap('attribute replaced', 'Key', 'Secret.Arn'),
  ];
  const { template: copy, leftOut, used } = deployedCopy(template, gaps);
  expect(leftOut.size).toBe(0);
  expect([...used].sort()).toEqual(['attribute replaced: Key Secret.Arn', 'property as text: Key Policy', 'property left out: Key Tags']);
  expect(copy.Resources.Key!.Properties).toEqual({ Policy: { 'Fn::ToJsonString': { Statement: [] } }, Name: 'k' });
  expect(copy.Resources.Box!.Properties).toMatchObject({ Key: { Ref: 'Key' }, Secret: expect.stringMatching(/Key$/) });
});
