import { type NodeGroup } from '../../plan/packing';
import { type Deployment, type Plan, plan } from '../../plan/plan';
import { smallest } from '../../plan/smallest';
import { allSystems } from '../../systems';
import { tinyStateful } from '../plan/tiny-stateful';
import { files } from '../plan/capacity-system';
import { objectsOf } from './read-manifests';
import { boxOf, type Node, nodesOf, type Pod, podsAtPeak, podsOfCluster, schedule } from './scheduler';
import { tiny } from './tiny-system';

const read = new Map<Deployment, Pod[]>();

/** What a region has to hold at its peak, from its manifests; the pods that come with the cluster are there first. */
function podsOf(p: Plan, deployment: Deployment): Pod[] {
  const { region, platform } = deployment;
  const own = read.get(deployment) ?? podsAtPeak(objectsOf({ ...p, deployments: [deployment] }, {}, `${region.name}/`));
  read.set(deployment, own);
  return platform === 'k3s' ? own : [...podsOfCluster(deployment), ...own];
}

/** Every node the autoscaler may add, in so many of the zones. */
const nodesIn = ({ nodeGroups, zones }: Deployment, running = zones): Node[] =>
  nodeGroups.flatMap((g) => nodesOf(g, g.nodes.max / zones, running));

/** The pods a roll-out of a group's largest service adds. */
function surgeOf(pods: readonly Pod[], { tier }: NodeGroup): Pod[] {
  const own = pods.filter((pod) => pod.tier === tier);
  const services = [...new Set(own.map((pod) => pod.owner))].map((owner) => own.filter((pod) => pod.owner === owner));
  const [largest] = services.sort((a, b) => b.length * b[0]!.milliCpu - a.length * a[0]!.milliCpu);
  return Array<Pod>(Math.ceil(largest!.length / 4)).fill({ ...largest![0]!, owner: `${largest![0]!.owner}, new` });
}

const regions = [tiny, files(), tinyStateful, ...allSystems()].flatMap((system) =>
  Object.keys(system.stages).flatMap((stage) => {
    const whole = plan(system, stage);
    const sandbox = smallest(whole);
    return [
      ...whole.deployments.map((deployment) => [system.id, stage, deployment.region.name, whole, deployment] as const),
      ...sandbox.deployments.map((deployment) => [system.id, `${stage}, sandbox`, deployment.region.name, sandbox, deployment] as const),
    ];
  }),
);
const on = (platform: Deployment['platform']) => regions.filter(([, , , , d]) => d.platform === platform);

test.each(on('k3s'))('%s at %s in %s: every pod fits the one machine', (_system, _stage, _region, p, deployment) => {
  expect(schedule(podsOf(p, deployment), boxOf(deployment.nodeGroups[0]!))).toEqual([]);
});

test.each(on('eks'))(
  '%s at %s in %s: every pod of the peak fits while the largest services are rolled out',
  (_system, _stage, _region, p, deployment) => {
    const pods = podsOf(p, deployment);
    const surges = deployment.nodeGroups.flatMap((group) => surgeOf(pods, group));
    expect(schedule([...pods, ...surges], nodesIn(deployment))).toEqual([]);
  },
);

test.each(on('eks').filter(([, , , , d]) => d.zones > 1))(
  '%s at %s in %s: every pod of the peak fits with a zone lost',
  (_system, _stage, _region, p, deployment) => {
    expect(schedule(podsOf(p, deployment), nodesIn(deployment, deployment.zones - 1))).toEqual([]);
  },
);

test('the checker sees that another zone less is too little', () => {
  const p = plan(tiny, 'zones');
  expect(schedule(podsOf(p, p.deployments[0]!), nodesIn(p.deployments[0]!, 1))).not.toEqual([]);
});

test('the checker sees pods that no zone may take', () => {
  const pod: Pod = { owner: 'a', tier: undefined, milliCpu: 100, bytes: 1, gpus: 0, diskBytes: 0, maxSkew: 1 };
  const offered = { tier: 't', milliCpu: 10_000, bytes: 10, gpus: 0, diskBytes: 0 };
  const node = (zone: number, pods: number): Node => ({ ...offered, zone, pods, owners: new Map() });
  expect(schedule(Array(4).fill(pod), [node(0, 9), node(1, 1)])).toEqual([pod]);
  expect(schedule([{ ...pod, diskBytes: 1 }], [node(0, 9)])).toHaveLength(1);
});
