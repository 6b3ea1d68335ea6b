import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, atLeast } from '../plan/trigger';
import { DAY, HOUR, MIB, MINUTE, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const row = seed('002', 1);
const of = (page: string) => seed('002', 1, page);
const scaling = of('scaling-strategy');
const failure = of('failure-handling');
const perUser = derived(of('README'), 'reference figure divided by 10M users');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that people can sign in', 0.9999, of('requirements')),
  users: figure('items', 'registered users'),
  spikeFactor: figure('ratio', 'sign-ins at the busiest moment over the average', 10, of('requirements')),
  hashSeconds: figure('seconds', 'processor time of a password hash', 0.25, assumed('half of the 500 ms that a sign-in may take')),
  passwordShare: figure(
    'ratio',
    'sign-ins by password; the others come from social providers',
    0.7,
    assumed('two of three have a password'),
  ),
  wrongShare: figure('ratio', 'passwords that are wrong, and cost the same', 0.2, assumed('one in five')),
  accessSeconds: figure('seconds', 'life of an access token', 900, row),
  refreshSeconds: figure('seconds', 'life of a refresh token', 7 * DAY, row),
  devices: figure('each', 'devices on which an active user is signed in', 2, assumed('a phone and a browser')),
  checkedShare: figure(
    'ratio',
    'verifications that a gateway has checked here too: payments, administration',
    0.01,
    assumed('the critical ones'),
  ),
})
  .and({
    daily: figure('items', 'users of a day', (w) => 0.1 * w.users, perUser),
    loginsPeak: figure('per second', 'sign-ins at the busiest moment', (w) => (w.spikeFactor / 10) * 2e-4 * w.users, perUser),
    verificationsPeak: figure('per second', 'access tokens verified by all services', (w) => 5e-3 * w.users, perUser),
    registrationsPerDay: figure('per day', 'new users', (w) => 1e-3 * w.users, assumed('a third of the users in a year')),
  })
  .and({
    refreshesPerDay: figure(
      'per day',
      'pairs of tokens renewed',
      (w) => (HOUR / w.accessSeconds) * w.daily,
      derived(row, 'four an hour, and an hour a day: assumed'),
    ),
    signIns: figure(
      'items',
      'sign-ins that live, a row each',
      (w) => (w.devices * w.daily * w.refreshSeconds) / DAY,
      derived(of('database-schema'), 'a row a device and day, until it expires'),
    ),
    hashesPeak: figure(
      'per second',
      'passwords hashed at the busiest moment',
      (w) => w.loginsPeak * w.passwordShare * (1 + w.wrongShare),
      derived(of('low-level-design'), 'sign-ins by password, and those that are wrong'),
    ),
  });

/** "EU and US" (scaling-strategy); the shares are our assumption. */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 0.6, role: 'active' },
  { name: 'eu-west-1', share: 0.4, role: 'active' },
];

/** User with provider links, roles, encrypted TOTP secret, indexes: assumed. */
const USER_BYTES = 2e3;
/** User, device, address, expiry, hash of the token, indexes: assumed. */
const SIGN_IN_BYTES = 500;
/** Of a signed pair: two tokens of about 800 bytes. */
const PAIR_BYTES = 1800;
const MAILED = capacity(20, assumed('renders and sends 20 a second'));
const USER_ROWS = capacity(100e6, derived(scaling, 'rows of a table with indexes'));
const QUERIES_PER_VCPU = capacity(1000, assumed('rows by their key'));

export default system('authentication', {
  title: 'Authentication and identity system',
  summary: 'Signs people in by password, provider and one-time code; others verify its tokens with public keys, so they go on without it.',
  aliases: ['identity', 'login', 'auth'],
  sources: [{ seed: '002', row: 1 }],
  workload,
  headline: { users: 'users', peak: 'loginsPeak' },

  stages: {
    'single-node': stage('phase 1: 0 to 100K users; sign-ins three times the average at most (assumed)', scaling, {
      users: 100e3,
      spikeFactor: 3,
      availability: 0.99,
    }),
    horizontal: stage('phase 2: 100K to 1M users', scaling, { users: 1e6, availability: 0.9995 }),
    global: stage('phase 3: 10M users and more', scaling, { users: 10e6 }),
    'seed-002': stage('10M users, 2K sign-ins a second', of('README'), { users: 10e6, loginsPeak: 2e3, verificationsPeak: 50e3 }),
  },

  regions: (w) => [
    when(
      atLeast('users', w.users, 10e6, scaling),
      'two active regions, one writer of users',
      'people sign in near them; an address of mail stays unique because one database decides',
      () => REGIONS,
    ),
    otherwise('one region', 'zones keep what is promised', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const logins = rate(w.loginsPeak / w.spikeFactor, w.loginsPeak);
    const hashes = rate(w.hashesPeak / w.spikeFactor, w.hashesPeak);
    const social = times(logins, 1 - w.passwordShare);
    const refreshes = rate(w.refreshesPerDay / DAY, (w.spikeFactor * w.refreshesPerDay) / DAY);
    const registrations = rate(w.registrationsPerDay / DAY, (w.spikeFactor * w.registrationsPerDay) / DAY);
    const checks = rate((w.checkedShare * w.verificationsPeak) / 3, w.checkedShare * w.verificationsPeak);
    const grown = above('users', world.users, 100e3, scaling);
    const global = atLeast('users', world.users, 10e6, scaling);
    const multiRegion = b.place.regions.length > 1;

    b.oneMachineUntil(
      [atLeast('availability', world.availability, 0.9995, assumed('22 minutes a month')), 'nobody gets in while the machine is lost'],
      [grown, 'hashes of a busy minute fill one machine'],
    );

    const tokens = b.service('tokens', {
      does: 'sign-in by provider and one-time code, refresh, logout, checks for gateways; alone holds the signing key',
      tier: 'tokens',
      perPod: { requestsPerSecond: capacity(500, assumed('one signature of RSA 2048 and two rows a request')) },
      pod: pod(1, 1),
      podsAtLeast: 3,
    });
    const passwords = b.decide('where passwords are hashed', [
      when(grown, 'pods and nodes of their own', 'a flood of sign-ins must not stop those who are in from renewing their tokens', () =>
        b.service('passwords', {
          does: 'hashes and compares passwords with Argon2id, counts failures',
          tier: 'hashing',
          perPod: { requestsPerSecond: capacity(4 / w.hashSeconds, derived(of('low-level-design'), 'the hash is all of its time')) },
          // Four hashes at once, 64 MiB each.
          pod: { vcpu: 4, memoryBytes: 4 * 64 * MIB + 768 * MIB, source: assumed('64 MiB a hash, four at once, and the process') },
        }),
      ),
      otherwise('pods of their own on the machine', 'a hash never waits in the queue of a refresh', () =>
        b.service('passwords', {
          does: 'hashes and compares passwords with Argon2id, counts failures',
          tier: 'tokens',
          perPod: { requestsPerSecond: capacity(1 / w.hashSeconds, derived(of('low-level-design'), 'the hash is all of its time')) },
          pod: pod(1, 0.5),
        }),
      ),
      reject('bcrypt', 'it takes no memory, so graphics cards guess it cheaply', of('low-level-design')),
      reject(
        'Amazon Cognito',
        'takes the hashing and its price away; what is asked for is the system that does it',
        assumed('a service to buy'),
      ),
    ]);

    // Who they are: one database decides that an address of mail is unique.
    const userBytes = w.users * USER_BYTES;
    const postgres = { engine: 'postgres', queriesPerVcpu: QUERIES_PER_VCPU } as const;
    const identity = { ...postgres, holds: 'users, provider links, roles, outbox of registrations', bytes: userBytes, pitrDays: 35 };
    const hot = capacity(userBytes / 4 + 1e9, assumed('users of a month, and 1 GB for the server'));
    const signInBytes = 4 * w.signIns * SIGN_IN_BYTES;
    const regional = (sharding?: 'by hash') => ({
      users: b.relational('users', { ...identity, topology: 'aurora', hotBytes: hot, readersAtLeast: 2, multiRegion, sharding }),
      signIns: b.relational('sign-ins', {
        ...postgres,
        holds: 'sign-ins by user and device, partitioned by date; hash of the refresh token',
        topology: 'multi-az',
        strongReads: true,
        bytes: signInBytes,
        hotBytes: capacity(w.signIns * SIGN_IN_BYTES + 1e9, assumed('those that live, and 1 GB for the server')),
        largestTable: { rows: 4 * w.signIns, limit: USER_ROWS },
        sharding,
      }),
    });
    const { users, signIns } = b.decide('users and sign-ins', [
      when(
        above('users', world.users, USER_ROWS.value, USER_ROWS.source),
        'Aurora over both regions, sharded by user',
        'a row of an address lies on the shard that its hash names, so it stays unique',
        () => regional('by hash'),
      ),
      when(
        global,
        'Aurora over both regions, sign-ins in each',
        'a chain of tokens is renewed where it began; users are read near and written once',
        () => regional(),
      ),
      when(grown, 'Aurora with two readers', 'profiles are read from readers, tokens from the writer', () => {
        const one = b.relational('users', {
          ...identity,
          bytes: userBytes + signInBytes,
          topology: 'aurora',
          hotBytes: hot,
          readersAtLeast: 2,
        });
        return { users: one, signIns: one };
      }),
      otherwise('one PostgreSQL', 'users, sign-ins and outbox commit together', () => {
        const one = b.relational('users', { ...identity, bytes: userBytes + signInBytes, topology: 'single', hotBytes: hot, pitrDays: 7 });
        return { users: one, signIns: one };
      }),
      reject('MongoDB', 'a unique address of mail asks for strong consistency', row),
    ]);
    signIns.alarm('connections', 400, assumed('pools of all pods open; the next one waits'));

    const redis = (topology?: 'cluster') =>
      b
        .cache('revoked', {
          holds: 'revoked token ids, failures by account and address, sign-ins just used, states of providers',
          bytes: 200 * (w.signIns / 10 + w.loginsPeak * 30 * MINUTE),
          opsPerNode: capacity(100e3, assumed('small values')),
          topology,
          eviction: 'noeviction',
        })
        .alarm('memory used', 0.7, assumed('full, it refuses sign-ins; a third is time to grow'));
    const state = b.decide('state of tokens in memory', [
      when(global, 'Redis Cluster', 'what a gateway checks answers in a millisecond, whatever a flood of sign-ins counts', () =>
        redis('cluster'),
      ),
      when(grown, 'Redis with a stand-in', 'a lost primary costs sign-ins a few seconds, and tokens nothing', () => redis()),
      otherwise('rows of the database', 'a handful of sign-ins a second', () => undefined),
      reject('evicting what is old', 'a revoked token would be good again', failure),
    ]);

    // Verification goes on without any of this: keys are files.
    const keys = b.objectStore('public-keys', {
      holds: 'public keys of the signatures (JWKS), and those of the next rotation',
      bytes: 1e4,
      objectBytes: 5e3,
    });
    b.decide('verification of access tokens', [
      otherwise('by public keys, where they are used', 'no call, no load, and it goes on while nobody can sign in', () => {
        const published = b.edge('keys', { serves: 'public keys for every verifying service', ttlSeconds: 300, hitRatio: 0.99 });
        // Assumed: a verifying process for each hundred verifications a second asks every five minutes.
        const asked = steady(Math.max(0.1, w.verificationsPeak / 100 / 300));
        b.clients.routesTo(published, asked, { returns: 5e3 });
        published.reads(keys, times(asked, 0.01), { returns: 5e3 });
      }),
      reject('by asking the service', '50K calls a second in 20 ms, and every service down with it', of('README')),
      reject('opaque tokens', 'the same', row),
    ]);
    b.job('key-rotation', {
      does: 'publishes the next key a day before it signs',
      tier: 'tokens',
      schedule: '0 3 * * 0',
      pod: pod(0.1, 0.125),
      source: assumed('weekly'),
    })
      .reads(keys, steady(1e-6))
      .writes(keys, steady(1e-6), { sends: 5e3 });

    // Floods end before the application: a limit by address, and the five failures of an account.
    const behind = b.decide('way in', [
      when(
        global,
        'Global Accelerator before balancers with a firewall',
        'the nearest edge, and the other region within a minute of a loss',
        () => b.accelerator('anycast'),
      ),
      otherwise('balancer with a firewall', 'one region', () => undefined),
      reject(
        'CloudFront',
        'has the firewall too and enters as near; what it would cache is the keys alone, which have a distribution of their own',
        assumed('answers differ by person'),
      ),
      reject('limits in the application', 'a request that reaches it has cost most already', failure),
    ]);
    // Ten thousand sign-ins of one address are an attack; offices and carriers share one.
    const front = b.front('web', { layer: 7, behind, firewall: { requestsPerAddress: 10_000 } });
    front
      .routesTo(tokens, social, { sends: 1e3, returns: PAIR_BYTES })
      .routesTo(tokens, refreshes, { sends: 1e3, returns: PAIR_BYTES })
      .routesTo(tokens, checks, { sends: 1e3, returns: 200 })
      .routesTo(passwords, hashes, { sends: 500, returns: PAIR_BYTES })
      .routesTo(passwords, registrations, { sends: 1e3, returns: PAIR_BYTES });
    front.alarm('latency p99', 0.5, of('requirements'));

    const signed = times(hashes, 1 / (1 + w.wrongShare));
    passwords.calls(tokens, signed, { sends: 300, returns: PAIR_BYTES }).reads(users, hashes, { returns: 500 });
    if (state) {
      passwords.reads(state, times(hashes, 2)).writes(state, times(hashes, w.wrongShare));
      tokens.reads(state, checks, { returns: 50 }).reads(state, refreshes).writes(state, refreshes);
    } else passwords.writes(users, times(hashes, w.wrongShare));
    // An old token that comes back after its grace of 10 to 30 s ends its whole chain: the row knows the last one.
    tokens.reads(signIns, refreshes).writes(signIns, refreshes).writes(signIns, logins).reads(users, social, { returns: 500 });
    const provider = (id: string, host: string, part: number) =>
      tokens.calls(b.external(id, { does: 'tells who somebody is (OpenID Connect)', host, source: row }), times(social, part), {
        sends: 1e3,
        returns: 3e3,
        soft: true,
      });
    provider('google', 'oauth2.googleapis.com', 0.7);
    provider('apple', 'appleid.apple.com', 0.3);

    // A registration touches the database alone; what follows leaves it by the outbox.
    passwords.writes(users, times(registrations, 2), { sends: USER_BYTES });
    const publish = b.worker(
      'outbox-publisher',
      'hands registrations over, again and again until they are taken',
      capacity(200, assumed('batches of the outbox')),
      {
        scaleOn: 'cpu',
        podsAtLeast: 1,
      },
    );
    publish.reads(users, times(registrations, 1)).writes(users, registrations);
    const events = b.decide('events of accounts', [
      when(
        above('events per second', world.registrationsPerDay / DAY, 1e3, assumed('a cluster costs less than that many messages')),
        'Kafka',
        'mail, billing and whoever comes later read one log',
        () =>
          b.kafka('accounts', {
            topics: [
              { name: 'accounts', partitions: 12 * Math.ceil((2 * registrations.peak) / MAILED.value / 12), retentionSeconds: 7 * DAY },
            ],
            retentionSeconds: 7 * DAY,
            messagesPerBroker: capacity(50e3, assumed('small messages')),
          }),
      ),
      otherwise('queue', 'a registration every few seconds; a broker would idle', () =>
        b
          .queue('accounts', { holds: 'new users, for mail and billing', maxReceives: 10, retentionSeconds: 7 * DAY })
          .alarm('oldest message', 600, assumed('somebody waits for the mail that confirms')),
      ),
    ]);
    publish.publishes(events, registrations, { sends: 1e3 });
    const mailer = b.worker('mailer', 'welcome, confirmation, reset', MAILED);
    mailer.consumes(events, registrations, { returns: 1e3 });
    mailer.sends(b.channel('mail', { medium: 'email', messageBytes: 10e3 }), times(registrations, 2), { sends: 10e3 });

    // Who did what, for a year: SOC 2 asks for it, erasure takes the person out and leaves the pseudonym.
    const audit = b.objectStore('audit', {
      holds: 'sign-ins, failures, changes and administration, by pseudonym, an object a minute',
      bytes: 300 * DAY * 365 * (logins.average + refreshes.average) + 1e6,
      objectBytes: 1e6,
      versioned: true,
      lockYears: 1,
    });
    const trail = rate(1 / MINUTE, 1);
    tokens.writes(audit, trail, { sends: 300 * MINUTE * (logins.average + refreshes.average), soft: true });
    b.job('erasure', {
      does: 'forgets people who asked for it, drops old partitions of sign-ins',
      tier: 'tokens',
      schedule: '0 4 * * *',
      pod: pod(0.25, 0.25),
      source: of('requirements'),
    })
      .reads(users, steady(1e-3))
      .writes(users, steady(1e-3))
      .writes(signIns, steady(1e-2));
  },

  claims: [
    claim('nodes', 'horizontal', 'nodes of the service', [3, 10], 'nodes', scaling).against(
      (e) => e.nodes(),
      'No size is given. Hashes of a spike of 200 sign-ins a second keep 42 processors busy; between spikes three nodes of each tier are left.',
    ),
    claim(
      'busy-cores',
      'seed-002',
      'processors that hash',
      1000,
      'vCPU',
      derived(of('README'), '2K sign-ins a second, 500 ms each'),
    ).against(
      (e) => e.figure('hashesPeak') * e.figure('hashSeconds'),
      'All by password and all right. A third comes from providers, a fifth is wrong and hashed once more, a hash takes half as long.',
    ),
    claim('verification', 'seed-002', 'verifications per second that reach the service', 50e3, 'per second', of('README')).against(
      (e) => e.figure('verificationsPeak') * e.figure('checkedShare'),
      'Verified where they are used; only critical calls are checked for revocation.',
    ),
  ],
});
