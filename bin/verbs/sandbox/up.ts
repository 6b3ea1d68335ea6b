import { join } from 'node:path';
import { InputError } from '../../../plan/input-error';
import type { Plan } from '../../../plan/plan';
import { resolveAccount } from '../../../sandbox/account';
import { agreed } from '../../../sandbox/agree';
import { bringUpApps, requireTools } from '../../../sandbox/apps';
import { requireFolder } from '../../../sandbox/apps/gitops';
import { hostsOf } from '../../../sandbox/apps/hosts';
import type { Engine, EngineName } from '../../../sandbox/engine';
import { inWords, lifetimeOf } from '../../../sandbox/lifetime';
import { ownerOf } from '../../../sandbox/owner';
import { withTemporaryFolder } from '../../../sandbox/temporary-folder';
import { deploy, type Offer, prepare } from '../../../sandbox/up';
import { canAsk, confirm } from '../../confirm';
import { engineOf, ENGINES } from '../../engines';
import { note, print, printJson } from '../../print';
import { offerDocument, printOffer } from '../../print-offer';
import type { Options, Verb } from '../../run-verb';
import { shown } from '../../show-steps';
import { pairsOf, plansOf } from '../../stages';
import { commandTo } from '../../without-us';

/** From nothing to a running sandbox: priced, asked about, deployed, and its services brought up. */
export const up: Verb = async ([id], options) => {
  const { ttl, profile, parameter, image, podMetrics, gitops, yes, json } = options;
  if (!id || !options.stage) throw new InputError('which stage? give a system and --stage; `scaleprint list` names them');
  const [plan] = plansOf(id as string | undefined, options) as [Plan];
  const lifetime = ttl === undefined ? undefined : lifetimeOf(ttl);
  const budgetUsd = budgetOf(options);
  const parameters = pairsOf('--parameter', parameter, 'DomainName=shop.example.com');
  const engine = engineOf(options);
  if (!yes && !canAsk()) throw new InputError('nobody is at this terminal to be asked about the price; give --yes to agree beforehand');
  if (json && !yes) throw new InputError('--json shows no price to agree to; give --yes with it');
  requireTools(plan, { gitops });
  if (gitops) requireFolder(gitops);
  const account = await resolveAccount(plan.deployments[0]!.region.name, profile);
  const owner = ownerOf(account, options.owner);
  return withTemporaryFolder(async (folder) => {
    const make = () => prepare({ plan, owner, engine, lifetime, budgetUsd, parameters, image, podMetrics }, account, join(folder, 'stage'));
    const offer = await (yes ? make() : agreed(make, (one, again) => ask(one, engine, again)));
    if (!offer) {
      note('nothing was deployed');
      return 1;
    }
    const end = endOf(offer, engine);
    if (yes && !json) printOffer(offer, end.when);
    const { outputs, look } = await bringUp(offer, await ENGINES[engine](), end, options);
    const hosts = hostsOf(offer.plan, offer.parameters);
    if (json) printJson({ ...offerDocument(offer), engine, outputs, hosts, look });
    else {
      print(`\n${offer.name} is up; ${end.when}`);
      if (hosts.length > 0) print(`answers at ${hosts.join(', ')}`);
      look.forEach((line) => print(line));
      print(`end it:  ${end.command}`);
    }
    return 0;
  });
};

/** A time that is to be set counts from the answer on. */
async function ask(offer: Offer, engine: EngineName, again: boolean): Promise<boolean> {
  const { expires, existing } = offer;
  const stays = engine === 'pulumi' || expires.getTime() === existing?.expires?.getTime();
  printOffer(offer, stays ? endOf(offer, engine).when : `it ends by itself ${timeLeft(offer)} after your answer`);
  if (again) note('this is no longer what you agreed to');
  return confirm(existing ? 'Update it?' : 'Bring it up?');
}

const timeLeft = ({ expires }: Offer): string => inWords((expires.getTime() - Date.now()) / 1000);

/** How a sandbox goes away. */
interface End {
  when: string;
  command: string;
}

const endOf = (offer: Offer, engine: EngineName): End => ({
  when: engine === 'pulumi' ? 'nothing ends it but you' : `it ends by itself at ${offer.expires.toISOString()}, in ${timeLeft(offer)}`,
  command: commandTo(`down ${offer.name}`, engine, offer.account.profile),
});

async function bringUp(offer: Offer, engine: Engine, { when, command }: End, { image, gitops }: Options) {
  // In each region what ends the sandbox comes before anything that costs.
  let costs = offer.existing !== undefined;
  return shown(
    async (watch) => {
      const outputs = await deploy(offer, engine, (step) => {
        costs ||= step.status === 'done' && step.resource === undefined;
        watch(step);
      });
      return { outputs, look: await bringUpApps(offer.plan, outputs, offer.account, { image, gitops, watch }) };
    },
    () =>
      `AWS goes on with what has begun, and ${costs ? when : 'nothing of it costs anything yet'}. Run the same command again to go on, or \`${command}\` to go back.`,
  );
}

/** Past it a typing error is likelier than a sandbox: the dearest of them costs a few USD an hour. */
const MOST_USD = 10_000;

function budgetOf({ budget = '' }: Options): number {
  const usd = Number(budget);
  if (budget.trim() === '' || !(usd > 0 && usd <= MOST_USD))
    throw new InputError(`--budget is "${budget}"; it takes USD above 0 and up to ${MOST_USD}, such as 20`);
  return usd;
}
