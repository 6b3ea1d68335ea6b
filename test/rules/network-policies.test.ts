import { everyStage, type KubernetesObject } from '../every-stage';
import type { Deployment } from '../../plan/plan';
import { runsAsPods } from '../../plan/pods';
import { POD_PORT } from '../../plan/reach';

const NAME = 'app.kubernetes.io/name';

interface Peer {
  podSelector?: { matchLabels?: Record<string, string> };
  namespaceSelector?: object;
  ipBlock?: { cidr: string };
}
interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port: number }[];
}
interface Policy {
  podSelector: { matchLabels?: Record<string, string> };
  ingress?: Rule[];
  egress?: Rule[];
}

/** Whether a selector takes the pods of a workload; one without labels takes all. */
const takes = (selector: Peer['podSelector'], name: string): boolean =>
  Object.entries(selector?.matchLabels ?? {}).every(([label, value]) => label === NAME && value === name);

/** Pods have addresses of the network: a range that holds it lets through whoever has one. */
const isRange = ({ ipBlock }: Peer): boolean => ipBlock?.cidr === '0.0.0.0/0' || ipBlock?.cidr === '10.0.0.0/16';
const names = (peer: Peer, name: string): boolean => !peer.ipBlock && !peer.namespaceSelector && takes(peer.podSelector, name);

/** What the rules for the pods' port let a workload's pods reach, or be reached by. */
function peersOf(policies: readonly Policy[], direction: 'ingress' | 'egress', name: string): Peer[] {
  const rules = policies.filter((p) => takes(p.podSelector, name)).flatMap((p) => p[direction] ?? []);
  const onPodPort = rules.filter(({ ports }) => ports === undefined || ports.some(({ port }) => port === POD_PORT));
  return onPodPort.flatMap((rule) => rule[direction === 'egress' ? 'to' : 'from'] ?? [{}]);
}

const policiesIn = (objects: readonly KubernetesObject[]): Policy[] =>
  objects.filter((o) => o.kind === 'NetworkPolicy').map((o) => o.spec as unknown as Policy);

/** `a > b` of every two workloads that a flow leads between. */
function flowsBetweenPods({ parts, flows }: Deployment): string[] {
  const pods = new Set(parts.filter(runsAsPods).map((p) => p.id));
  return [...new Set(flows.flatMap(({ from, to }) => (pods.has(from) && pods.has(to) ? [`${from} > ${to}`] : [])))];
}

let flowsSeen = 0;

describe.each(everyStage)('network policies of %s', (_, stage) => {
  const { plan, folders } = stage;
  const deploymentOf = (folder: string) => plan.deployments.find(({ region }) => folder.replace(/-cell\d+$/, '') === region.name)!;

  test('let through what the flows say between pods, and nothing else', () => {
    expect(folders.length).toBeGreaterThan(0);
    for (const { folder, objects } of folders) {
      const deployment = deploymentOf(folder);
      const policies = policiesIn(objects);
      const workloads = deployment.parts.filter(runsAsPods).map((p) => p.id);
      const flows = flowsBetweenPods(deployment);
      flowsSeen += flows.length;
      for (const from of workloads) {
        const out = peersOf(policies, 'egress', from);
        expect([folder, from, out.filter(isRange)]).toEqual([folder, from, []]);
        for (const to of workloads) {
          const into = peersOf(policies, 'ingress', to);
          const rules = [out.filter((peer) => names(peer, to)).length, into.filter((peer) => names(peer, from)).length];
          expect([folder, from, to, ...rules]).toEqual([folder, from, to, ...(flows.includes(`${from} > ${to}`) ? [1, 1] : [0, 0])]);
        }
      }
    }
  });

  test('let the network in where a balancer passes requests on, and nowhere else', () => {
    for (const { folder, objects } of folders) {
      const { parts, flows } = deploymentOf(folder);
      const policies = policiesIn(objects);
      const balancers = new Set(parts.filter((p) => p.kind === 'loadBalancer').map((p) => p.id));
      for (const { id } of parts.filter(runsAsPods)) {
        const isRouted = flows.some(({ from, to }) => to === id && balancers.has(from));
        expect([folder, id, peersOf(policies, 'ingress', id).filter(isRange).length]).toEqual([folder, id, isRouted ? 1 : 0]);
      }
    }
  });

  test('select every pod, in both directions', () => {
    for (const { objects } of folders) {
      const types = (o: KubernetesObject) => [...((o.spec as unknown as { policyTypes: string[] }).policyTypes ?? [])].sort();
      const all = objects.filter((o) => o.kind === 'NetworkPolicy' && Object.keys((o.spec as unknown as Policy).podSelector).length === 0);
      expect(all.map(types)).toEqual([['Egress', 'Ingress']]);
    }
  });
});

test('some stage has pods that call each other', () => expect(flowsSeen).toBeGreaterThan(0));
