import { HOME_REGION } from '../../plan/regions';
import { resolveAccount } from '../../sandbox/account';
import { CLUSTER_TOOLS, isThere, type Tool } from '../../sandbox/apps/tools';
import { PULUMI } from '../../sandbox/engines/pulumi/tool';
import { print, printJson } from '../print';
import type { Verb } from '../run-verb';

/** Programs a task needs besides what `npm install` brings. */
const TOOLS: readonly (Tool & { needed: boolean })[] = [
  {
    name: 'Node.js 20 or later',
    for: 'everything',
    probe: ['node', '-e', 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)'],
    install: 'https://nodejs.org/en/download',
    needed: true,
  },
  {
    name: 'Python 3 with venv',
    for: 'npm test (cfn-lint, strict schemas) and npm run test:deploy',
    probe: ['python3', '-c', 'import venv, ensurepip'],
    install: 'apt-get install python3-venv',
    needed: true,
  },
  {
    name: 'AWS CLI',
    for: 'signing in, and logging in to the machine of a sandbox',
    probe: ['aws', '--version'],
    install: 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
    needed: false,
  },
  {
    name: 'Go 1.21 or later',
    for: 'npm run test:deploy (it builds a Kubernetes control plane and the Pulumi engine, once)',
    probe: [
      'node',
      '-e',
      'process.exit(/go1\\.(\\d+)/.exec(require("node:child_process").execFileSync("go", ["version"]))[1] < 21 ? 1 : 0)',
    ],
    install: 'https://go.dev/doc/install',
    needed: false,
  },
  ...[...CLUSTER_TOOLS, PULUMI].map((tool) => ({ ...tool, needed: false })),
];

/** What is missing on this machine. Exit code 1 when something needed is. */
export const doctor: Verb = async (_, { json }) => {
  const programs = TOOLS.map(({ probe, ...tool }) => ({ ...tool, found: isThere({ probe }) }));
  const credentials = { name: 'AWS credentials', for: 'deploying', install: 'aws configure sso', needed: false };
  const tools = [...programs, { ...credentials, found: await hasCredentials() }];
  if (json) printJson({ tools });
  else for (const t of tools) print(`${t.found ? 'found  ' : 'missing'} ${t.name}, for ${t.for}${t.found ? '' : `: ${t.install}`}`);
  return tools.some((t) => t.needed && !t.found) ? 1 : 0;
};

/** As `sandbox` finds them, which needs no AWS CLI. */
const hasCredentials = (): Promise<boolean> =>
  resolveAccount(HOME_REGION).then(
    () => true,
    () => false,
  );
