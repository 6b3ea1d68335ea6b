import type { Plan } from '../../plan/plan';
import { bringUpApps } from '../../sandbox/apps';
import type { Checks } from '../deploy/checks';
import { type KubernetesObject, objectsOf } from '../k8s/read-manifests';
import { account, madeUpOutputs } from '../sandbox/apps/made-up';
import type { EksDouble } from './eks-double';

const ROLLOUT_SECONDS = 120;

/**
 * Brings a plan up, and then the plan without one of its services: what that service had is gone, and everything else is what it was before,
 * namespace, somebody's own objects and the kinds of the charts among it.
 */
export async function pruningChecks(whole: Plan, { server, cluster }: EksDouble, checks: Checks): Promise<void> {
  const outputs = madeUpOutputs(whole);
  const up = (plan: Plan) => bringUpApps(plan, outputs, account, { rolloutSeconds: ROLLOUT_SECONDS, watch: () => undefined });
  const dropped = whole.deployments[0]!.parts.findLast(({ kind }) => kind === 'service')!.id;
  const smaller = without(whole, dropped);
  const wanted = new Set(objectsOf(smaller, { outputs }).map(nameOf));
  const objects = objectsOf(whole, { outputs });
  const left = objects.filter((object) => !wanted.has(nameOf(object)));
  const theirs = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'theirs', namespace: whole.system } } as KubernetesObject;
  const kept = [...objects.filter((object) => wanted.has(nameOf(object))), theirs];
  checks.check(left.length > 2 && kept.some(({ kind }) => kind === 'Namespace'), `${dropped} takes ${left.length} objects with it`);
  /** What there is of some objects and of all kinds, by identity. */
  const state = async () => {
    const found = await Promise.all(kept.map(async (object) => `${nameOf(object)} ${(await server.find(object))?.metadata.uid}`));
    const { items } = await server.get('/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
    return [...found, ...(items as KubernetesObject[]).map(nameOf)];
  };

  await up(whole);
  await server.apply(theirs);
  const before = await state();
  const missing = await Promise.all(left.map(async (object) => (await server.find(object)) === undefined));
  checks.check(!missing.includes(true), `${cluster}: ${dropped} is not all there`);
  await up(smaller);
  const after = await state();
  before.forEach((line, i) => checks.check(line === after[i] && !line.endsWith('undefined'), `${cluster}: ${line} became ${after[i]}`));
  for (const object of left)
    checks.check((await server.find(object)) === undefined, `${cluster}: ${nameOf(object)} left the plan and is still there`);
  console.log(`${cluster}: without ${dropped} its ${left.length} objects are gone, ${before.length} others and kinds are what they were`);
}

const nameOf = ({ kind, metadata: { name } }: KubernetesObject): string => `${kind} ${name}`;

/** A plan that never had a service. */
const without = ({ deployments, ...plan }: Plan, id: string): Plan => ({
  ...plan,
  deployments: deployments.map((deployment) => ({
    ...deployment,
    parts: deployment.parts.filter((part) => part.id !== id),
    flows: deployment.flows.filter(({ from, to }) => from !== id && to !== id),
  })),
});
