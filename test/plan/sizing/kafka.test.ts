import { type KafkaSpec, sizeKafka } from '../../../plan/sizing/kafka';
import { DAY, GIB, MIB } from '../../../plan/units';
import { carries, loadOf } from './load';

const topic = (partitions: number) => ({ name: 'events', partitions, retentionSeconds: DAY });
const spec: KafkaSpec = { topics: [topic(24)], retentionSeconds: DAY, messagesPerBroker: carries(100e3) };
const size = (more: Partial<KafkaSpec>, writes: number, bytesWritten: number, zones = 3, bytesOut = 0) =>
  sizeKafka('events', { ...spec, ...more }, { zones, load: loadOf({ writes, bytesIn: bytesWritten, bytesWritten, bytesOut }) });

test('a quiet log still has a broker a zone and three copies', () => {
  const part = size({}, 1, 100);
  expect([part.count, part.size, part.replication]).toEqual([3, 'kafka.m7g.large', 3]);
});

test('in one zone it has two brokers and two copies, so that one may fail', () => {
  const part = size({}, 1, 100, 1);
  expect([part.count, part.replication]).toEqual([2, 2]);
});

test('20 MB/s over 7.2 x 0.75 are 4 small brokers with a zone lost, so 6', () => {
  const part = size({}, 1, 20e6);
  expect([part.count, part.size, part.binding]).toEqual([6, 'kafka.m7g.large', 'ingress']);
});

test('six small brokers rather than three large ones for the same money', () => {
  expect(size({}, 1, 21.6e6)).toMatchObject({ count: 6, size: 'kafka.m7g.large' });
});

test('past six the cheapest: 96 MB/s are 27 large of 2 vCPU rather than 15 xlarge of 4', () => {
  const part = size({}, 1, 96e6);
  expect([part.count, part.size]).toEqual([27, 'kafka.m7g.large']);
});

test('replicas of partitions count against a broker: 1000 x 3 over 1000 x 0.75 are 4 left of 6', () => {
  const part = size({ topics: [topic(600), { ...topic(400), name: 'more' }] }, 1, 100);
  expect([part.count, part.binding]).toEqual([6, 'partitions']);
});

test('a long retention binds by storage, and its disks hold what is kept', () => {
  const days = 30;
  const part = size({ retentionSeconds: days * DAY }, 1, 30 * MIB);
  const kept = 10 * MIB * days * DAY * 3;
  expect(part.storageGibPerBroker * part.count * 0.75).toBeGreaterThanOrEqual(kept / GIB);
  expect(part.storageGibPerBroker).toBeLessThanOrEqual(16_384);
});

test('what consumers ask with is neither ingress nor kept', () => {
  const load = loadOf({ writes: 1, bytesIn: 100e6, bytesWritten: 1000 });
  expect(sizeKafka('events', spec, { zones: 3, load })).toMatchObject({ count: 3, storageGibPerBroker: 100 });
});

test('many consumers bind by what leaves a broker: 2 left of 3 have 0.937 Gbit/s, 2 x 117 MB/s x 0.75 = 175 MB/s', () => {
  const left = 2 * ((0.937e9 / 8) * 0.75);
  expect([1, 1.001].map((share) => size({}, 1, 0, 3, left * share).count)).toEqual([3, 6]);
  expect(size({}, 1, 1e6, 3, 100e6).binding).toBe('network');
});

test('followers fetch two copies of a message from its leader', () => {
  const { dimensions } = size({}, 1, 1e6, 3, 5e6);
  const demand = (name: string) => dimensions.find((d) => d.name === name)!.demand;
  expect([demand('network'), demand('volume writes')]).toEqual([7e6, 3e6]);
});

test('the largest brokers write less than they take in: their volumes have 250 MiB/s for three copies of 115.4 MB/s', () => {
  const { dimensions, size: type } = size({}, 1, 5.4e9);
  expect(type).toBe('kafka.m7g.8xlarge');
  expect(dimensions.find((d) => d.name === 'volume writes')!.perUnit).toBe(250 * MIB);
});

test('past 180 brokers another cell is needed: 180 of them have 120 left, 100K x 0.75 x 120 = 9M messages/s', () => {
  expect([9e6, 9.01e6].map((writes) => size({}, writes, 100).cellsNeeded)).toEqual([1, 2]);
});
