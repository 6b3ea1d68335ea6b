import { adviceOn, explained, factsOf } from '../../sandbox/failure';
import { SandboxError } from '../../sandbox/sandbox-error';
import { named } from './fake-cloudformation';

/** As the SDK throws what a service answers. */
const answered = (name: string, message: string): Error => Object.assign(named(name, message), { $metadata: { httpStatusCode: 400 } });

const message = (error: unknown, asked = {}): Promise<string> =>
  explained(() => Promise.reject(error), asked).then(
    () => 'nothing failed',
    (thrown: Error) => `${thrown.name}: ${thrown.message}`,
  );

test.each<[string, Error, RegExp]>([
  [
    'an expired token',
    answered('ExpiredToken', 'The security token included in the request is expired'),
    /have expired .* `aws sso login --profile work`/,
  ],
  ['an expired sign-on', named('CredentialsProviderError', 'The SSO session associated with this profile has expired.'), /have expired/],
  [
    'no credentials',
    named('CredentialsProviderError', 'Could not load credentials from any providers'),
    /^SandboxError: no AWS credentials/,
  ],
  [
    'a region that is off',
    answered('UnrecognizedClientException', 'The security token is invalid'),
    /that the account has eu-west-1 switched on/,
  ],
  [
    'a right that is missing',
    answered('AccessDenied', 'User: x is not authorized to perform: ec2:DescribeVpcs'),
    /may not do that \(User: x/,
  ],
  ['throttling', answered('Throttling', 'Rate exceeded'), /throttles .* wait a minute/],
  ['a quota of stacks', answered('LimitExceededException', 'Limit for stacks'), /quota of the account is used up \(Limit for stacks\)/],
  ['a quota of networks', answered('VpcLimitExceeded', 'The maximum number of VPCs has been reached.'), /is used up \(The maximum number/],
  ['no bootstrap', named('BootstrapError', 'not bootstrapped'), /run `npx cdk bootstrap aws:\/\/1\/eu-west-1 aws:\/\/1\/us-east-1`/],
  [
    'another run',
    answered('ValidationError', 'Stack:arn is in UPDATE_IN_PROGRESS state and can not be updated.'),
    /something else is at work/,
  ],
  [
    'a stack that is lost',
    answered('ValidationError', 'Stack:arn is in ROLLBACK_FAILED state and can not be updated.'),
    /`scaleprint sandbox down`/,
  ],
  ['a name that is taken', answered('AlreadyExistsException', 'Stack [x] already exists'), /give the sandbox another name with --owner/],
])('%s says what to do', async (_, error, says) => {
  const asked = { region: 'eu-west-1', profile: 'work', environments: ['aws://1/eu-west-1', 'aws://1/us-east-1'] };
  expect(await message(error, asked)).toMatch(says);
});

test('the network says whether an emulator was meant', async () => {
  // As Node tells of a host with several addresses.
  const refused = Object.assign(new Error(''), { code: 'ECONNREFUSED', errors: [new Error('connect ECONNREFUSED 127.0.0.1:1')] });
  const before = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = 'http://localhost:1';
  const emulator = await message(refused);
  delete process.env.AWS_ENDPOINT_URL;
  const aws = await message(refused);
  if (before !== undefined) process.env.AWS_ENDPOINT_URL = before;
  expect(emulator).toMatch(
    /cannot be reached \(connect ECONNREFUSED 127.0.0.1:1\); see that what AWS_ENDPOINT_URL names \(http:\/\/localhost:1\)/,
  );
  expect(aws).toMatch(/see to the network or its proxy/);
});

test('what has been said already is not said again', async () => {
  expect(await message(new SandboxError('said'))).toBe('SandboxError: said');
});

test('an answer that no rule knows is told as it is, a defect stays a defect', async () => {
  expect(await message(answered('NoSuchThing', 'there is none'))).toBe(
    'SandboxError: AWS refused: there is none (NoSuchThing); run the same command again, it goes on where this one stopped',
  );
  expect(await message(new TypeError('x is not a function'))).toBe('TypeError: x is not a function');
});

test('the innermost cause is what is told, with the codes of all', () => {
  const error = new Error('outer', { cause: named('BootstrapError', 'inner') });
  expect(factsOf(error)).toMatchObject({ codes: ['BootstrapError'], message: 'inner', fromAws: false });
});

test.each([
  [
    'Resource handler returned message: "Limit exceeded (HandlerErrorCode: ServiceLimitExceeded)"',
    'AWS::EC2::VPC',
    '"VPCs per Region" (VPC, L-F678F1CE)',
  ],
  [
    'The maximum number of addresses has been reached. (Service: Ec2, Status Code: 400)',
    'AWS::EC2::EIP',
    '"EC2-VPC Elastic IPs" (EC2, L-0263D0A3)',
  ],
  ['(HandlerErrorCode: ServiceLimitExceeded)', 'AWS::WAFv2::WebACL', 'the quota of WAFv2 it names'],
])('of a resource the quota is named: %s', (reason, type, quota) => {
  const advice = adviceOn(reason, { type, region: 'eu-west-1' });
  expect(advice?.then).toContain(quota);
  expect(advice?.then).toContain('servicequotas/home?region=eu-west-1');
});

test('what means nothing to us gets no advice', () => {
  expect(adviceOn('Properties validation failed for resource X')).toBeUndefined();
});
