import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { answersTo, type Question, questionsOf } from '../../sandbox/parameters';
import { scaleprintApp } from '../../stacks/synthesize';
import { account } from './fake-cloudformation';

const question = (name: string, more: Partial<Question> = {}): Question => ({
  ...{ name, stack: 'edge', region: 'us-east-1', description: `what ${name} is` },
  ...more,
});

const MAIL = question('AlarmEmail', { pattern: '[^@\\s]+@[^@\\s]+' });
const DOMAIN = question('DomainName');
const RANGES = question('ApiCidrs', { pattern: '\\d+/\\d+', isList: true });

test('everything that is missing is named at once, with what it is', async () => {
  await expect(answersTo([MAIL, DOMAIN, { ...MAIL, stack: 'expiry' }], {}, account)).rejects.toThrow(
    'the sandbox needs --parameter AlarmEmail=... (what AlarmEmail is) and --parameter DomainName=... (what DomainName is)',
  );
});

test('what is given answers every stack that asks', async () => {
  const given = { AlarmEmail: 'a@example.com', DomainName: 'example.com' };
  expect(await answersTo([MAIL, DOMAIN], given, account)).toEqual(given);
});

test.each([
  ['an unknown name', { AlarmMail: 'a@example.com' }, 'the sandbox has no parameter "AlarmMail"; did you mean "AlarmEmail"?'],
  ['a value of another shape', { AlarmEmail: 'nobody' }, '--parameter AlarmEmail is "nobody"; it takes: what AlarmEmail is'],
  ['a value that only begins right', { AlarmEmail: 'a@example.com or so' }, '--parameter AlarmEmail is "a@example.com or so"'],
  [
    'a list with one value of another shape',
    { ApiCidrs: '1/2,everybody' },
    '--parameter ApiCidrs is "1/2,everybody"; it takes: what ApiCidrs is',
  ],
  ['a list without a value', { ApiCidrs: '' }, '--parameter ApiCidrs is ""'],
])('%s is refused', async (_, given, says) => {
  await expect(answersTo([MAIL, DOMAIN, RANGES], given as Record<string, string>, account)).rejects.toThrow(says);
});

test('of a list each value is looked at', async () => {
  const given = { ApiCidrs: '1/2, 3/4' };
  expect(await answersTo([RANGES], given, account)).toEqual(given);
});

test('a user administers as who asks; nobody is looked up', async () => {
  const asked = question('AdministratorArn', { stack: 'compute', pattern: 'arn:aws:iam::\\d{12}:(role|user)/.+' });
  expect(await answersTo([asked, { ...asked, stack: 'other' }], {}, account)).toEqual({
    'compute:AdministratorArn': account.principalArn,
    'other:AdministratorArn': account.principalArn,
  });
});

test('the account itself administers no cluster', async () => {
  const asked = question('AdministratorArn', { pattern: 'arn:aws:iam::\\d{12}:(role|user)/.+' });
  const root = { ...account, principalArn: 'arn:aws:iam::123456789012:root' };
  await expect(answersTo([asked], {}, root)).rejects.toThrow('give it with --parameter AdministratorArn=...');
});

test('stacks ask for what they have no answer to, with region, shape and description', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scaleprint-'));
  const app = scaleprintApp(join(folder, 'cdk.out'));
  const stack = new Stack(app, 'shop-edge', { env: { region: 'eu-west-1' } });
  new CfnParameter(stack, 'DomainName', { description: 'Domain', allowedPattern: '[a-z]+' });
  new CfnParameter(stack, 'Names', { type: 'CommaDelimitedList' });
  new CfnParameter(stack, 'Image', { default: 'latest' });
  new Stack(app, 'shop-silent', { env: { region: 'eu-west-1' } });
  app.synth();
  const questions = questionsOf(join(folder, 'cdk.out'));
  rmSync(folder, { recursive: true });
  expect(questions).toEqual([
    { name: 'DomainName', stack: 'shop-edge', region: 'eu-west-1', description: 'Domain', pattern: '[a-z]+' },
    { name: 'Names', stack: 'shop-edge', region: 'eu-west-1', description: '', isList: true },
  ]);
});
