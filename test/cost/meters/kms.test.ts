import { kmsMeters } from '../../../cost/meters/kms';
import { bill } from './bill';

test('a key pays itself and its requests', () => {
  // 1M / 10k x 0.03
  expect(bill(kmsMeters, 'It', { It: { Type: 'AWS::KMS::Key' } }, { requestsPerMonth: 1e6 })).toEqual([
    'customer managed key: 1 key = 1 key-month at 1 = 1',
    'requests: 1,000,000 requests / 10k = 100 10k requests at 0.03 = 3',
  ]);
});

test('asymmetric keys pay more a request', () => {
  expect(
    bill(kmsMeters, 'It', { It: { Type: 'AWS::KMS::Key', Properties: { KeySpec: 'ECC_NIST_P256' } } }, { requestsPerMonth: 1e6 })[1],
  ).toMatch(/ at 0.15 = 15$/);
});

test('a replica is a key', () => {
  expect(bill(kmsMeters, 'It', { It: { Type: 'AWS::KMS::ReplicaKey' } }, { requestsPerMonth: 0 }, 'eu-west-1')[0]).toBe(
    'customer managed key: 1 key = 1 key-month at 1 = 1',
  );
});
