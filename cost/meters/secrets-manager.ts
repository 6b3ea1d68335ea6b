import { monthly } from '../charges';
import type { Meter } from '../meter';
import { listAt } from '../property';

/** AWS Secrets Manager: a month of the secret and of each replica, and API calls. https://aws.amazon.com/secrets-manager/pricing/ */
export const secretsManagerMeters: Meter<'AWS::SecretsManager::Secret'>[] = [
  {
    type: 'AWS::SecretsManager::Secret',
    needs: ['apiCallsPerMonth'],
    charges(secret, { apiCallsPerMonth = 0 }) {
      const replicas = listAt(secret, 'ReplicaRegions').length;
      const calls = `${apiCallsPerMonth.toLocaleString('en-US')} calls / 10k`;
      return [
        monthly(
          'secret',
          1 + replicas,
          `1 secret + ${replicas} replicas`,
          { service: 'SecretsManager', dimension: 'secret' },
          'secret-month',
        ),
        monthly('API requests', apiCallsPerMonth / 10_000, calls, { service: 'SecretsManager', dimension: 'API requests' }, '10k requests'),
      ];
    },
  },
];
