import { scaleprint } from './command-line';

/** Nobody answers there, so whatever reaches for AWS fails. */
const NOWHERE = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nobody',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const sandbox = (...args: string[]) => scaleprint(['sandbox', ...args], NOWHERE);
const up = (...args: string[]) => ['up', 'marketplace', '--stage', 'launch', '--yes', ...args];

test.each([
  ['no stage', ['up', 'marketplace'], 'which stage? give a system and --stage'],
  ['unknown stage', ['up', 'marketplace', '--stage', 'lanch'], 'unknown stage "lanch" of marketplace; did you mean "launch"?'],
  ['nobody to ask', ['up', 'marketplace', '--stage', 'launch'], 'nobody is at this terminal to be asked about the price; give --yes'],
  ['a time without a unit', up('--ttl', '4'), '--ttl is "4"; it takes minutes, hours or days'],
  ['a budget that is none', up('--budget', '-1'), '--budget is "-1"; it takes USD above 0'],
  ['a parameter without a value', up('--parameter', 'DomainName'), '--parameter takes key=value, such as DomainName=shop.example.com'],
  ['an unknown engine', up('--engine', 'pulmi'), 'unknown engine "pulmi"; did you mean "pulumi"?'],
  ['Pulumi with an expiry', up('--engine', 'pulumi'), 'agree to end it yourself with --no-expiry'],
  ['CloudFormation without one', up('--no-expiry'), '--no-expiry goes with --engine pulumi only'],
  ['an unknown region', up('--region', 'us-east-9'), 'unknown region "us-east-9"'],
  ['an unknown verb', ['upp'], "unknown command 'upp' (Did you mean up?)"],
])('%s is a mistake', (_, args, message) => {
  const { code, stdout, stderr } = sandbox(...args);
  expect(stderr).toMatch(/^scaleprint: [^\n]*\n$/);
  expect(stderr).toContain(message);
  expect([code, stdout]).toEqual([2, '']);
});

test('a profile goes before keys of the environment without a word', () => {
  const { code, stderr } = sandbox('list', '--profile', 'nobody-has-that');
  expect(stderr).toMatch(/^scaleprint: no AWS credentials [^\n]*--profile nobody-has-that[^\n]*\n$/);
  expect(code).toBe(1);
});

test.each([[up()], [['list']], [['down', 'shop']], [['sweep', '--yes']]])('without AWS `sandbox %j` fails, and is no mistake', (args) => {
  const { code, stdout, stderr } = sandbox(...args);
  expect(stderr).toMatch(/^scaleprint: AWS cannot be reached \([^\n]*127\.0\.0\.1:9\); [^\n]*AWS_ENDPOINT_URL[^\n]*\n$/);
  expect([code, stdout]).toEqual([1, '']);
});
