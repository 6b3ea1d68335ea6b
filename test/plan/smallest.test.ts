import { systemPods } from '../../plan/cluster-system-pods';
import { isCopy } from '../../plan/copy';
import type { NodeGroup } from '../../plan/packing';
import { plan, type Deployment, type Plan } from '../../plan/plan';
import { runsAsPods } from '../../plan/pods';
import type { Part } from '../../plan/sizing';
import { smallest } from '../../plan/smallest';
import { SIZING } from '../../plan/sizing';
import { telemetry } from '../../plan/telemetry';
import { allSystems } from '../../systems';
import { tiny } from '../k8s/tiny-system';
import { tinyAnycast } from './tiny-anycast';
import { tinyArena } from './tiny-arena';
import { tinyExchange } from './tiny-exchange';
import { tinyStateful } from './tiny-stateful';
import { tinyStream } from './tiny-stream';
import { tinyUploads } from './tiny-uploads';

/** The tiny ones have the kinds that no system uses, and a stage of several cells. */
const stages = [...allSystems(), tiny, tinyAnycast, tinyUploads, tinyExchange, tinyStateful, tinyArena, tinyStream].flatMap((system) =>
  Object.keys(system.stages).map((stage): [string, Plan] => [`${system.id} ${stage}`, plan(system, stage)]),
);

/** Technology without what says how many there are, or that one stands in for another. */
const family = ({ technology }: Part): string => technology.replace(/, (one zone|Multi-AZ|three-node cluster|one node|\d+ shards)/g, '');
/** What callers would notice: clusters and Aurora answer otherwise than one node does. */
const noticed = (part: Part) => [
  part.id,
  part.kind,
  family(part),
  'topology' in part && /cluster|aurora/.exec(part.topology)?.[0],
  'multiRegion' in part && part.multiRegion,
];
const described = (p: Plan, of: (part: Part) => unknown) => p.deployments.map(({ parts }) => parts.map(of));
const partsOf = (p: Plan): Part[] => p.deployments.flatMap(({ parts }) => parts);
/** What a flow is, but for how much of it there is. */
const withoutRates = ({ flows }: Deployment) => flows.map(({ rate: _, ...flow }) => flow);

test('there are stages with every kind of part', () => {
  const kinds = new Set(stages.flatMap(([, p]) => partsOf(p).map(({ kind }) => kind)));
  expect([...kinds].sort()).toEqual(Object.keys(SIZING).sort());
});

describe.each(stages)('the smallest %s', (_, whole) => {
  const small = smallest(whole);

  test('has every part in its technology, in every region', () => {
    expect(small.deployments.map(({ region }) => region)).toEqual(whole.deployments.map(({ region }) => region));
    expect(described(small, noticed)).toEqual(described(whole, noticed));
    expect(
      partsOf(small)
        .filter(isCopy)
        .map(({ id }) => id),
    ).toEqual(
      partsOf(whole)
        .filter(isCopy)
        .map(({ id }) => id),
    );
  });

  test('has every flow and decision, and the platform', () => {
    expect(small.deployments.map(withoutRates)).toEqual(whole.deployments.map(withoutRates));
    expect(small.decisions).toEqual(whole.decisions);
    expect(small.deployments.map(({ platform }) => platform)).toEqual(whole.deployments.map(({ platform }) => platform));
  });

  test('carries nothing', () => {
    const rates = [
      ...small.deployments.flatMap(({ flows }) => flows.map(({ rate }) => rate)),
      ...partsOf(small).flatMap(({ load }) => Object.values(load) as { average: number; peak: number }[]),
    ];
    expect(rates.filter(({ average, peak }) => average !== 0 || peak !== 0)).toEqual([]);
    const held = partsOf(small).flatMap((p) => ('bytes' in p ? [p.bytes] : 'spec' in p && 'bytes' in p.spec ? [p.spec.bytes] : []));
    expect(held.filter((bytes) => bytes !== 0)).toEqual([]);
  });

  test('is one of everything, in one zone wherever AWS takes one', () => {
    expect(small.deployments.map(({ cells, zones }) => [cells, zones])).toEqual(small.deployments.map(() => [1, 1]));
    expect(partsOf(small).flatMap((p) => (p.count === (p.kind === 'kafka' ? 2 : 1) ? [] : [p.id]))).toEqual([]);
    expect(partsOf(small).flatMap((p) => ('shards' in p && p.shards !== 1 ? [p.id] : []))).toEqual([]);
  });

  test('is never more than the stage', () => {
    const asked = new Map(whole.quotas.map(({ name, region, needed }) => [`${name} in ${region}`, needed]));
    expect(small.quotas.filter(({ name, region, needed }) => !(needed <= asked.get(`${name} in ${region}`)!))).toEqual([]);
    const counts = (p: Plan) => described(p, ({ count }) => count).flat() as number[];
    const more = counts(small).filter((count, i) => count > counts(whole)[i]!);
    expect(more).toEqual([]);
  });

  test('says of every part why it is so small, and where that is written', () => {
    expect(
      partsOf(small)
        .filter(({ reason, source }) => !/sandbox/.test(reason) || source.title === '')
        .map(({ id }) => id),
    ).toEqual([]);
  });

  test('has nodes for its services, jobs and whatever the cluster runs', () => {
    for (const { parts, nodeGroups, platform } of small.deployments) {
      const pods = parts.filter(runsAsPods).map(({ id }) => id);
      const system = platform === 'eks' ? systemPods(parts).map(({ service }) => service) : [];
      expect(nodeGroups.flatMap(({ services }) => services).sort()).toEqual([...pods, ...system].sort());
      // What has GPUs has no smaller type.
      const bursts = ({ gpuModel }: NodeGroup) => expect.stringMatching(gpuModel ? /^g\d\w*\.xlarge$/ : /^t4g\./) as string;
      expect(nodeGroups.map(({ instanceType }) => instanceType)).toEqual(nodeGroups.map(bursts));
    }
  });

  test('watches what the stage watches, but for the lag of replicas that it does without', () => {
    const dropped = whole.deployments.flatMap(({ alarms }, i) => alarms.filter((alarm) => !small.deployments[i]!.alarms.includes(alarm)));
    expect([...new Set(dropped.map(({ watched }) => watched))].filter((watched) => watched !== 'replication lag')).toEqual([]);
  });

  test('pays for metrics of its pods only where it is asked to', () => {
    const metrics = (p: Plan) => p.deployments.map((deployment) => telemetry(deployment).metrics > 0);
    expect(metrics(small)).toEqual(small.deployments.map(() => false));
    expect(metrics(smallest(whole, { podMetrics: true }))).toEqual(whole.deployments.map(({ platform }) => platform === 'eks'));
  });

  test('cannot be made smaller, and is plain data', () => {
    expect(smallest(small)).toEqual(small);
    expect(JSON.parse(JSON.stringify(small))).toEqual(small);
  });
});
