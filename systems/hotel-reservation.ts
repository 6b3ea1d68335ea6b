import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, anyOf } from '../plan/trigger';
import { DAY, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 20, chapter);
const perBooking = derived(ch('ch1'), 'reference figure divided by 1M bookings a day');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that rooms can be booked', 0.9995, seed('001', 20, 'README')),
  bookingsPerDay: figure('per day', 'bookings'),
  searchesPerBooking: figure('each', 'searches for each booking', 50, ch('ch1')),
  resultsPerSearch: figure('each', 'properties on a page of results', 20, ch('ch2')),
  roomTypes: figure(
    'each',
    'kinds of room of a property, counted by the night',
    5,
    assumed('a hundred rooms of a hotel are of five kinds'),
  ),
  holdSeconds: figure('seconds', 'time a guest has to pay before the room is free again', 600, ch('ch1')),
  availabilityTtlSeconds: figure('seconds', 'age that the availability in listings may have', 60, ch('ch3')),
})
  .and({
    properties: figure('items', 'hotels and flats on offer', (w) => w.bookingsPerDay, perBooking),
    searchesPerDay: figure('per day', 'searches', (w) => w.searchesPerBooking * w.bookingsPerDay, ch('ch1')),
    bookingsPeak: figure(
      'per second',
      'bookings at the busiest moment',
      (w) => (14.4 * w.bookingsPerDay) / DAY,
      derived(ch('ch1'), '10K a minute over 1M a day'),
    ),
  })
  .and({
    searchesPeak: figure(
      'per second',
      'searches at the busiest moment',
      (w) => (3.456 * w.searchesPerDay) / DAY,
      derived(ch('ch1'), '2K/s over 50M a day'),
    ),
    inventoryPeak: figure(
      'per second',
      'changes of rates, blocked dates and counts at the busiest moment',
      (w) => 0.01 * w.properties,
      perBooking,
    ),
    inventoryRows: figure('items', 'a count for each kind of room and night of a year', (w) => w.properties * w.roomTypes * 365, ch('ch2')),
  });

/** Guests book where they live; shares are our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.4, role: 'active' },
  { name: 'eu-west-1', share: 0.4, role: 'active' },
  { name: 'ap-southeast-1', share: 0.2, role: 'active' },
];

/** A count with its index and its version. */
const COUNT_BYTES = 100;
/** Booking, payment and their history: assumed, with indexes. */
const BOOKING_BYTES = 4e3;
const YEARS_KEPT = 3;
const QUERIES_PER_VCPU = capacity(375, assumed('short transactions with row locks; marketplace (000#1 ch06) measures 3000/s on 8 vCPU'));

export default system('hotel-reservation', {
  title: 'Hotel reservation system',
  summary: 'Searches hotels with cached availability, holds a room for ten minutes by a row lock, books it once the payment is authorised.',
  aliases: ['hotel-booking', 'travel-booking'],
  sources: [{ seed: '001', row: 20 }],
  workload,
  headline: { peak: 'searchesPeak' },

  stages: {
    start: stage('0 to 100K bookings a day', ch('ch4'), { bookingsPerDay: 100e3, availability: 0.999 }),
    growth: stage('100K to 1M bookings a day', ch('ch4'), { bookingsPerDay: 1e6 }),
    scale: stage('1M to 10M bookings a day', ch('ch4'), { bookingsPerDay: 10e6, availabilityTtlSeconds: 10 }),
    'seed-001': stage('1M bookings a day, 10K a minute at peak', seed('001', 20), { bookingsPerDay: 1e6 }),
  },

  regions: (w) => [
    when(
      above('bookings a day', w.bookingsPerDay, 1e6, ch('ch4')),
      'active regions by geography',
      'a property is sold by the region it belongs to, so that one database has the last word on its rooms',
      () => REGIONS,
    ),
    otherwise('one region', 'one database has the last word on every room', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const searches = rate(w.searchesPerDay / DAY, w.searchesPeak);
    const bookings = rate(w.bookingsPerDay / DAY, w.bookingsPeak);
    // Guests give up before they pay two times in three: assumed.
    const holds = times(bookings, 3);
    const changes = rate(w.inventoryPeak / 5, w.inventoryPeak);
    const large = above('bookings a day', world.bookingsPerDay, 100e3, ch('ch4'));

    b.oneMachineUntil([
      anyOf(large, above('searches per second at peak', world.searchesPeak, 100, assumed('ranking them fills two vCPU'))),
      'searches fill one machine in the evening',
    ]);

    const perPod = (requests: number, why: string) => ({ requestsPerSecond: capacity(requests, assumed(why)) });
    const web = (id: string, does: string, requests: number, why: string) =>
      b.service(id, { does, tier: 'web', perPod: perPod(requests, why), pod: pod(1, 1) });
    const search = web(
      'search',
      'searches by place, dates and filters, ranks 20 properties',
      100,
      'one search merges 20 availabilities on a vCPU in 10 ms',
    );
    const booking = web(
      'booking',
      'state machine of a booking: pending, held, paid, confirmed; idempotency keys',
      100,
      'five steps a booking',
    );
    const admin = web(
      'property-admin',
      'rates, blocked dates and calendars of hotels, with API keys',
      200,
      'one short transaction a change',
    );

    // Who has the last word on a room: one row a kind of room and night.
    const postgres = { engine: 'postgres', strongReads: true, queriesPerVcpu: QUERIES_PER_VCPU, pitrDays: 35 } as const;
    const inventoryBytes = w.inventoryRows * COUNT_BYTES;
    const bookingBytes = w.bookingsPerDay * 365 * YEARS_KEPT * BOOKING_BYTES;
    const recent = 7 * w.bookingsPerDay * BOOKING_BYTES;
    const soon = inventoryBytes / 4;
    const hot = (bytes: number) => capacity(bytes, assumed('stays of the next three months, bookings of the last week'));
    const { inventory, reservations } = b.decide('inventory and bookings', [
      when(
        large,
        'inventory sharded by property, bookings apart',
        'counts change a hundred times as often as bookings, and a stay touches one property',
        () => ({
          inventory: b.relational('inventory', {
            ...postgres,
            holds: 'free rooms by kind of room and night, holds with their expiry',
            topology: 'multi-az',
            bytes: inventoryBytes,
            hotBytes: hot(soon),
            sharding: 'by hash',
            maxVcpu: 16,
          }),
          reservations: b.relational('reservations', {
            ...postgres,
            holds: 'bookings, payments, properties, reviews',
            topology: 'multi-az',
            bytes: bookingBytes,
            hotBytes: hot(recent),
            sharding: 'by hash',
            readersAtLeast: 1,
          }),
        }),
      ),
      otherwise('one PostgreSQL', 'count, hold and booking commit together', () => {
        const one = b.relational('database', {
          ...postgres,
          holds: 'inventory, bookings, payments, properties, reviews',
          topology: 'multi-az',
          bytes: inventoryBytes + bookingBytes,
          hotBytes: hot(soon + recent),
        });
        return { inventory: one, reservations: one };
      }),
      reject('a distributed database', 'not below 10M properties; a region owns its own', ch('ch3')),
    ]);
    b.decide('no room sold twice', [
      otherwise(
        'a decrement under a row lock, with a hold that expires',
        'the lock lives for milliseconds, the hold for ten minutes in a row of its own',
        () => undefined,
      ),
      reject(
        'SELECT FOR UPDATE until the guest has paid',
        'a transaction open for ten minutes takes a connection and blocks the night for all',
        ch('ch2, ch3'),
      ),
      reject(
        'Redlock',
        'a lock outside the database that has the count is a second truth, and it is lost with a Redis that fails over',
        ch('ch4'),
      ),
      reject('etcd or Consul', 'a lock a property would be asked 30K times a second; the row is locked anyway', ch('ch4')),
      reject('version check with retries', 'better once more than a tenth of the locks fail; popular nights are few', ch('ch3')),
    ]);
    inventory.alarm('cpu', 0.8, assumed('locks are held longer when the processor waits'));

    const index = b.search('properties', {
      holds: 'hotels with place, facets and ranking; what changed arrives seconds later',
      bytes: 5e3 * w.properties,
      queriesPerNode: capacity(200 / 0.7, derived(ch('ch1, ch4'), '10 nodes carry 2K/s with room to spare')),
    });
    const redis = (topology?: 'cluster') =>
      b
        .cache('availability', {
          holds: 'free rooms and prices of listed properties',
          // What its lifetime of searches shows, and no more than there is: 200 bytes each.
          bytes: 200 * Math.min(w.properties * 30, w.searchesPeak * w.resultsPerSearch * w.availabilityTtlSeconds),
          opsPerNode: capacity(100e3, assumed('reads of a few hundred bytes, twenty in a pipeline')),
          topology,
          eviction: 'allkeys-lru',
        })
        .alarm('hit ratio', 0.8, assumed('below, the database answers listings'));
    const lookUps = above(
      'look-ups per second at peak',
      w.resultsPerSearch * world.searchesPeak,
      50e3,
      assumed('half of what a node answers'),
    );
    const cache = b.decide('availability in listings', [
      when(lookUps, 'Redis Cluster', 'twenty look-ups a search are more than one node answers', () => redis('cluster')),
      when(large, 'Redis', 'they would be the whole load of the database; a minute of age is corrected at booking', () => redis()),
      otherwise('none', 'the database answers listings', () => undefined),
      reject('availability inside the search index', 'every booking would reindex a hotel', ch('ch3')),
    ]);

    // Way in.
    const front = b.front('web', { layer: 7 });
    front
      .routesTo(search, searches, { returns: 40e3 })
      .routesTo(booking, holds, { sends: 1e3, returns: 2e3 })
      .routesTo(admin, changes, { sends: 500, returns: 200 });
    search.reads(index, searches, { returns: 20e3 });
    const listed = times(searches, w.resultsPerSearch);
    // One page of results is one query for all its properties.
    const missed = times(searches, cache ? 0.2 : 1);
    if (cache) search.reads(cache, listed, { returns: 200, soft: true }).writes(cache, times(listed, 0.2), { sends: 200, soft: true });
    search.reads(inventory, missed, { returns: 4e3, soft: Boolean(cache) });
    admin.writes(inventory, changes).writes(index, times(changes, 0.1), { sends: 2e3, soft: true });
    if (cache) admin.writes(cache, changes, { sends: 200, soft: true });

    // Hold: look, decrement, write the hold; pay: authorise, confirm.
    booking
      .reads(inventory, holds)
      .writes(inventory, times(holds, 2))
      .writes(reservations, times(bookings, 3), { sends: 2e3 })
      .reads(reservations, times(bookings, 3));
    const asked = { sends: 1e3, returns: 2e3 };
    const psp = (id: string, does: string, host: string, share: number) => {
      const provider = b.external(id, { does, host, source: ch('ch2') });
      booking.calls(provider, times(bookings, share), asked);
      return { provider, share };
    };
    const providers = b.decide('payment providers', [
      when(large, 'two providers', 'when the first fails the second authorises; what both refuse is tried again from a queue', () => [
        psp('stripe', 'authorises at booking, captures at check-in', 'api.stripe.com', 1),
        psp('adyen', 'authorises when the first provider fails', 'checkout-live.adyen.com', 0.01),
      ]),
      otherwise('Stripe', 'one integration to start with', () => [
        psp('stripe', 'authorises at booking, captures at check-in', 'api.stripe.com', 1),
      ]),
      reject(
        'capture at booking',
        'a stay is paid when it begins; an authorisation lives seven days and is renewed by then',
        ch('ch1, ch3'),
      ),
    ]);

    // What is parked while the inventory or a provider is down, and what people are told.
    const parked = b.queue('parked-bookings', { holds: 'bookings and payments to try again', maxReceives: 10, retentionSeconds: 7 * DAY });
    const again = times(bookings, 0.02);
    booking.publishes(parked, again, { soft: true, sends: 2e3 });
    const retry = b
      .worker('retry', 'tries parked bookings and payments again', capacity(20, assumed('a provider answers within a second')))
      .consumes(parked, again, { returns: 2e3 })
      .writes(inventory, again)
      .writes(reservations, again, { sends: 2e3 });
    const messages = b
      .queue('messages', { holds: 'confirmations, reminders, cancellations', maxReceives: 5, retentionSeconds: DAY })
      .alarm('oldest message', 10, ch('ch4'));
    booking.publishes(messages, bookings, { soft: true, sends: 2e3 });
    const mail = b.channel('mail', { medium: 'email', messageBytes: 20e3 });
    const notifier = b.worker('notifier', 'mails within ten seconds', capacity(50, assumed('renders and sends 50 a second')));
    notifier.consumes(messages, bookings, { returns: 2e3 }).sends(mail, times(bookings, 2), { sends: 20e3 });

    b.job('hold-expirer', {
      does: 'gives rooms back whose hold has passed',
      tier: 'workers',
      schedule: '* * * * *',
      pod: pod(0.25, 0.5),
      source: ch('ch2 (10 min)'),
    })
      .writes(inventory, steady((holds.average - bookings.average) * 2))
      .writes(reservations, steady(holds.average - bookings.average));
    const capture = b.job('capture', {
      does: 'captures at check-in, renews authorisations before seven days',
      tier: 'workers',
      schedule: '0 * * * *',
      pod: pod(0.25, 0.5),
      source: ch('ch1, ch4'),
    });
    capture.reads(reservations, steady(bookings.average)).writes(reservations, steady(bookings.average));
    const reconciliation = b.job('reconciliation', {
      does: 'finds rooms sold twice, compares payments with the providers',
      tier: 'workers',
      schedule: '30 2 * * *',
      pod: pod(0.5, 1),
      source: ch('ch4'),
    });
    reconciliation.reads(reservations, steady(bookings.average));
    for (const { provider, share } of providers) {
      retry.calls(provider, times(again, share), asked);
      capture.calls(provider, steady(bookings.average * share), asked);
      reconciliation.calls(provider, steady(0.01), { returns: 100e3 });
    }
  },

  claims: [
    claim('search-rate', 'seed-001', 'searches per second, average', 579, 'per second', derived(ch('ch1'), '50M a day')).against(
      (e) => e.figure('searchesPerDay') / DAY,
      '50M over 86,400 s.',
    ),
    claim('booking-peak', 'seed-001', 'bookings at peak', 10e3, 'per second', seed('001', 20, 'README')).against(
      (e) => e.figure('bookingsPeak'),
      'README says 10K a second, ch1 10K a minute; 10K a second would be 864M a day.',
    ),
    claim('room-nights', 'seed-001', 'rows of the inventory', 36.5e9, 'rows', derived(ch('ch1'), '100M rooms x 365 nights')).against(
      (e) => e.figure('inventoryRows'),
      'A row a room and night. Rooms of a kind are alike to a guest, so a count for each of five kinds does: 1M x 5 x 365.',
    ),
    claim('search-nodes', 'growth', 'nodes of the search cluster', 10, 'nodes', ch('ch4')).against(
      (e) => e.count('properties'),
      'Ten nodes carry 2K searches/s at 70 %; that holds with a zone lost only with five more, and masters come on top.',
    ),
    claim('conversion', 'seed-001', 'searches that end in a booking', 0.1, 'ratio', ch('ch1')).against(
      (e) => 1 / e.figure('searchesPerBooking'),
      '1M bookings of 50M searches are 2 %.',
    ),
  ],
});
