import { StandIns } from '../sandbox/apps/stand-ins';
import { scaleprint } from './command-line';

/** Nobody answers there, and there are no credentials to ask with. */
const NOBODY = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: '/dev/null' };

let programs: StandIns;
beforeEach(() => {
  programs = new StandIns();
  for (const name of ['node', 'python3']) programs.add(name);
});
afterEach(() => programs.remove());

test('a program that is there is found, of another it says how to get it', () => {
  programs.add('kubectl');
  const { code, stdout } = scaleprint(['doctor'], NOBODY);
  expect(stdout).toMatch(/^found {3}kubectl, for applying manifests$/m);
  expect(stdout).toMatch(/^missing pulumi, for sandbox up --engine pulumi: curl -fsSL https:\/\/get\.pulumi\.com \| sh$/m);
  expect(stdout).toMatch(/^missing AWS credentials, for deploying: aws configure sso$/m);
  expect(code).toBe(0);
  programs.add('pulumi');
  expect(scaleprint(['doctor'], NOBODY).stdout).toMatch(/^found {3}pulumi, /m);
});

test('without what everything needs it ends with 1', () => {
  programs.add('python3', 'exit 1');
  const { code, stdout } = scaleprint(['doctor', '--json'], NOBODY);
  const { tools } = JSON.parse(stdout) as { tools: { name: string; needed: boolean; found: boolean; install: string }[] };
  expect(tools.filter(({ needed, found }) => needed && !found).map(({ name }) => name)).toEqual(['Python 3 with venv']);
  for (const { install } of tools) expect(install).not.toBe('');
  expect(code).toBe(1);
});
