import { Blueprint } from '../../plan/blueprint';
import { isolatedParts, isolatedTiers, isolatedWorkloads, requireIsolation } from '../../plan/isolation';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { HOME_REGION } from '../../plan/system';
import { steady } from '../../plan/units';

const guess = assumed('for a test');
const region = { name: HOME_REGION, share: 1, role: 'active' } as const;
const rate = steady(1);

/** A shop that lets a vault keep its cards; the vault alone is isolated. */
function shop({ platform = 'eks' as 'eks' | 'k3s', more = (_: Blueprint, _vault: ReturnType<Blueprint['service']>) => {} } = {}) {
  const b = new Blueprint({ zones: 3, region, regions: [region] });
  const service = (id: string, tier: string, isolated = false) =>
    b.service(id, {
      does: id,
      protocol: 'http',
      tier,
      isolated,
      perPod: { requestsPerSecond: capacity(100, guess) },
      pod: pod(1, 1),
    });
  const orders = service('orders', 'web');
  const vault = service('vault', 'cards', true);
  const sweep = b.job('sweep', { does: 'drops old cards', tier: 'cards', schedule: '0 2 * * *', pod: pod(1, 1), source: guess });
  const cards = b.objectStore('cards', { holds: 'cards', bytes: 1, objectBytes: 1 });
  const receipts = b.objectStore('receipts', { holds: 'receipts', bytes: 1, objectBytes: 1 });
  b.clients.routesTo(orders, rate);
  orders.calls(vault, rate).writes(receipts, rate);
  vault.writes(cards, rate).reads(receipts, rate);
  sweep.reads(cards, rate);
  more(b, vault);
  return { parts: b.size(), flows: b.flows, platform };
}

test('a tier is isolated by its services, and its jobs with it', () => {
  expect([...isolatedTiers(shop())]).toEqual(['cards']);
  expect([...isolatedWorkloads(shop())]).toEqual(['vault', 'sweep']);
  expect(() => requireIsolation(shop())).not.toThrow();
});

test('what others use too is not theirs', () => {
  expect([...isolatedParts(shop())]).toEqual(['cards']);
});

test('the one machine has nothing to isolate a tier with', () => {
  const box = shop({ platform: 'k3s' });
  expect([isolatedTiers(box).size, isolatedWorkloads(box).size, isolatedParts(box).size]).toEqual([0, 0, 0]);
  expect(() => requireIsolation(box)).not.toThrow();
});

describe('refuses', () => {
  test('a tier that is isolated in part', () => {
    const mixed = shop();
    const parts = mixed.parts.map((p) => (p.id === 'orders' && p.kind === 'service' ? { ...p, tier: 'cards' } : p));
    const other = { ...parts.find((p) => p.id === 'orders')!, id: 'web', tier: 'web' } as (typeof parts)[number];
    expect(() => requireIsolation({ ...mixed, parts: [...parts, other] })).toThrow(
      'service "orders" is not isolated but shares tier "cards" with one that is',
    );
  });

  test('a cluster whose own pods have no place', () => {
    const parts = shop().parts.map((p) => (p.kind === 'service' ? { ...p, isolated: true } : p));
    expect(() => requireIsolation({ ...shop(), parts })).toThrow('every tier is isolated');
  });

  test.each([
    [
      'another company',
      (b: Blueprint) => b.external('bank', { does: 'pays', host: 'bank.example', source: guess }),
      'calls "bank" (external)',
    ],
    ['people', (b: Blueprint) => b.channel('mail', { medium: 'email', messageBytes: 1 }), 'calls "mail" (channel)'],
  ] as const)('a way to %s', (_, part, message) => {
    const leak = shop({ more: (b, vault) => void vault.calls(part(b), rate) });
    expect(() => requireIsolation(leak)).toThrow(`isolated "vault" ${message}`);
  });
});
