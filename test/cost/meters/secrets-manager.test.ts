import { secretsManagerMeters } from '../../../cost/meters/secrets-manager';
import { bill } from './bill';

test('a secret pays a month of itself and each replica, and its calls', () => {
  // 3 x 0.40; 500,000 / 10k x 0.05
  const secret = {
    It: { Type: 'AWS::SecretsManager::Secret', Properties: { ReplicaRegions: [{ Region: 'eu-west-1' }, { Region: 'us-west-2' }] } },
  };
  expect(bill(secretsManagerMeters, 'It', secret, { apiCallsPerMonth: 500_000 })).toEqual([
    'secret: 1 secret + 2 replicas = 3 secret-month at 0.4 = 1.2',
    'API requests: 500,000 calls / 10k = 50 10k requests at 0.05 = 2.5',
  ]);
});
