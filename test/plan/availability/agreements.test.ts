import { AGREEMENTS } from '../../../plan/availability/agreements';

test.each(Object.entries(AGREEMENTS))('%s is a share below one, with source and date', (_, { value, source }) => {
  expect(value).toBeGreaterThan(0.9);
  expect(value).toBeLessThan(1);
  expect(source).toMatchObject({ title: expect.stringMatching(/\w/), date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
  if (source.confidence !== 'assumed') expect(source.url).toMatch(/^https:/);
});

test.each([
  ['rdsSingle', 'rdsMultiAz'],
  ['auroraOneZone', 'auroraMultiAz'],
  ['elastiCacheOneZone', 'elastiCacheMultiAz'],
  ['singleNode', 'amazonMq'],
  ['singleNode', 'openSearch'],
  ['dynamoDb', 'dynamoDbGlobal'],
  ['keyspaces', 'keyspacesMultiRegion'],
  ['cloudFrontWithWaf', 'cloudFront'],
] as const)('%s promises less than %s', (less, more) => {
  expect(AGREEMENTS[less].value).toBeLessThan(AGREEMENTS[more].value);
});
