import { quotaOf } from './quota-of';
import { SandboxError } from './sandbox-error';

/** What was asked of AWS, as far as it helps to say. */
export interface Asked {
  region?: string;
  profile?: string;
  /** Regions of the sandbox, where each has to be prepared. */
  environments?: readonly string[];
  /** Type of the resource that failed. */
  type?: string;
}

interface Rule {
  /** Codes of AWS, of its resource handlers, of its SDK, of the network; or words where it gives no code. */
  is: RegExp;
  what: string;
  then: (asked: Asked) => string;
}

const AGAIN = 'run the same command again, it goes on where this one stopped';
const END = 'end the sandbox with `scaleprint sandbox down`, then start it anew';
const login = ({ profile }: Asked) => `\`aws sso login${profile ? ` --profile ${profile}` : ''}\``;

/**
 * What AWS says, what it means, and the way on; the first that fits counts. Codes of handlers are those of
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html, codes that all APIs have those of
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html (both 2026-11-22). Those of EC2, IAM, S3, STS and of the SDK
 * are remembered.
 */
const RULES: readonly Rule[] = [
  {
    is: /\b(ExpiredToken(Exception)?|InvalidGrantException)\b|\b(token|session|credentials)\b[^;]* (has|have|is) expired/i,
    what: 'the AWS credentials have expired',
    then: (asked) => `renew them, for example by ${login(asked)}, and ${AGAIN}`,
  },
  {
    is: /\b(CredentialsProviderError|TokenProviderError|NoCredentials|BaseCredentialsMissing|CredentialsError)\b/,
    what: 'no AWS credentials',
    then: (asked) => `sign in with ${login(asked)} or \`aws configure\`, or name a profile that has some with --profile`,
  },
  {
    is: /\b(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|AuthFailure|InvalidCredentials|OptInRequired|RequestExpired)\b/,
    what: 'AWS does not take these credentials',
    then: ({ region }) => `check the profile and the clock, and that the account has ${region ?? 'the region'} switched on`,
  },
  {
    is: /\b(BootstrapError|SsmParameterNotFound|OutdatedBootstrapStack|BootstrapStackRequired)\b|Has the environment been bootstrapped/,
    what: 'the account is not prepared for deployments of the CDK',
    then: ({ environments = [] }) => `run \`npx cdk bootstrap ${environments.join(' ')}\` once, then the same command again`,
  },
  {
    is: /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|TimeoutError|NetworkingError|NetworkFailure)\b/,
    what: 'AWS cannot be reached',
    then: () => {
      const endpoint = process.env.AWS_ENDPOINT_URL;
      return `${endpoint ? `see that what AWS_ENDPOINT_URL names (${endpoint}) is running` : 'see to the network or its proxy'}, then ${AGAIN}`;
    },
  },
  {
    is: /\b(Throttling(Exception)?|ThrottledException|RequestLimitExceeded|TooManyRequests(Exception)?|RequestThrottled(Exception)?|SlowDown)\b|Rate exceeded/,
    what: 'AWS throttles the account, and still did after several tries',
    then: () => `wait a minute, then ${AGAIN}`,
  },
  {
    is: /\b(ServiceLimitExceeded|ServiceQuotaExceeded(Exception)?|LimitExceeded(Exception|Fault)?|\w+(Limit|Quota)Exceeded(Exception|Fault)?|VcpuLimitExceeded)\b|maximum number of [\w -]+ has been reached/i,
    what: 'a quota of the account is used up',
    then: ({ type, region }) =>
      `raise ${quotaOf(type)} at https://console.aws.amazon.com/servicequotas/home${region ? `?region=${region}` : ''} or end what uses it up, then ${AGAIN}`,
  },
  {
    is: /\bis in (ROLLBACK_FAILED|UPDATE_ROLLBACK_FAILED|DELETE_FAILED) state\b|previously failed creation/,
    what: 'a stack cannot be updated any more',
    then: () => END,
  },
  {
    is: /\bis in \w+_IN_PROGRESS state\b|\b(OperationInProgressException|ResourceConflict)\b/,
    what: 'something else is at work on it',
    then: () => `wait until it is done, then ${AGAIN}`,
  },
  {
    is: /\b(\w*AlreadyExists(Exception|Fault)?|BucketAlreadyOwnedByYou|ResourceConflictException)\b|already exists/i,
    what: 'a name is taken',
    then: ({ type }) =>
      `delete what has it if it is left over, or give the sandbox another ${type === 'AWS::Route53::RecordSet' ? 'DomainName' : 'name with --owner'}`,
  },
  {
    is: /\b(AccessDenied(Exception)?|UnauthorizedOperation|not authorized to perform)\b/,
    what: 'these credentials may not do that',
    then: () => `ask whoever administers the account for the permission, then ${AGAIN}`,
  },
];

/** The rule that a text of AWS falls under: what it means, and the way on. */
export function adviceOn(text: string, asked: Asked = {}): { what: string; then: string } | undefined {
  const rule = RULES.find(({ is }) => is.test(text));
  return rule && { what: rule.what, then: rule.then(asked) };
}

/**
 * Does what talks to AWS, and says what its failures mean.
 * @throws {SandboxError} what AWS or the network said, and what to do; anything else is a defect and passes as it is
 */
export async function explained<T>(talk: () => Promise<T>, asked: Asked = {}): Promise<T> {
  try {
    return await talk();
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    const facts = factsOf(error);
    const advice = adviceOn(`${facts.codes.join(' ')} ${facts.message}`, asked);
    if (advice) throw new SandboxError(`${advice.what} (${facts.message}); ${advice.then}`, { cause: error });
    if (facts.fromAws) throw new SandboxError(`AWS refused: ${facts.message} (${facts.codes.join(', ')}); ${AGAIN}`, { cause: error });
    throw error;
  }
}

interface Facts {
  /** Names and codes of the error and of what caused it. */
  codes: string[];
  /** Of the innermost that says something. */
  message: string;
  fromAws: boolean;
}

/** What an error and those that caused it tell. */
export function factsOf(error: unknown): Facts {
  const { name, code, message, cause, errors, $metadata } = (error ?? {}) as Error & {
    code?: string;
    errors?: unknown[];
    $metadata?: object;
  };
  const inner = [cause, ...(errors ?? [])].filter(Boolean).map(factsOf);
  return {
    codes: [...new Set([name, code, ...inner.flatMap(({ codes }) => codes)].filter((word) => word && word !== 'Error') as string[])],
    message: inner.map((facts) => facts.message).find(Boolean) ?? message ?? String(error),
    fromAws: $metadata !== undefined || inner.some(({ fromAws }) => fromAws),
  };
}
