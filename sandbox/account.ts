import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentityProvider, Logger } from '@smithy/types';
import { InputError, nearest } from '../plan/input-error';
import { REGIONS } from '../plan/regions';
import { explained } from './failure';
import { SandboxError } from './sandbox-error';

/** Where a sandbox goes, and as whom. */
export interface Account {
  /** Twelve digits. */
  id: string;
  /** Home region. */
  region: string;
  /** IAM user or role that asks; of an assumed role the role itself, without the path that AWS leaves out. */
  principalArn: string;
  /** Name of the IAM user or of the role's session. */
  caller: string;
  credentials: AwsCredentialIdentityProvider;
  /** Profile of the AWS configuration. @default the environment's */
  profile?: string;
}

/**
 * The account that credentials lead to, found as the AWS command line finds them: environment, profile, single sign-on, machine.
 * @param region home region of the sandbox
 * @throws {InputError} on a region that stages cannot be put into
 * @throws {SandboxError} when there are no credentials, or AWS does not take them
 */
export async function resolveAccount(region: string, profile?: string): Promise<Account> {
  if (!(REGIONS as readonly string[]).includes(region)) throw new InputError(`unknown region "${region}"; ${nearest(region, REGIONS)}`);
  const sts = new STSClient({ region, profile, logger: profile ? KNOWING : undefined });
  try {
    const { Account: id, Arn: arn } = await explained(() => sts.send(new GetCallerIdentityCommand({})), { region, profile });
    if (!id || !arn) throw new SandboxError('AWS did not say whose credentials these are; try `aws sts get-caller-identity`');
    return { id, region, ...whoIs(arn), credentials: sts.config.credentials, profile };
  } finally {
    sts.destroy();
  }
}

/** The SDK warns that a profile goes before keys of the environment, which whoever names the profile means. */
const KNOWING: Logger = {
  ...{ debug() {}, info() {}, error() {} },
  warn: (text: string) => text.includes('Multiple credential sources detected') || console.warn(text),
};

/** `arn:aws:sts::123456789012:assumed-role/Developer/alice` is alice with the role Developer. */
export function whoIs(arn: string): Pick<Account, 'principalArn' | 'caller'> {
  const [, partition, , , id, resource = ''] = /^arn:([^:]+):(iam|sts):([^:]*):(\d{12}):(.+)$/.exec(arn) ?? [];
  const [kind, ...names] = resource.split('/');
  const caller = names.at(-1) ?? kind ?? '';
  return kind === 'assumed-role' ? { principalArn: `arn:${partition}:iam::${id}:role/${names[0]}`, caller } : { principalArn: arn, caller };
}
