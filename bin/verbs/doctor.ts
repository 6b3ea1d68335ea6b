import { spawnSync } from 'node:child_process';
import { print, printJson } from '../print';
import type { Verb } from '../run-verb';

/** Programs a task needs besides what `npm install` brings. */
const TOOLS: { name: string; for: string; probe: string[]; install: string; needed: boolean }[] = [
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
  { name: 'AWS credentials', for: 'deploying', probe: ['aws', 'sts', 'get-caller-identity'], install: 'aws configure sso', needed: false },
  {
    name: 'kubectl',
    for: 'applying manifests',
    probe: ['kubectl', 'version', '--client'],
    install: 'https://kubernetes.io/docs/tasks/tools',
    needed: false,
  },
  {
    name: 'helmfile',
    for: 'installing the controllers of a cluster',
    probe: ['helmfile', '--version'],
    install: 'https://helmfile.readthedocs.io/en/latest/#installation',
    needed: false,
  },
];

/** What is missing on this machine. Exit code 1 when something needed is. */
export const doctor: Verb = (_, { json }) => {
  const tools = TOOLS.map(({ probe: [command, ...args], ...tool }) => ({
    ...tool,
    found: spawnSync(command!, args, { stdio: 'ignore', timeout: 10_000 }).status === 0,
  }));
  if (json) printJson({ tools });
  else for (const t of tools) print(`${t.found ? 'found  ' : 'missing'} ${t.name}, for ${t.for}${t.found ? '' : `: ${t.install}`}`);
  return tools.some((t) => t.needed && !t.found) ? 1 : 0;
};
