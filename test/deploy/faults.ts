import { resolveAccount } from '../../sandbox/account';
import { deleteSandbox } from '../../sandbox/delete';
import { findSandboxes } from '../../sandbox/find';
import { clientsOf } from './clients';
import { commandLine } from './command-line';
import { interruptedRuns } from './faults-interruptions';
import { namesTaken } from './faults-names';
import { stackStates } from './faults-states';
import { deployAll, failsSaying, prepareSandbox } from './faults-sandbox';
import { inventory } from './inventory';
import { bootstrap, DOMAIN, HOME, makeZone, type Surroundings } from './surroundings';

/** More often than anything is tried again. */
const ALWAYS = 1000;

/**
 * What goes wrong between a user and AWS: each fault ends in one line that says what happened and what to do, nothing keeps running unseen,
 * and the way on that it names leads on.
 */
export async function faultChecks(surroundings: Surroundings): Promise<void> {
  const { checks, emulator } = surroundings;
  await makeZone(surroundings, DOMAIN);
  const steps: [string, (surroundings: Surroundings) => Promise<void>][] = [
    ['no bootstrap', noBootstrap],
    ['credentials', credentials],
    ['refused calls', refusedCalls],
    ['names taken', namesTaken],
    ['states of stacks', stackStates],
    ['interrupted runs', interruptedRuns],
  ];
  for (const [name, run] of steps) {
    const before = name === 'no bootstrap' ? undefined : await inventory(clientsOf(emulator.endpoint, HOME));
    await checks.step(name, () => run(surroundings));
    surroundings.faults.length = 0;
    for (const sandbox of await findSandboxes(surroundings.account))
      await deleteSandbox(sandbox, surroundings.account, undefined, { pollMs: 200, pauseMs: 1000 });
    const left = before && (await inventory(clientsOf(emulator.endpoint, HOME))).filter((item) => !before.includes(item));
    checks.check(!left?.length, `${name}: leaves ${left?.join(', ')}`);
  }
}

async function noBootstrap(surroundings: Surroundings): Promise<void> {
  const offer = await prepareSandbox(surroundings);
  await failsSaying(surroundings, 'up without a bootstrap', () => deployAll(offer), [
    /npx cdk bootstrap aws:\/\/123456789012\/us-east-1`/,
    /the same command again/,
  ]);
  await bootstrap(surroundings, [HOME]);
}

async function credentials(surroundings: Surroundings): Promise<void> {
  const { faults, checks } = surroundings;
  const sts = { service: 'sts', action: 'GetCallerIdentity', status: 403, times: 1 };
  const asked = () => resolveAccount(HOME, undefined);
  faults.push({ ...sts, code: 'ExpiredToken', message: 'The security token included in the request is expired' });
  await failsSaying(surroundings, 'expired credentials', asked, [/credentials have expired/, /aws sso login/]);
  faults.push({ ...sts, code: 'InvalidClientTokenId', message: 'The security token included in the request is invalid' });
  await failsSaying(surroundings, 'unknown credentials', asked, [/does not take these credentials/, /check the profile/]);

  const before = { ...process.env };
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[name];
  Object.assign(process.env, { AWS_SHARED_CREDENTIALS_FILE: '/nonexistent', AWS_CONFIG_FILE: '/nonexistent' });
  const none = await commandLine('sandbox', 'list');
  process.env = before;
  checks.check(
    none.code === 1 && /^scaleprint: no AWS credentials [^\n]*aws sso login[^\n]*\n$/.test(none.stderr),
    `no credentials: it ends with ${none.code}: ${none.stderr}`,
  );
}

/** Calls that AWS answers with an error while a sandbox is brought up. */
async function refusedCalls(surroundings: Surroundings): Promise<void> {
  const { faults, checks, gateway } = surroundings;
  const offer = await prepareSandbox(surroundings);
  const changeSet = { service: 'cloudformation', action: 'CreateChangeSet', status: 400 };
  const up = () => deployAll(offer);

  faults.push({
    ...changeSet,
    times: 1,
    status: 403,
    code: 'ExpiredToken',
    message: 'The security token included in the request is expired',
  });
  await failsSaying(surroundings, 'credentials that expire on the way', up, [/have expired/, /run the same command again/]);

  faults.push({ ...changeSet, times: ALWAYS, code: 'LimitExceededException', message: 'Limit for stacks has been exceeded' });
  await failsSaying(surroundings, 'a quota that is used up', up, [/a quota .* used up/, /Limit for stacks/, /servicequotas/]);
  faults.length = 0;

  faults.push({ service: 'sts', action: 'GetCallerIdentity', status: 400, times: ALWAYS, code: 'Throttling', message: 'Rate exceeded' });
  await failsSaying(surroundings, 'endless throttling', () => resolveAccount(HOME), [/AWS throttles/, /wait a minute/]);
  faults.length = 0;

  const calls = () => gateway.counts.get('cloudformation CreateChangeSet') ?? 0;
  const before = calls();
  faults.push({ ...changeSet, times: 2, code: 'Throttling', message: 'Rate exceeded' });
  const outputs = await up();
  checks.check(
    Object.keys(outputs).length === offer.stacks,
    `after throttling ${Object.keys(outputs).length} of ${offer.stacks} stacks are up`,
  );
  checks.check(calls() - before === offer.stacks + 2, `two throttled calls of ${offer.stacks} made ${calls() - before}`);
}
