import { Blueprint } from '../../plan/blueprint';
import { docs } from '../../plan/source';
import { HOME_REGION, oneRegion } from '../../plan/regions';
import { rate, steady } from '../../plan/units';
import { otherwise } from '../../plan/decision';

const blueprint = () => new Blueprint({ zones: 3, region: { name: HOME_REGION, share: 1, role: 'active' }, regions: oneRegion });
const queue = { holds: 'mails', maxReceives: 5 };

test('an id is declared once', () => {
  const b = blueprint();
  b.queue('mails', queue);
  expect(() => b.queue('mails', queue)).toThrow('part "mails" is declared twice');
});

test('kinds share one set of ids', () => {
  const b = blueprint();
  b.queue('mails', queue);
  expect(() => b.channel('mails', { medium: 'email', messageBytes: 1e4 })).toThrow('part "mails" is declared twice');
});

test.each(['Mails', 'm', '2nd-queue', 'dead_letters', 'dead letters', '-mails', '', 'a'.repeat(32)])('"%s" is no id', (id) => {
  expect(() => blueprint().queue(id, queue)).toThrow(`part id "${id}" must be kebab case`);
});

test.each(['mails', 'dead-letters', 'q2', 'a'.repeat(31)])('"%s" is an id', (id) => {
  expect(blueprint().queue(id, queue).id).toBe(id);
});

test('parts are sized from every flow that reaches them, whenever it was declared', () => {
  const b = blueprint();
  const mails = b.queue('mails', queue);
  const [web, jobs] = ['web', 'jobs'].map((id) => b.external(id, { does: 'asks', host: 'example.com', source: docs('x', '2026-01-01') }));
  web!.publishes(mails, rate(1, 10));
  jobs!.publishes(mails, rate(2, 5));
  const sized = b.size().find((p) => p.id === 'mails')!;
  expect(sized.load.writes).toEqual(rate(3, 15));
});

test.each([
  ['reads', 200, 500],
  ['writes', 500, 100],
  ['publishes', 500, 100],
  ['sends', 500, 100],
  ['calls', 200, 500],
  ['consumes', 200, 500],
  ['routesTo', 200, 500],
] as const)('%s moves %i bytes there and %i back unless told otherwise', (verb, sends, returns) => {
  const b = blueprint();
  const mails = b.queue('mails', queue);
  b.clients[verb](mails, steady(1))[verb](mails, steady(1), { sends: 7, returns: 9 });
  expect(b.flows.map((f) => [f.sentBytes, f.returnedBytes])).toEqual([
    [sends, returns],
    [7, 9],
  ]);
});

test('an alarm belongs to the part that asked for it', () => {
  const b = blueprint();
  const source = docs('a case study', '2026-01-01');
  b.queue('mails', queue).alarm('queue depth', 100, source);
  expect(b.alarms).toEqual([{ part: 'mails', watched: 'queue depth', threshold: 100, source }]);
});

test('a decision is recorded and builds what it chose', () => {
  const b = blueprint();
  const built = b.decide('mails', [otherwise('SQS', 'few mails', () => b.queue('mails', queue))]);
  expect([built.id, b.decisions.map((d) => d.chosen)]).toEqual(['mails', ['SQS']]);
});
