import { inEnvironment } from '../../plan/environment';
import { type Plan, plan } from '../../plan/plan';
import { smallest } from '../../plan/smallest';
import { bringUpApps } from '../../sandbox/apps';
import { clusterToken } from '../../sandbox/apps/cluster-token';
import type { Outputs, Step } from '../../sandbox/engine';
import { allSystems } from '../../systems';
import { Checks } from '../deploy/checks';
import { type Json, objectsOf } from '../k8s/read-manifests';
import { tiny } from '../k8s/tiny-system';
import { account, madeUpOutputs } from '../sandbox/apps/made-up';
import { ApiServer, type Refused } from './api-server';
import { EksDouble } from './eks-double';
import { MAKE_PODS } from './candidate';
import { eventually } from './eventually';
import { pruningChecks } from './pruning';

const ROLLOUT_SECONDS = 120;
const HOPELESS_SECONDS = 4;

/** Sandboxes of the first stage of each system that runs on a cluster, in their home region. */
const sandboxes = (): Plan[] =>
  allSystems().flatMap((system) => {
    const plans = Object.keys(system.stages).map((stage) => plan(system, stage));
    const first = plans.find(({ deployments }) => deployments[0]!.platform === 'eks');
    if (!first) return [];
    const small = inEnvironment(smallest(first), `${first.stage}-alice`);
    return [{ ...small, deployments: small.deployments.slice(0, 1) }];
  });

/** What the product brings into a cluster: every object is there, every pod has a node, the login is that of EKS. */
export async function appsChecks(checks: Checks): Promise<void> {
  const { accessKeyId, secretAccessKey } = await account.credentials();
  const eks = await EksDouble.start(new Map([[accessKeyId, secretAccessKey]]));
  const leave = eks.enter();
  try {
    // A sandbox scales nothing: the whole size of one system has what the autoscaler's chart brings.
    const plans = [...sandboxes(), plan(tiny, 'zones')];
    checks.check(plans.length > 1, 'there is no sandbox to bring up');
    for (const sandbox of plans)
      await checks.step(`app tiers of ${sandbox.system} ${sandbox.environment}`, () => comesUp(sandbox, eks, checks));
    await checks.step('what left the plan', () => forgets(plans.at(-1)!, eks, checks));
    await checks.step('a cluster without nodes', () => saysWhy(plans[0]!, eks, checks));
    await checks.step('a login for another cluster', () => keepsOut(plans[0]!, eks, checks));
  } finally {
    leave();
    await eks.stop();
  }
}

async function comesUp(sandbox: Plan, eks: EksDouble, checks: Checks): Promise<void> {
  const outputs = madeUpOutputs(sandbox);
  const since = Date.now();
  try {
    await eks.becomes(sandbox);
    const steps: Step[] = [];
    await bringUpApps(sandbox, outputs, account, { rolloutSeconds: ROLLOUT_SECONDS, watch: (step) => steps.push(step) });
    const last = steps.at(-1);
    checks.check(last?.status === 'done' && last.done === last.total, `${eks.cluster}: the last step is ${JSON.stringify(last)}`);
    const before = await checkApps(sandbox, outputs, eks, checks);
    await bringUpApps(sandbox, outputs, account, { rolloutSeconds: ROLLOUT_SECONDS, watch: () => undefined });
    const after = await checkApps(sandbox, outputs, eks, checks);
    before.forEach(({ kind, metadata: { name, uid, generation } }, i) =>
      checks.check(
        after[i]?.metadata.uid === uid && after[i].metadata.generation === generation,
        `${eks.cluster}: a second run changes ${kind} ${name}`,
      ),
    );
    console.log(`${eks.cluster}: ${before.length} objects, ${((Date.now() - since) / 1000).toFixed(1)} s`);
  } finally {
    await emptied(sandbox, eks);
  }
}

/**
 * Every object of a sandbox's first cell is in its cluster, brought by the product, and every pod that they ask for has a node.
 * @returns the objects as the cluster has them
 */
export async function checkApps({ system, deployments, ...plan }: Plan, outputs: Outputs, eks: EksDouble, checks: Checks): Promise<Json[]> {
  const { server, cluster } = eks;
  const objects = objectsOf({ ...plan, system, deployments: deployments.slice(0, 1) }, { outputs });
  const there = await Promise.all(objects.map((object) => server.find(object)));
  objects.forEach(({ kind, metadata }, i) => {
    const managers = there[i]?.metadata.managedFields?.map(({ manager }: Json) => manager) ?? [];
    checks.check(managers.includes('scaleprint'), `${cluster}: ${kind} ${metadata.name} is not there`);
  });
  const { items: pods } = await server.get(`/api/v1/namespaces/${system}/pods`);
  const found = there.filter(Boolean);
  const wanted = found.filter(({ kind }) => MAKE_PODS.includes(kind)).reduce((sum, { spec }) => sum + spec.replicas, 0);
  checks.check(pods.length >= wanted && wanted > 0, `${cluster}: ${pods.length} of ${wanted} pods are there`);
  for (const { metadata, spec } of pods) checks.check(Boolean(spec.nodeName), `${cluster}: ${metadata.name} has no node`);
  checks.check(eks.logins > 0 && eks.refused.length === 0, `${cluster}: ${eks.logins} logins, refused: ${eks.refused.join('; ')}`);
  return found;
}

/** What a plan no longer has goes with the next run; nothing else does. */
async function forgets(whole: Plan, eks: EksDouble, checks: Checks): Promise<void> {
  try {
    await eks.becomes(whole);
    await pruningChecks(whole, eks, checks);
  } finally {
    await emptied(whole, eks);
  }
}

/** Without nodes nothing can run, and the product says what Kubernetes says. */
async function saysWhy(sandbox: Plan, eks: EksDouble, checks: Checks): Promise<void> {
  try {
    await eks.becomes(sandbox, { nodes: false });
    const hopeless = bringUpApps(sandbox, madeUpOutputs(sandbox), account, { rolloutSeconds: HOPELESS_SECONDS, watch: () => undefined });
    const says = await hopeless.then(() => 'nothing', ({ message }: Error) => message); // prettier-ignore
    checks.check(/does not run in .* has no node: no nodes available/.test(says), `${eks.cluster} without nodes: it says ${says}`);
  } finally {
    await emptied(sandbox, eks);
  }
}

async function keepsOut({ deployments }: Plan, eks: EksDouble, checks: Checks): Promise<void> {
  const token = await clusterToken('another-cluster', deployments[0]!.region.name, account);
  const refused = eks.refused.length;
  const { url, ca } = eks.access;
  const stranger = new ApiServer({ url, ca, token });
  const status = await stranger.get('/api/v1/nodes').then(() => 200, (error: Refused) => error.status); // prettier-ignore
  stranger.close();
  checks.check(status === 401, `it is answered with ${status}`);
  checks.check(
    eks.refused.length > refused && /not signed for cluster/.test(eks.refused.at(-1)!),
    `it is refused because it ${eks.refused.at(-1)}`,
  );
}

/** The next sandbox finds no node and no pod of this one. */
async function emptied({ system }: Plan, { server, volumes }: EksDouble): Promise<void> {
  const namespaces = [system, 'addons'];
  // Owners first, because they would make their pods again; who collects garbage is slow where kinds have just become known.
  for (const kind of ['deployments', 'statefulsets', 'replicasets'])
    for (const name of namespaces) await server.delete(`/apis/apps/v1/namespaces/${name}/${kind}`);
  await eventually('a cluster without pods', 60, async () => {
    for (const name of namespaces) await server.delete(`/api/v1/namespaces/${name}/pods?gracePeriodSeconds=0`);
    return (await server.get('/api/v1/pods')).items.length === 0;
  });
  await volumes.clear(namespaces);
  await server.delete('/api/v1/nodes');
}

if (require.main === module) {
  const checks = new Checks();
  appsChecks(checks)
    .catch((error: Error) => checks.check(false, error.stack!))
    .then(() => {
      for (const failure of checks.failures) console.log(`FAILED ${failure}`);
      console.log(`${checks.passed} passed, ${checks.failures.length} failed`);
      process.exit(checks.failures.length === 0 ? 0 : 1);
    });
}
