import { monthly } from '../charges';
import type { Charge, Meter } from '../meter';
import { flagAt, listAt } from '../property';
import type { Resource } from '../template';

/** AWS Secrets Manager: a month of the secret and of each replica, and API calls. https://aws.amazon.com/secrets-manager/pricing/ */
export const secretsManagerMeters: Meter<'AWS::SecretsManager::Secret'>[] = [
  {
    type: 'AWS::SecretsManager::Secret',
    needs: ['apiCallsPerMonth'],
    charges(secret, { apiCallsPerMonth = 0 }) {
      const replicas = listAt(secret, 'ReplicaRegions').length;
      const calls = `${apiCallsPerMonth.toLocaleString('en-US')} calls / 10k`;
      return [
        secrets('secret', 1 + replicas, `1 secret + ${replicas} replicas`),
        monthly('API requests', apiCallsPerMonth / 10_000, calls, { service: 'SecretsManager', dimension: 'API requests' }, '10k requests'),
      ];
    },
  },
];

/**
 * The secret that RDS makes for the master user of a database that leaves its password to it, billed as any other: RDS docs, Password management
 * with Secrets Manager (AmazonRDS/latest/UserGuide/rds-secrets-manager.html, 2026-11-22). A replica has none. What is asked of it is not counted.
 */
export const masterUserSecret = (database: Resource): Charge[] =>
  flagAt(database, 'ManageMasterUserPassword') ? [secrets('secret of the master user', 1, '1 secret made by RDS')] : [];

function secrets(dimension: string, count: number, counted: string): Charge {
  return monthly(dimension, count, counted, { service: 'SecretsManager', dimension: 'secret' }, 'secret-month');
}
