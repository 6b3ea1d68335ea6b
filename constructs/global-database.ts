import { type aws_kms as kms, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Usage } from './managed-service';
import { type SecretReplica, ServiceSecret } from './service-secret';

interface OneOfSeveral {
  /** Lower case letters, digits and hyphens, at most 63; the same in every region. */
  readonly identifier: string;
}

/** This region takes the writes. */
export interface PrimaryMembership extends OneOfSeveral {
  readonly role: 'primary';
  /** Regions that copy this one, each with a key of its own for its copy of the password. */
  readonly secondaries: readonly SecretReplica[];
}

/** This region follows another and is deployed after it. */
export interface SecondaryMembership extends OneOfSeveral {
  readonly role: 'secondary';
  readonly primaryRegion: string;
}

/** The part a region plays in a database of several. */
export type GlobalMembership = PrimaryMembership | SecondaryMembership;

/** @throws {Error} on a name RDS refuses */
export function requireIdentifier(scope: Construct, { identifier }: GlobalMembership): void {
  if (!/^[a-z](-?[a-z0-9]){0,62}$/.test(identifier) || identifier.length > 63)
    throw new Error(`${scope.node.path}: identifier is "${identifier}"; it takes up to 63 lower case letters, digits and single hyphens`);
}

/** Not six characters after the last hyphen: Secrets Manager would take them for the ones it adds to names itself. */
export const secretName = ({ identifier }: OneOfSeveral): string => `${identifier}-password`;

export interface GlobalSecretProps {
  readonly username: string;
  readonly encryptionKey: kms.IKey;
  readonly disposable?: boolean;
  readonly usage?: Usage<'AWS::SecretsManager::Secret'>;
}

/** The password of a primary, with a copy in every secondary region. Copies are found by name. RDS itself manages none across regions. */
export const globalSecret = (scope: Construct, global: PrimaryMembership, props: GlobalSecretProps): ServiceSecret =>
  new ServiceSecret(scope, 'Secret', {
    ...props,
    secretName: secretName(global),
    description: `Master user of ${scope.node.path}`,
    replicas: global.secondaries,
  });

/** This region's copy of the primary's password. */
export function copiedSecret(scope: Construct, global: SecondaryMembership): { secretArn: string; secretResource: string } {
  const { secretArn } = secretsmanager.Secret.fromSecretNameV2(scope, 'Secret', secretName(global));
  // A secret known by name has six characters at the end that nobody knows beforehand.
  return { secretArn, secretResource: `${secretArn}-??????` };
}
