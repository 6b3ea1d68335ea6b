import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import delivery from '../../systems/food-delivery';

const stages = Object.keys(delivery.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(delivery, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);

test('every stage of the sheet and its scale point are there', () => {
  expect(stages).toEqual(['start', 'growth', 'scale', 'seed-001']);
});

test('couriers report as often as they are worth it', () => {
  const { couriers, positionsPeak } = home('scale').workload as Record<string, number>;
  expect(positionsPeak! / couriers!).toBeCloseTo(0.4 * 0.2 + 0.6 * 1.25);
  const idle = home('scale', { busyShare: 0 }).workload as Record<string, number>;
  expect(idle.positionsPeak! / idle.couriers!).toBeCloseTo(0.2);
});

test('positions go past the services of customers, and no database', () => {
  for (const stage of stages) {
    const d = home(stage);
    const fromCouriers = d.flows.filter((f) => f.from === 'courier-gateway').map((f) => f.to);
    for (const to of fromCouriers) expect(['live', 'events']).toContain(to);
    if (d.platform === 'eks') expect(flows(d, 'stream', 'courier-gateway')).toHaveLength(1);
  }
});

test('positions pass a cluster of caches once a node is half full with them', () => {
  expect(part(home('start'), 'cache', 'live').topology).toBe('single');
  expect(part(home('growth'), 'cache', 'live').topology).toBe('cluster');
});

test('dispatch and its estimates are a tier of their own, and an order waits without them', () => {
  const d = home('growth');
  expect(d.nodeGroups.find((g) => g.tier === 'dispatch')!.services).toEqual(expect.arrayContaining(['dispatch', 'eta']));
  expect(flows(d, 'order-orchestrator', 'dispatch')).toMatchObject([{ soft: true }]);
});

test('a customer keeps his socket while pods are replaced', () => {
  expect(part(home('growth'), 'service', 'tracking-gateway')).toMatchObject({ scaleOn: 'connections', drainSeconds: 120 });
});

test('a capture is tried for a day and then set aside', () => {
  expect(part(home('growth'), 'queue', 'captures')).toMatchObject({ maxReceives: 12, retentionSeconds: 2 * 86_400 });
});

test('regions share nothing: each has its catalogue and its orders', () => {
  const { deployments } = plan(delivery, 'seed-001');
  expect(deployments).toHaveLength(3);
  for (const d of deployments)
    for (const id of ['orders', 'catalog']) expect(part(d, 'relational', id)).toMatchObject({ multiRegion: false });
});

test('estimates are calibrated from the stream only past a million orders', () => {
  expect(part(home('growth'), 'service', 'calibration')).toBeUndefined();
  expect(part(home('scale'), 'service', 'calibration').scaleOn).toBe('queue depth');
});

test('tracks of a day train the estimates that dispatch asks for, from the first cluster on', () => {
  for (const stage of stages.slice(1)) {
    const d = home(stage);
    expect([flows(d, 'estimate-training', 'positions')[0]?.verb, flows(d, 'estimate-training', 'models').map((f) => f.verb)]).toEqual([
      'reads',
      ['reads', 'writes'],
    ]);
    expect(flows(d, 'eta', 'models')).toMatchObject([{ verb: 'reads', soft: true }]);
  }
});

test('a dish that changes is found', () => {
  expect(flows(home('growth'), 'restaurant-gateway', 'menus')).toMatchObject([{ verb: 'writes', soft: true }]);
});

test('a restaurant that cannot be reached and a courier who is not heard hold up no order', () => {
  for (const stage of stages.filter((name) => home(name).platform === 'eks')) {
    const d = home(stage);
    expect(flows(d, 'order-orchestrator', 'restaurant-gateway')).toMatchObject([{ soft: true }]);
    for (const { soft } of flows(d, 'eta', 'live')) expect(soft).toBe(true);
    expect(flows(d, 'order-orchestrator', 'events')).toMatchObject([{ soft: true }]);
  }
});
