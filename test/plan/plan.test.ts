import { InputError } from '../../plan/input-error';
import { type Plan, plan } from '../../plan/plan';
import { system } from '../../plan/system';
import { loadSystem } from '../../systems';
import { tiny } from './tiny-system';

const only = (p: Plan) => p.deployments[0]!;
const podsOf = (p: Plan) => p.deployments.flatMap((d) => d.parts).map((part) => (part.kind === 'service' ? part.pods.peak : 0));

test('growth: 1M users ask 3000 times a second; 3000 / (100 x 0.8) = 38 pods left with a zone lost, so 57', () => {
  const planned = plan(tiny, 'growth');
  expect(planned.headline).toEqual({ users: 1e6, peak: 3000 });
  expect(podsOf(planned)).toContain(57);
});

test('figures of the command line replace those of the stage', () => {
  const planned = plan(tiny, 'growth', { users: 2e6 });
  expect(planned.workload).toMatchObject({ users: 2e6, requestsPeak: 6000 });
  expect(podsOf(planned)).toContain(113);
});

test('one zone keeps 99.5 %, so what promises more has three', () => {
  expect([plan(tiny, 'launch'), plan(tiny, 'growth')].map((p) => only(p).zones)).toEqual([1, 3]);
  expect([0.995, 0.9951].map((availability) => only(plan(tiny, 'growth', { availability })).zones)).toEqual([1, 3]);
});

test('one machine is in one zone, whatever is promised', () => {
  expect(only(plan(loadSystem('marketplace'), 'traction'))).toMatchObject({ platform: 'k3s', zones: 1, workload: { availability: 0.999 } });
});

test('a system without people has none in its headline', () => {
  const headless = system('headless', { ...tiny, headline: { peak: 'requestsPeak' } } as never);
  expect(plan(headless, 'growth').headline).toEqual({ peak: 3000 });
});

describe('regions', () => {
  const world = plan(tiny, 'growth', { users: 2e9, requestsPerPod: 1e5 });

  test('each gets its share of the shared figures and all of the others', () => {
    expect(
      world.deployments.map(({ region, cells, workload }) => [region.name, Math.round(cells * workload.users!), workload.requestsPerPod]),
    ).toEqual([
      ['us-east-1', 1.2e9, 1e5],
      ['eu-west-1', 0.8e9, 1e5],
    ]);
  });

  test('the figures of the plan are the whole world', () => {
    expect(world.workload.users).toBe(2e9);
  });

  test('another home moves the first of them', () => {
    const moved = plan(tiny, 'growth', { users: 2e9, requestsPerPod: 1e5 }, 'sa-east-1');
    expect(moved.deployments.map((d) => d.region.name)).toEqual(['sa-east-1', 'eu-west-1']);
  });
});

describe('cells', () => {
  test('a table past its raised quota of 1M units/s, 80 % full, is split: 1.5M reads x 0.5 units fit, 3M do not', () => {
    expect([500e6, 1000e6].map((users) => only(plan(tiny, 'growth', { users, requestsPerPod: 1e5 })).cells)).toEqual([1, 2]);
  });

  test('grow until every part fits, each with an equal share of the traffic', () => {
    for (const users of [10e6, 100e6, 300e6, 900e6]) {
      const { cells, parts, workload } = only(plan(tiny, 'growth', { users }));
      expect(parts.map((p) => p.cellsNeeded)).toEqual(parts.map(() => 1));
      expect(workload.users! * cells).toBeCloseTo(users);
    }
  });

  test('never shrink as users grow', () => {
    const cells = Array.from({ length: 12 }, (_, i) => only(plan(tiny, 'growth', { users: 1e6 * 2 ** (i / 1.15) })).cells);
    expect(cells).toEqual([...cells].sort((a, b) => a - b));
    expect(cells.at(-1)).toBeGreaterThan(1);
  });

  test('a workload that no number of cells carries is refused', () => {
    expect(() => plan(tiny, 'growth', { users: 1e17 })).toThrow(InputError);
    expect(() => plan(tiny, 'growth', { users: 1e17 })).toThrow('in us-east-1 needs more than 64 cells');
  });
});

describe('a plan is plain data', () => {
  const before = JSON.stringify(tiny.stages);
  const set = Object.freeze({ users: 5e6 });
  const twice = [plan(tiny, 'growth', set), plan(tiny, 'growth', set)] as const;

  test('the same input gives the same plan', () => {
    expect(twice[0]).toEqual(twice[1]);
  });
  test('planning changes neither the system nor another plan', () => {
    expect(JSON.stringify(tiny.stages)).toBe(before);
    twice[0].deployments[0]!.parts.pop();
    expect(plan(tiny, 'growth', set)).toEqual(twice[1]);
  });
  test('it survives JSON', () => {
    expect(JSON.parse(JSON.stringify(twice[1]))).toEqual(twice[1]);
  });
});

describe('a mistake is an InputError of one line', () => {
  const growth = (set: Record<string, number>, home?: string) => () => plan(tiny, 'growth', set, home);
  test.each([
    ['unknown stage', () => plan(tiny, 'grwth'), 'unknown stage "grwth" of tiny; did you mean "growth"?'],
    ['stage that every object has', () => plan(tiny, 'toString'), 'unknown stage "toString" of tiny'],
    ['unknown figure', growth({ user: 1 }), 'unknown figure "user" of tiny; did you mean "users"?'],
    ['figure that every object has', growth({ constructor: 1 } as never), 'unknown figure "constructor" of tiny'],
    ['unknown region', growth({}, 'eu-wst-1'), 'unknown region "eu-wst-1"; did you mean "eu-west-1"?'],
    ['negative figure', growth({ users: -1 }), 'figure "users" is -1; it takes a number of 0 or more (users)'],
    ['figure that is no number', growth({ users: NaN }), 'figure "users" is NaN; it takes a number of 0 or more (users)'],
    ['infinite figure', growth({ users: Infinity }), 'figure "users" is Infinity; it takes a number of 0 or more (users)'],
    ['ratio above one', growth({ availability: 99.9 }), 'figure "availability" is 99.9; a ratio takes 0 to 1'],
    ['wish that is neither yes nor no', growth({ audited: 2 }), 'figure "audited" is 2; a yes or no (1 or 0) takes 0 to 1'],
    ['absurd figure', growth({ users: 1e19 }), 'figure "users" is 10000000000000000000; it takes at most 1e18 (users)'],
    [
      'peak below the average',
      growth({ requestsPeak: 1 }),
      'the figures contradict each other: clients routes web 1000 times a second on average, 1 at peak',
    ],
    ['capacity of nothing', growth({ requestsPerPod: 0 }), 'in us-east-1 needs more than 64 cells'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(InputError);
    expect(act).toThrow(message);
    expect(act).not.toThrow('\n');
  });

  test('a figure that works out as no number names itself', () => {
    const divided = system('divided', {
      ...tiny,
      workload: tiny.workload.and({
        perUser: { unit: 'per user', description: 'share', value: (w: Record<string, number>) => w.users! / w.users! },
      } as never),
    } as never);
    expect(() => plan(divided, 'growth', { users: 0 })).toThrow(
      'figure "perUser" works out as NaN; change the figures it is computed from',
    );
  });
});

test('zero users are a plan too, the smallest there is', () => {
  expect(podsOf(plan(tiny, 'growth', { users: 0 }))).toContain(3);
});
