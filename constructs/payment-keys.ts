import { type aws_iam as iam, aws_iam, aws_paymentcryptography as payments } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { ManagedService, type Metrics, recordGiven, removalPolicy, type Usage } from './managed-service';

export type PaymentKeyUse = 'card numbers' | 'security codes' | 'PIN verification' | 'PIN blocks';

export interface PaymentKey {
  /** Letters and digits, and dashes between. */
  readonly name: string;
  readonly use: PaymentKeyUse;
}

export interface PaymentKeysProps {
  /** At least one, each name once. */
  readonly keys: readonly PaymentKey[];
  /** Whether the keys may go with the stack: they are disabled at once and gone after a week. @default false */
  readonly disposable?: boolean;
  /** Of each key. @default none */
  readonly usage?: Usage<'AWS::PaymentCryptography::Key'>;
}

interface Use {
  /** As TR-31 names it. */
  readonly keyUsage: string;
  readonly keyAlgorithm: string;
  readonly keyModesOfUse: payments.CfnKey.KeyModesOfUseProperty;
  /** What decrypts or verifies, and what encrypts or generates. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

const BOTH_WAYS = { encrypt: true, decrypt: true, wrap: true, unwrap: true };
const CHECKS = { generate: true, verify: true };

/** AWS docs, Payment Cryptography, understanding key attributes (latest/userguide/keys-validattributes.html); remembered (2026-11-22). */
const USES: Readonly<Record<PaymentKeyUse, Use>> = {
  'card numbers': {
    keyUsage: 'TR31_D0_SYMMETRIC_DATA_ENCRYPTION_KEY',
    keyAlgorithm: 'AES_256',
    keyModesOfUse: BOTH_WAYS,
    reads: ['DecryptData'],
    writes: ['EncryptData'],
  },
  'security codes': {
    keyUsage: 'TR31_C0_CARD_VERIFICATION_KEY',
    keyAlgorithm: 'TDES_2KEY',
    keyModesOfUse: CHECKS,
    reads: ['VerifyCardValidationData'],
    writes: ['GenerateCardValidationData'],
  },
  'PIN verification': {
    keyUsage: 'TR31_V2_VISA_PIN_VERIFICATION_KEY',
    keyAlgorithm: 'TDES_2KEY',
    keyModesOfUse: CHECKS,
    reads: ['VerifyPinData'],
    writes: ['GeneratePinData'],
  },
  'PIN blocks': {
    keyUsage: 'TR31_P0_PIN_ENCRYPTION_KEY',
    keyAlgorithm: 'TDES_3KEY',
    keyModesOfUse: BOTH_WAYS,
    reads: ['VerifyPinData'],
    writes: ['GeneratePinData', 'TranslatePinData'],
  },
};

/**
 * Keys of card data in hardware that AWS runs for payments, in several zones: AWS Payment Cryptography. No key leaves it, and none does anything
 * but what it is for. There is no network to open and no cluster to initialize.
 */
export class PaymentKeys extends ManagedService {
  /** ARNs in the order of the keys. */
  readonly endpoints: Readonly<Record<'KEY_ARNS', string>>;
  private readonly arns: readonly { use: Use; arn: string }[];

  /** @throws {Error} without a key */
  constructor(scope: Construct, id: string, { keys, disposable, usage }: PaymentKeysProps) {
    super(scope, id);
    if (keys.length === 0) throw new Error(`${this.node.path}: keys is empty; it takes at least one`);
    this.arns = keys.map(({ name, use }) => {
      const { keyUsage, keyAlgorithm, keyModesOfUse } = USES[use];
      const key = new payments.CfnKey(this, name, {
        exportable: false,
        enabled: true,
        keyAttributes: { keyClass: 'SYMMETRIC_KEY', keyUsage, keyAlgorithm, keyModesOfUse },
      });
      key.applyRemovalPolicy(removalPolicy(disposable));
      recordGiven(key, 'AWS::PaymentCryptography::Key', usage);
      return { use: USES[use], arn: key.attrKeyIdentifier };
    });
    this.endpoints = { KEY_ARNS: this.arns.map(({ arn }) => arn).join(',') };
  }

  grant(grantee: iam.IGrantable, access: Access): void {
    const verb = access === 'reads' || access === 'consumes' ? 'reads' : 'writes';
    for (const { use, arn } of this.arns)
      aws_iam.Grant.addToPrincipal({ grantee, actions: use[verb].map((action) => `payment-cryptography:${action}`), resourceArns: [arn] });
  }

  /** It publishes none of its own; callers count what fails. */
  protected metrics(): Metrics {
    return {};
  }
}
