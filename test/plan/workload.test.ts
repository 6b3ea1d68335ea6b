import { docs } from '../../plan/source';
import { figure, type Figure, type Unit, UNITS, Workload } from '../../plan/workload';

const source = docs('a case study', '2026-01-01');
const workload = Workload.of({
  dailyActiveUsers: figure('users', 'people a day'),
  actionsPerUser: figure('per user', 'actions a day', 10, source),
  images: figure('items', 'images kept', 1000, source),
}).and({
  actionsPerDay: figure('per day', 'actions', (w) => w.dailyActiveUsers * w.actionsPerUser, source),
});

test('figures follow from those stated', () => {
  expect(workload.resolve({ dailyActiveUsers: 500 })).toEqual({
    dailyActiveUsers: 500,
    actionsPerUser: 10,
    images: 1000,
    actionsPerDay: 5000,
  });
});

test('a stated figure wins over its formula and over its value', () => {
  const { actionsPerUser, actionsPerDay } = workload.resolve({ dailyActiveUsers: 500, actionsPerUser: 2, actionsPerDay: 7 });
  expect([actionsPerUser, actionsPerDay]).toEqual([2, 7]);
});

test('zero is a statement too', () => {
  expect(workload.resolve({ dailyActiveUsers: 500, images: 0 }).images).toBe(0);
});

test('later figures may build on computed ones', () => {
  const more = workload.and({ actionsPerSecond: figure('per second', 'actions', (w) => w.actionsPerDay / 86_400, source) });
  expect(more.resolve({ dailyActiveUsers: 8640 }).actionsPerSecond).toBe(1);
});

test('a share divides traffic and data, stated, given or computed, and leaves the rest', () => {
  expect(workload.resolve({ dailyActiveUsers: 500 }, 0.4)).toEqual({
    dailyActiveUsers: 200,
    actionsPerUser: 10,
    images: 400,
    actionsPerDay: 2000,
  });
});

test.each(Object.entries(UNITS))('a share of a quarter on the unit "%s": %j', (unit, { shared }) => {
  const one: Record<string, Figure> = { amount: figure(unit as Unit, 'an amount') };
  expect(Workload.of(one).resolve({ amount: 100 }, 0.25)).toEqual({ amount: shared ? 25 : 100 });
});

test('a figure that nobody states is a defect of the system', () => {
  expect(() => workload.resolve({})).toThrow('figure "dailyActiveUsers" has neither a value nor a formula and no stage states it');
});

describe('setting figures of a stage', () => {
  const shop = Workload.of({ users: figure('users', 'people'), hours: figure('each', 'hours a day', 10) })
    .and({ visits: figure('per day', 'visits', (w) => 2 * w.users) })
    .and({ peak: figure('per second', 'busiest', (w) => w.visits / w.hours) });

  test('what the stage states of a figure with a formula keeps its proportion to the formula', () => {
    // The formula says 200 visits; the stage states half as much again.
    expect(shop.restate({ users: 100, visits: 300 }, { users: 400 })).toEqual({ users: 400, visits: 1200 });
    expect(shop.restate({ users: 100, peak: 60 }, { users: 50, hours: 20 })).toEqual({ users: 50, hours: 20, peak: 15 });
  });

  test('what is set wins, and nothing set changes nothing', () => {
    expect(shop.restate({ users: 100, visits: 300 }, { users: 400, visits: 7 })).toEqual({ users: 400, visits: 7 });
    expect(shop.restate({ users: 100, visits: 300 }, {})).toEqual({ users: 100, visits: 300 });
  });
});
