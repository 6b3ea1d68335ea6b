import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pulumiEngine } from '../../../sandbox/engines/pulumi';
import { clientsOf } from '../clients';
import { commandLine, documentOf } from '../command-line';
import { DOMAIN, HOME, parametersOf } from '../surroundings';
import { inventory } from '../inventory';
import { writeSandbox } from './assemblies';
import type { PulumiSurroundings } from '.';

const HOUR = 3_600_000;
const NAME = 'marketplace-launch-commander';

/** From nothing to a running sandbox and back, each by one command. */
export async function commandChecks(surroundings: PulumiSurroundings): Promise<void> {
  const { checks, emulator } = surroundings;
  const before = await inventory(clientsOf(emulator.endpoint, HOME));
  const given = ['--parameter', `DomainName=${DOMAIN}`, '--parameter', 'AlarmEmail=alarms@example.com'];
  const up = ['sandbox', 'up', 'marketplace', '--stage', 'launch', '--owner', 'commander', '--engine', 'pulumi', '--yes', ...given];
  const refused = await commandLine(...up);
  checks.check(
    refused.code === 2 && refused.stderr.includes('--no-expiry'),
    `without --no-expiry it ends with ${refused.code}: ${refused.stderr}`,
  );
  const { outputs } = await documentOf<{ outputs: Record<string, object> }>(...up, '--no-expiry');
  checks.check(Object.keys(outputs).length > 0, 'up by command says nothing of outputs');
  const alive = await documentOf<{ name: string; usdPerHour: number | null }[]>('sandbox', 'list', '--engine', 'pulumi');
  checks.check(
    alive.some(({ name, usdPerHour }) => name === NAME && usdPerHour! > 0),
    `list by command says ${JSON.stringify(alive)}`,
  );
  const all = await documentOf<{ name: string; engine: string }[]>('sandbox', 'list');
  checks.check(
    all.length === 1 && all[0]!.name === NAME && all[0]!.engine === 'pulumi',
    `list without its state says ${JSON.stringify(all)}`,
  );
  const byOther = { up: [...up.filter((word) => !['--engine', 'pulumi'].includes(word))], down: ['sandbox', 'down', NAME, '--yes'] };
  for (const [verb, words] of Object.entries(byOther)) {
    const { code, stderr } = await commandLine(...words);
    checks.check(
      code === 1 && stderr.includes(`sandbox down ${NAME} --engine pulumi`),
      `${verb} by the other engine ends with ${code}: ${stderr}`,
    );
  }
  const elsewhere = await withoutState(surroundings, () => commandLine('sandbox', 'down', NAME, '--engine', 'pulumi', '--yes'));
  checks.check(
    elsewhere.code === 1 && elsewhere.stderr.includes('set PULUMI_BACKEND_URL'),
    `down without its state ends with ${elsewhere.code}: ${elsewhere.stderr}`,
  );
  const swept = await documentOf<{ deleted: string[] }>('sandbox', 'sweep', '--engine', 'pulumi', '--yes');
  checks.check(swept.deleted.length === 0, `sweep before its end deletes ${swept.deleted.join(', ')}`);
  const down = await commandLine('sandbox', 'down', NAME, '--engine', 'pulumi');
  checks.check(down.code === 0, `down by command ends with ${down.code}: ${down.stderr}`);
  await sweeps(surroundings);
  const left = (await inventory(clientsOf(emulator.endpoint, HOME))).filter((item) => !before.includes(item));
  checks.check(left.length === 0, `up and down by command leave ${left.join(', ')}`);
}

/** The command line does not make one that is past its end, so it is brought up by the engine. */
async function sweeps({ checks, account, folder, zone }: PulumiSurroundings): Promise<void> {
  const { name, assembly } = writeSandbox('marketplace', 'launch', 'sweeper', folder, new Date(Date.now() - HOUR));
  await pulumiEngine.up(assembly, parametersOf(DOMAIN, zone), account, () => {});
  const notOwn = await commandLine('sandbox', 'down', name, '--engine', 'pulumi');
  checks.check(
    notOwn.code === 1 && notOwn.stderr.includes('belongs to sweeper'),
    `down of another's ends with ${notOwn.code}: ${notOwn.stderr}`,
  );
  const other = await commandLine('sandbox', 'sweep', '--yes', '--json');
  const { deleted, left } = JSON.parse(other.stdout) as { deleted: string[]; left: string[] };
  checks.check(
    other.code === 1 && deleted.length === 0 && left.join() === name,
    `sweep by the other engine ends with ${other.code}: ${other.stdout}${other.stderr}`,
  );
  const swept = await documentOf<{ deleted: string[] }>('sandbox', 'sweep', '--engine', 'pulumi', '--yes');
  checks.check(swept.deleted.join() === name, `sweep deletes ${swept.deleted.join(', ') || 'nothing'}`);
}

/** As on a machine that did not bring it up. */
async function withoutState<T>({ folder, backend }: PulumiSurroundings, work: () => Promise<T>): Promise<T> {
  const other = join(folder, 'other-backend');
  mkdirSync(other);
  process.env.PULUMI_BACKEND_URL = `file://${other}`;
  try {
    return await work();
  } finally {
    process.env.PULUMI_BACKEND_URL = `file://${backend}`;
  }
}
