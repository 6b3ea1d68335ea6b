import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import shop from '../../systems/ecommerce';

const stages = Object.keys(shop.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(shop, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const chosen = (stage: string, about: string, set: Record<string, number> = {}): string =>
  plan(shop, stage, set).decisions.find((d) => d.about === about)!.chosen;
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);

test('our own growth path and the scale point are there', () => {
  expect(stages).toEqual(['launch', 'growth', 'scale', 'seed-001']);
});

test('stock is counted by one primary, and no reader is asked what is left', () => {
  const stock = part(home('scale'), 'relational', 'stock');
  expect(stock).toMatchObject({ topology: 'multi-az', readersPerShard: 0 });
  expect(stock.shards).toBeGreaterThan(1);
});

test('every line of an order reserves, and what is not paid goes back by the clock', () => {
  const d = home('scale');
  const { checkoutsPeak, linesPerOrder, capturedShare, checkoutsAverage } = d.workload as Record<string, number>;
  expect(flows(d, 'inventory', 'stock').find((f) => f.verb === 'writes')!.rate.peak).toBeCloseTo(3 * checkoutsPeak! * linesPerOrder!);
  expect(flows(d, 'reservation-expiry', 'stock')[0]!.rate.average).toBeCloseTo(checkoutsAverage! * linesPerOrder! * (1 - capturedShare!));
});

test('the article of a sale gets many rows before its lock becomes the queue', () => {
  expect(chosen('scale', 'the article of the sale', { hottestSkuShare: 0.13 })).toBe('its stock in many rows');
  expect(chosen('growth', 'the article of the sale')).toBe('one row an article');
});

test('no provider outside stops a checkout: taxes, carriers and the first payment provider', () => {
  const d = home('growth');
  for (const to of ['taxes', 'carriers']) expect(flows(d, 'checkout', to)).toMatchObject([{ soft: true }]);
  for (const to of ['stripe', 'adyen']) expect(flows(d, 'payment', to)).toMatchObject([{ soft: true }]);
  expect(part(d, 'queue', 'unclear-payments').maxReceives).toBe(10);
});

test('carts are in one place only, which is kept and never evicted', () => {
  const cache = part(home('growth'), 'cache', 'cache');
  expect(cache).toMatchObject({ topology: 'failover', eviction: 'volatile-ttl', snapshots: true });
  expect(new Set(flows(home('growth'), 'cart', 'cache').map((f) => f.soft ?? false))).toEqual(new Set([false]));
});

test('a sale comes in through a firewall', () => {
  expect(part(home('scale'), 'edge', 'cdn').spec.firewall).toBe(true);
  expect(part(home('growth'), 'edge', 'cdn').spec.firewall).toBeUndefined();
});

test('each region sells its own stock', () => {
  const { deployments } = plan(shop, 'seed-001');
  expect(deployments).toHaveLength(2);
  for (const d of deployments) expect(part(d, 'relational', 'stock').multiRegion).toBe(false);
});

test('closed orders are kept seven years, and not in the database', () => {
  const archive = part(home('scale'), 'objectStore', 'order-archive').spec;
  expect(archive.lifecycle!.at(-1)).toEqual({ afterDays: 7 * 365, to: 'delete' });
});

test('an article that a merchant changes is found, and bought at its new price', () => {
  expect(flows(home('scale'), 'catalog', 'products').map((f) => f.verb)).toEqual(['reads', 'writes']);
  const [stored] = ['stock', 'ledger', 'orders'].flatMap((id) => flows(home('scale'), 'catalog', id).filter((f) => f.verb === 'writes'));
  expect(stored).toBeDefined();
});

test('a payment of which nobody knows is asked for again, and one that stays so wakes somebody', () => {
  const d = home('growth');
  const queue = part(d, 'queue', 'unclear-payments');
  expect(queue).toMatchObject({ deadLetterAlarm: 1 });
  const [worker] = d.flows.filter(({ to, verb }) => to === queue.id && verb === 'consumes').map(({ from }) => from);
  expect(flows(d, worker!, 'stripe')).toHaveLength(1);
});

test('a checkout pays what articles cost now, not what the cart remembers', () => {
  const [read] = flows(home('growth'), 'checkout', 'catalog');
  expect(read).toMatchObject({ verb: 'calls' });
  expect(read!.soft ?? false).toBe(false);
});
