import { type KafkaSpec, sizeKafka } from '../../../plan/sizing/kafka';
import { DAY, GIB, MIB } from '../../../plan/units';
import { carries, loadOf } from './load';

const topic = (partitions: number) => ({ name: 'events', partitions, retentionSeconds: DAY });
const spec: KafkaSpec = { topics: [topic(24)], retentionSeconds: DAY, messagesPerBroker: carries(100e3) };
const size = (more: Partial<KafkaSpec>, writes: number, bytesIn: number, zones = 3) =>
  sizeKafka('events', { ...spec, ...more }, { zones, load: loadOf({ writes, bytesIn }) });

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

test('past 60 brokers another cell is needed: 60 of them have 40 left, 100K x 0.75 x 40 = 3M messages/s', () => {
  expect([3e6, 3.01e6].map((writes) => size({}, writes, 100).cellsNeeded)).toEqual([1, 2]);
});
