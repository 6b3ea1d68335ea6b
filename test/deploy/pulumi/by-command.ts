import { clientsOf } from '../clients';
import { commandLine, documentOf } from '../command-line';
import { DOMAIN, HOME } from '../surroundings';
import { inventory } from '../inventory';
import type { PulumiSurroundings } from '.';

const NAME = 'marketplace-launch-commander';

/** From nothing to a running sandbox and back, each by one command. */
export async function commandChecks({ checks, emulator }: PulumiSurroundings): Promise<void> {
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
  const down = await commandLine('sandbox', 'down', NAME, '--engine', 'pulumi');
  checks.check(down.code === 0, `down by command ends with ${down.code}: ${down.stderr}`);
  const left = (await inventory(clientsOf(emulator.endpoint, HOME))).filter((item) => !before.includes(item));
  checks.check(left.length === 0, `up and down by command leave ${left.join(', ')}`);
}
