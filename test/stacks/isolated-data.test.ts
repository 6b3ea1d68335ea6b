import type { Template } from 'aws-cdk-lib/assertions';
import { resource, usageOf } from '../constructs/stateful';
import { isolated } from './isolated';
import { synthesized, templateOf } from './synthesized';
import { tinyPlan } from './tiny-shop';
import { twoRegionsPlan } from './two-regions';

const stacks = synthesized(isolated(twoRegionsPlan(), 'web'));
const home = templateOf(stacks, 'us-east-1-data');
const text = (template: Template, type: string, startsWith: string) => JSON.stringify(resource(template, type, startsWith).Properties);

test('what an isolated tier alone uses has keys of its own, turned every year, and the rest the key of all', () => {
  const keys = Object.entries(home.findResources('AWS::KMS::Key'));
  expect(keys.map(([id]) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
    'Key',
    'bookskey',
    'cartskey',
    'inboxkey',
    'photoskey',
    'stockkey',
  ]);
  expect(keys.every(([, { Properties }]) => Properties.EnableKeyRotation)).toBe(true);
  expect(usageOf(home, 'AWS::KMS::Key', 'Key')).toEqual({ requestsPerMonth: 0 });
  expect(usageOf(home, 'AWS::KMS::Key', 'stockkey')).not.toEqual({ requestsPerMonth: 0 });
});

test('each part is encrypted with its own key, here and where its copies are', () => {
  expect(text(home, 'AWS::S3::Bucket', 'photosBucket')).toMatch(/"KMSMasterKeyID":\{"Fn::GetAtt":\["photoskey/);
  expect(text(home, 'AWS::S3::Bucket', 'photosBucket')).toMatch(/"ReplicaKmsKeyID":\{"Fn::GetStackOutput":\{[^}]*photoskey/);
  expect(text(home, 'AWS::DynamoDB::GlobalTable', 'carts')).toMatch(/"Fn::GetStackOutput":\{[^}]*cartskey/);
  expect(text(home, 'AWS::RDS::DBInstance', 'booksshard0Primary')).toMatch(/"KmsKeyId":\{"Fn::GetAtt":\["bookskey/);
  expect(text(templateOf(stacks, 'eu-west-1-copies'), 'AWS::RDS::DBInstance', 'books')).toMatch(
    /"KmsKeyId":\{"Fn::GetStackOutput":\{[^}]*bookskey/,
  );
});

test('what it shares with others is behind the key of all', () => {
  templateOf(synthesized(isolated(tinyPlan('zones'), 'sockets')), 'us-east-1-data').resourceCountIs('AWS::KMS::Key', 1);
});
