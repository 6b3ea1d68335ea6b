import { otherwise } from '../../plan/decision';
import { plan } from '../../plan/plan';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { system } from '../../plan/system';
import { GIB, rate } from '../../plan/units';
import { Workload } from '../../plan/workload';

const source = assumed('a system for tests');
const per = (value: number) => capacity(value, source);

/** One part of every kind that has copies in another region: databases in Aurora and RDS, a table, a keyspace, a bucket. */
const twoRegions = system('two-regions', {
  title: 'Two regions',
  summary: 'For tests of replication.',
  sources: [],
  headline: { peak: 'requests' },
  workload: Workload.of({
    requests: { unit: 'per second', description: 'requests at the busiest moment' },
    availability: { unit: 'ratio', description: 'share of time it answers' },
  }),
  stages: { usual: { title: 'test', source, figures: { requests: 1000, availability: 0.9999 } } },
  regions: () => [
    otherwise('two regions', 'for a test', () => [
      { name: 'us-east-1', share: 0.75, role: 'active' },
      { name: 'eu-west-1', share: 0.25, role: 'active' },
    ]),
  ],
  blueprint(w, b) {
    const requests = rate(w.requests / 4, w.requests);
    const text = (name: string) => ({ name, type: 'text' as const });
    const common = { queriesPerVcpu: per(400), bytes: w.requests * GIB, sharding: 'never', multiRegion: true } as const;
    const shop = b.service('shop', {
      does: 'answers',
      protocol: 'http',
      tier: 'web',
      perPod: { requestsPerSecond: per(100) },
      pod: pod(0.5, 0.5),
    });
    const stock = b.relational('stock', { ...common, holds: 'stock', engine: 'mysql', topology: 'aurora' });
    const books = b.relational('books', { ...common, holds: 'accounts', engine: 'postgres', topology: 'multi-az', strongReads: true });
    const carts = b.keyValue('carts', { holds: 'carts', partitionKey: 'id', bytes: GIB, itemBytes: 1000, multiRegion: true });
    const inbox = b.wideColumn('inbox', {
      holds: 'mail',
      bytes: GIB,
      multiRegion: true,
      tables: [{ name: 'mail', partitionKey: [text('user')], clustering: [], columns: [], rowBytes: 1000, share: 1 }],
    });
    const photos = b.objectStore('photos', { holds: 'photos', bytes: GIB, objectBytes: 1e5, multiRegion: true });
    shop.reads(stock, requests).writes(stock, requests, { sends: 1000 }).reads(books, requests);
    if (b.place.region.name === 'us-east-1') shop.writes(books, requests, { sends: 1000 });
    for (const store of [carts, inbox, photos]) shop.reads(store, requests).writes(store, requests);
  },
  claims: [],
});

export const twoRegionsPlan = () => plan(twoRegions, 'usual');
