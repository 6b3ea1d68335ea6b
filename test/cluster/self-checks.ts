import { plan } from '../../plan/plan';
import type { Checks } from '../deploy/checks';
import type { Json } from '../k8s/read-manifests';
import { tiny } from '../k8s/tiny-system';
import { tinyStatefulPlan } from '../plan/tiny-stateful';
import { type Candidate, candidatesOf } from './candidate';
import { ZONE } from './nodes';
import { faultsOf } from './report';
import type { Judge } from './verdict';

/** The judge can say no: what is known to be wrong has to be seen. */
export async function selfChecks(judge: Judge, checks: Checks): Promise<void> {
  const [sound] = candidatesOf(plan(tiny, 'zones')) as [Candidate];
  const small = await judge.verdictOn({
    ...sound,
    zonesToLose: [],
    nodes: sound.nodes.filter(({ metadata }) => metadata.labels[ZONE] === sound.zonesToLose[0]),
  });
  await judge.clear(sound);
  checks.check(small.pending.length > 0, 'the judge finds a place for every pod in one of three zones');
  checks.check(small.refused.length === 0, `the judge refuses what is sound: ${small.refused.join('; ')}`);

  const [config] = sound.objects.filter(({ kind }) => kind === 'ConfigMap') as [Json];
  const odd = { ...config, metadata: { ...config.metadata, name: 'odd' }, colour: 'blue' };
  const nodes = sound.nodes.map((node) => ({ ...node, spec: { taints: [{ key: 'closed', effect: 'NoSchedule' }] } }));
  const closed = await judge.verdictOn({ ...sound, zonesToLose: [], nodes, objects: [...sound.objects, odd] });
  await judge.clear(sound);
  checks.check(
    closed.refused.length === 1 && /colour/.test(closed.refused[0]!),
    `the judge accepts an unknown field: ${closed.refused.join('; ')}`,
  );
  checks.check(closed.pending.length === closed.pods, 'the judge puts pods on nodes whose taints they do not tolerate');

  const unsafely = sound.objects.map((o) => (o.kind === 'Deployment' ? unsafe(o) : o));
  const why = await judge.verdictOn({ ...sound, zonesToLose: [], objects: unsafely }).then(() => 'nothing', (error: Error) => error.message); // prettier-ignore
  checks.check(/PodSecurity/.test(why), `the judge lets unsafe pods into a restricted namespace, saying ${why}`);
}

/** Members stay with their volumes, which stay in their zone; a third of them at most may be lost with it, and nothing else. */
export async function volumeChecks(judge: Judge, checks: Checks): Promise<void> {
  const [candidate] = candidatesOf(tinyStatefulPlan('zones')) as [Candidate];
  const verdict = await judge.verdictOn(candidate);
  checks.check(verdict.waiting.size === 3, `${verdict.waiting.size} zones of members with volumes were lost`);
  for (const [zone, left] of verdict.waiting) checks.check(left.length > 0, `no member waits for its volume with ${zone} lost`);
  for (const [holds, fault] of faultsOf(candidate, verdict)) checks.check(holds, fault);
  await judge.clear(candidate);
}

function unsafe(deployment: Json): Json {
  const copy = structuredClone(deployment);
  copy.spec.template.spec.containers[0].securityContext = {};
  return copy;
}
