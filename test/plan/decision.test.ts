import { choose, otherwise, reject, when } from '../../plan/decision';
import { docs } from '../../plan/source';
import { atLeast } from '../../plan/trigger';

const source = docs('a case study', '2026-01-01');

const queueFor = (messages: number) => [
  when(atLeast('messages per second', messages, 10_000, source), 'Kafka', 'replay and volume', () => 'kafka'),
  when(atLeast('messages per second', messages, 100, source), 'RabbitMQ', 'routing and retry', () => 'rabbitmq'),
  otherwise('inline', 'few messages', () => 'inline'),
];
const decide = (messages: number) => choose('events', queueFor(messages)).decision;

test.each([
  [20_000, 'Kafka', 'kafka'],
  [10_000, 'Kafka', 'kafka'],
  [5000, 'RabbitMQ', 'rabbitmq'],
  [1, 'inline', 'inline'],
])('at %i messages a second the first option that fires is %s', (messages, name, built) => {
  const { decision, option } = choose('events', queueFor(messages));
  expect([decision.chosen, option.build()]).toEqual([name, built]);
});

test('only the option that is chosen may be built', () => {
  const refuse = () => {
    throw new Error('built');
  };
  expect(() =>
    choose('events', [when(atLeast('messages', 1, 10, source), 'Kafka', 'volume', refuse), otherwise('inline', 'few', () => 1)]),
  ).not.toThrow();
});

test('the reason tells the trigger and its source', () => {
  expect(decide(5000).because).toBe('routing and retry (messages per second: 5K, threshold 100; a case study)');
});

test('options above are not yet needed, options below outgrown', () => {
  expect(decide(5000).rejected).toEqual([
    { option: 'Kafka', because: 'not yet needed: messages per second: 5K, threshold 10K' },
    { option: 'inline', because: 'outgrown: messages per second: 5K, threshold 100' },
  ]);
});

test('alternatives are turned down on their merits', () => {
  const { decision } = choose('events', [...queueFor(1), reject('a table', 'polls', source)]);
  expect(decision.rejected.at(-1)).toEqual({ option: 'a table', because: 'polls (a case study)' });
});

test('the next option is the one just above, with the growth that forces it', () => {
  expect(decide(5000).next).toEqual({ option: 'Kafka', metric: 'messages per second', value: 5000, threshold: 10_000, distance: 2 });
  expect(decide(10).next).toMatchObject({ option: 'RabbitMQ', distance: 10 });
});

test('at the top there is no next', () => {
  expect(decide(20_000)).not.toHaveProperty('next');
});

test('from zero no growth leads to the next option', () => {
  expect(decide(0).next).toMatchObject({ option: 'RabbitMQ', distance: null });
});

test('a decision without a way out is a defect of the system', () => {
  expect(() => choose('events', queueFor(1).slice(0, 2))).toThrow('decision "events" has no option without a trigger');
});
