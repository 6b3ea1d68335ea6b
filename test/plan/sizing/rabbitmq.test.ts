import { sizeRabbitmq } from '../../../plan/sizing/rabbitmq';
import { GIB } from '../../../plan/units';
import { carries, loadOf } from './load';

const size = (writes: number, zones = 3, backlogBytes?: number) =>
  sizeRabbitmq('tasks', { queues: [], messagesPerBroker: carries(20e3), backlogBytes }, { zones, load: loadOf({ writes }) });

test('a quarter of the vCPUs carry a quarter of the messages: 20K x 0.25 x 0.75 = 3750/s', () => {
  expect([3750, 3751].map((writes) => size(writes).brokerType)).toEqual(['mq.m5.large', 'mq.m5.xlarge']);
});

test('three nodes where zones must be survived, one where not', () => {
  expect([size(100), size(100, 1)].map((p) => [p.count, p.deployment])).toEqual([
    [3, 'CLUSTER_MULTI_AZ'],
    [1, 'SINGLE_INSTANCE'],
  ]);
});

test('every message is on all three nodes: a lost one costs no capacity', () => {
  const part = size(3000);
  expect(part.utilisationZoneLost).toBe(part.utilisation);
});

test('a micro broker is for one zone only', () => {
  expect([size(100, 1), size(100, 3)].map((p) => p.brokerType)).toEqual(['mq.t3.micro', 'mq.m5.large']);
});

test('a backlog waits in 40 % of memory: 2.4 GiB of 8 x 0.4 x 0.75', () => {
  expect([2.4, 2.5].map((gib) => size(1, 3, gib * GIB).brokerType)).toEqual(['mq.m5.large', 'mq.m5.xlarge']);
});

test('past the largest broker, 15K/s, there are several, each a cluster of its own', () => {
  const parts = [15e3, 15_001, 31e3].map((writes) => size(writes));
  expect(parts.map((p) => [p.shards, p.count, p.cellsNeeded])).toEqual([
    [1, 3, 1],
    [2, 6, 1],
    [3, 9, 1],
  ]);
  expect(parts[2]).toMatchObject({ brokerType: 'mq.m5.2xlarge', utilisation: 31 / 60 });
});

test('past 40 brokers another cell is needed', () => {
  expect([600e3, 601e3].map((writes) => size(writes).cellsNeeded)).toEqual([1, 2]);
});
