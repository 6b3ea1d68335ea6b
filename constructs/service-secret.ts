import { aws_iam as iam, aws_kms as kms, type CfnResource, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { grantKey } from './key-access';
import { recordGiven, removalPolicy, type Usage } from './managed-service';

/** A region that holds a copy of a secret. */
export interface SecretReplica {
  readonly region: string;
  /** ARN of a key in that region. */
  readonly keyArn: string;
}

export interface ServiceSecretProps {
  readonly encryptionKey: kms.IKey;
  readonly description: string;
  /** User the password belongs to. The secret is the JSON of `username` and `password`. */
  readonly username: string;
  /**
   * Name, for secrets that other regions look up.
   *
   * @default CloudFormation chooses one
   */
  readonly secretName?: string;
  /** @default no copies in other regions */
  readonly replicas?: readonly SecretReplica[];
  /** @default false: the secret outlives the stack */
  readonly disposable?: boolean;
  /** @default none: an estimate lists the secret as lacking usage */
  readonly usage?: Usage<'AWS::SecretsManager::Secret'>;
}

/** Letters and digits only: every service here takes them, and no client has to escape them. */
const PASSWORD_LENGTH = 48;

/** A generated password for a service that has no credentials of its own. The template holds a reference to it, never the value. */
export class ServiceSecret extends secretsmanager.Secret {
  /** Resolved by CloudFormation while it deploys. */
  readonly password: string;

  constructor(scope: Construct, id: string, props: ServiceSecretProps) {
    super(scope, id, {
      secretName: props.secretName,
      description: props.description,
      encryptionKey: props.encryptionKey,
      removalPolicy: removalPolicy(props.disposable),
      replicaRegions: props.replicas?.map(({ region, keyArn }) => ({
        region,
        encryptionKey: kms.Key.fromKeyArn(scope, `${id}-${region}-key`, keyArn),
      })),
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: props.username }),
        generateStringKey: 'password',
        excludePunctuation: true,
        passwordLength: PASSWORD_LENGTH,
      },
    });
    this.password = this.secretValueFromJson('password').unsafeUnwrap();
    recordGiven(this.node.defaultChild as CfnResource, 'AWS::SecretsManager::Secret', props.usage);
  }
}

/** Lets a role read secrets, and use their key through Secrets Manager alone. */
export function grantSecrets(grantee: iam.IGrantable, secretArns: readonly string[], key: kms.IKey): void {
  iam.Grant.addToPrincipal({ grantee, actions: ['secretsmanager:GetSecretValue'], resourceArns: [...secretArns] });
  grantKey(grantee, key, 'secretsmanager', ['kms:Decrypt']);
}
