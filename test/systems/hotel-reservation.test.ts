import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import hotel from '../../systems/hotel-reservation';

const stages = Object.keys(hotel.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(hotel, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];

test('every stage of the sheet and its scale point are there', () => {
  expect(stages).toEqual(['start', 'growth', 'scale', 'seed-001']);
});

test('counts and holds are read where they are written: no reader sells a room', () => {
  const d = home('growth');
  const inventory = part(d, 'relational', 'inventory');
  expect(inventory.topology).toBe('multi-az');
  expect(inventory.readersPerShard).toBe(0);
});

test('inventory has shards of its own past 100K bookings a day', () => {
  expect(part(home('start'), 'relational', 'inventory')).toBeUndefined();
  expect(part(home('growth'), 'relational', 'inventory').shards).toBeGreaterThan(1);
});

test('a hold is given back: what expires is written by the clock, not by the guest', () => {
  for (const stage of stages) {
    const d = home(stage);
    const from = (id: string) => d.flows.filter((f) => f.from === id && f.verb === 'writes').reduce((n, f) => n + f.rate.average, 0);
    expect(from('hold-expirer')).toBeGreaterThan(0);
  }
});

test('a search does not wait for the cache, and with it spares the database four fifths', () => {
  const d = home('seed-001');
  const to = (id: string) => d.flows.filter((f) => f.from === 'search' && f.to === id && f.verb === 'reads');
  expect(new Set(to('availability').map((f) => f.soft))).toEqual(new Set([true]));
  expect(to('inventory')[0]!.rate.peak).toBeCloseTo(0.2 * d.workload.searchesPeak!);
});

test('bookings wait in a queue of a week with dead letters when inventory or provider is down', () => {
  const queue = part(home('growth'), 'queue', 'parked-bookings');
  expect(queue.retentionSeconds).toBe(7 * 86_400);
  expect(queue.maxReceives).toBe(10);
});

test('each region sells its own properties', () => {
  const { deployments } = plan(hotel, 'scale');
  expect(deployments).toHaveLength(3);
  for (const d of deployments) expect(part(d, 'relational', 'inventory').multiRegion).toBe(false);
});

test('point-in-time recovery of five weeks for money and rooms', () => {
  for (const p of home('growth').parts) if (p.kind === 'relational') expect(p.pitrDays).toBe(35);
});

test('what a listing shows is a minute old at most, and is looked up again where it is sold', () => {
  for (const stage of stages) {
    const d = home(stage);
    expect(d.workload.availabilityTtlSeconds).toBeLessThanOrEqual(60);
    const to = stage === 'start' ? 'database' : 'inventory';
    const [asked] = d.flows.filter((f) => f.from === 'booking' && f.to === to && f.verb === 'reads' && !f.soft);
    expect(asked!.rate.peak).toBeGreaterThan(2.99 * d.workload.bookingsPeak!);
  }
});

test('a second provider authorises past 100K bookings a day', () => {
  const providers = (stage: string) => home(stage).parts.flatMap((p) => (p.kind === 'external' ? [p.id] : []));
  expect(providers('start')).toEqual(['stripe']);
  expect(providers('growth')).toEqual(['stripe', 'adyen']);
  for (const from of ['booking', 'retry', 'capture', 'reconciliation'])
    expect(home('growth').flows.filter((f) => f.from === from && ['stripe', 'adyen'].includes(f.to))).toHaveLength(2);
});

test('rooms sold twice are looked for each night, and a confirmation that is ten seconds late is an alarm', () => {
  for (const stage of stages) {
    const d = home(stage);
    expect(part(d, 'job', 'reconciliation').schedule).toBe('30 2 * * *');
    expect(d.alarms).toContainEqual(expect.objectContaining({ part: 'messages', watched: 'oldest message', threshold: 10 }));
  }
});
