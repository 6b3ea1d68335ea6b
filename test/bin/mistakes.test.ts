import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scaleprint } from './command-line';

const folder = mkdtempSync(join(tmpdir(), 'scaleprint-mistakes-'));
const inFolder = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const launch = ['--stage', 'launch'];
const setting = (pair: string) => ['plan', 'marketplace', ...launch, '--set', pair];

test.each([
  ['unknown system', ['plan', 'marketplce', ...launch], 'unknown system "marketplce"; did you mean "marketplace"?'],
  ['unknown stage', ['plan', 'marketplace', '--stage', 'lanch'], 'unknown stage "lanch" of marketplace; did you mean "launch"?'],
  ['unknown verb', ['plam', 'marketplace'], "unknown command 'plam' (Did you mean plan?)"],
  ['unknown option', ['plan', 'marketplace', '--stge', 'launch'], "unknown option '--stge' (Did you mean --stage?)"],
  ['unknown region', ['plan', 'marketplace', ...launch, '--region', 'us-east-9'], 'unknown region "us-east-9"; did you mean "us-east-1"?'],
  [
    'unknown figure',
    setting('monthlyActiveUser=5'),
    'unknown figure "monthlyActiveUser" of marketplace; did you mean "monthlyActiveUsers"?',
  ],
  ['figure every object has', setting('toString=5'), 'unknown figure "toString" of marketplace'],
  ['negative figure', setting('products=-5'), 'figure "products" is -5; it takes a number of 0 or more (items)'],
  ['figure that is no number', setting('products=many'), '--set products takes a number, such as 4e6; got "many"'],
  ['figure that is empty', setting('products='), '--set products takes a number, such as 4e6; got ""'],
  ['figure without a value', setting('products'), '--set takes key=value, such as availability=0.999; got "products"'],
  ['figure of two lines', setting('prod\nucts=5'), 'unknown figure "prod ucts" of marketplace; did you mean "products"?'],
  ['absurd figure', setting('products=1e30'), 'figure "products" is 1e+30; it takes at most 1e18 (items)'],
  ['ratio above one', setting('availability=99.9'), 'figure "availability" is 99.9; a ratio takes 0 to 1'],
  ['more traffic than cells carry', setting('requestsPeak=1e15'), 'the workload of marketplace in us-east-1 needs more than 64 cells'],
  ['figures against each other', setting('requestsPeak=0.01'), 'the figures contradict each other: clients routes'],
  ['no system', ['plan'], 'which system? one of ad-serving, '],
  ['no stage', ['plan', 'marketplace'], 'which stage of marketplace? --stage launch, or --all (one of launch, '],
  ['one stage and all', ['plan', 'marketplace', ...launch, '--all'], '--stage and --all exclude each other; give one'],
  ['a stage no system has', ['compare', '--stage', 'lunch'], 'no system has the stage "lunch"; did you mean "launch"?'],
  ['a system and a template', ['cost', 'marketplace', '--template', 'cdk.out'], 'marketplace and --template exclude each other'],
  ['usage of a stage', ['cost', 'marketplace', ...launch, '--usage', 'usage.yaml'], '--usage goes with --template'],
  ['nothing to price', ['cost'], 'cost of what? name a system with --stage, or --template PATH'],
])('%s', (_, args, message) => {
  const { code, stdout, stderr } = scaleprint(args);
  expect(stderr).toMatch(/^scaleprint: [^\n]*\n$/);
  expect(stderr).toContain(message);
  expect([code, stdout]).toEqual([2, '']);
});

test.each([
  ['one stage', ['marketplace', ...launch]],
  ['stages in several threads', ['payment-processing', '--all']],
])('%s: a file where the folder has to go stays as it was, and nothing is written beside it', (_, args) => {
  writeFileSync(inFolder('taken'), 'mine');
  const { code, stdout, stderr } = scaleprint(['synth', ...args, '--out', inFolder('taken')]);
  expect(stderr).toMatch(/^scaleprint: cannot write to "[^\n]*; name a folder you may write to\n$/);
  expect([code, stdout]).toEqual([2, '']);
  expect(readdirSync(folder)).toEqual(['taken']);
});

test('usage that is neither YAML nor JSON is named with its line', () => {
  const [template, usage] = [inFolder('empty.template.json'), inFolder('usage.json')];
  writeFileSync(template, '{"Resources":{}}');
  writeFileSync(usage, '{bad');
  const { code, stdout, stderr } = scaleprint(['cost', '--template', template, '--usage', usage]);
  expect(stderr).toMatch(/^scaleprint: --usage: "[^\n]*usage\.json" is neither YAML nor JSON: [^\n]* at line 1, column \d+\n$/);
  expect([code, stdout]).toEqual([2, '']);
});

test('a corrupt price book is named by file and line', () => {
  mkdirSync(inFolder('prices/services'), { recursive: true });
  for (const service of ['SQS', 'CloudWatch']) writeFileSync(inFolder(`prices/services/${service}.csv`), 'these,are\nno,prices\n');
  const template = inFolder('queue.template.json');
  writeFileSync(
    template,
    JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue', Metadata: { 'scaleprint:usage': { requests: 1e6 } } } } }),
  );
  const { code, stdout, stderr } = scaleprint(['cost', '--template', template, '--region', 'us-east-1'], {
    SCALEPRINT_PRICES: inFolder('prices'),
  });
  expect(stderr).toMatch(/^scaleprint: [^\n]*SQS\.csv[^\n]*\n$/);
  expect([code, stdout]).toEqual([2, '']);
});
