import { Blueprint } from '../../plan/blueprint';
import { endpointsOf } from '../../plan/endpoints';
import { HOME_REGION, oneRegion } from '../../plan/regions';
import { capacity, docs } from '../../plan/source';

const source = docs('x', '2026-01-01');
const b = new Blueprint({ zones: 3, region: { name: HOME_REGION, share: 1, role: 'active' }, regions: oneRegion });
b.relational('order-rows', {
  holds: 'orders',
  engine: 'mysql',
  topology: 'aurora',
  bytes: 1e9,
  queriesPerVcpu: capacity(400, source),
  sharding: 'never',
});
b.queue('mails', { holds: 'mails', maxReceives: 5 });
b.external('card-network', { does: 'settles cards', host: 'api.example.com', source });
b.service('price-list', {
  does: 'prices',
  protocol: 'http',
  tier: 'web',
  perPod: { requestsPerSecond: capacity(10, source) },
  pod: { vcpu: 1, memoryBytes: 1e9, source },
});
b.edge('cdn', { serves: 'images', ttlSeconds: 60, hitRatio: 0.9 });
const endpoints = Object.fromEntries(b.size().map((part) => [part.id, endpointsOf(part)]));

test('variables are in capitals, outputs in Pascal case, both after the id', () => {
  expect(endpoints['mails']).toEqual([{ variable: 'MAILS_URL', output: 'MailsUrl' }]);
  expect(endpoints['order-rows']).toContainEqual({ variable: 'ORDER_ROWS_READER_HOSTS', output: 'OrderRowsReaderHosts' });
});

test('what is known beforehand has a value and no output', () => {
  expect(endpoints['card-network']).toEqual([{ variable: 'CARD_NETWORK_URL', value: 'https://api.example.com' }]);
  expect(endpoints['price-list']).toEqual([{ variable: 'PRICE_LIST_URL', value: 'http://price-list' }]);
});

test('callers are told nothing about what only passes requests on', () => {
  expect(endpoints['cdn']).toEqual([]);
});
