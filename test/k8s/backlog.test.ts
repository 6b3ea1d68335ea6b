import { backlogsOf } from '../../k8s/backlog';
import { type Cell, cellsOf } from '../../k8s/cell';
import type { Flow } from '../../plan/flow';
import { steady } from '../../plan/units';
import { tinyPlan } from './tiny-system';

const DATA = 'tiny-zones-us-east-1-data';
const [zones] = cellsOf(tinyPlan('zones')) as [Cell];
const consumes = (to: string, queue?: string): Flow => ({
  ...{ from: 'mailer', to, verb: 'consumes', rate: steady(1), sentBytes: 1, returnedBytes: 1 },
  ...(queue && { queue }),
});
/** A cell whose mailer consumes from these instead. */
const consuming = (flows: Flow[], outputs: Record<string, string> = {}): Cell => ({
  ...zones,
  outputs: { [DATA]: outputs },
  deployment: { ...zones.deployment, flows: [...zones.deployment.flows.filter((f) => f.from !== 'mailer'), ...flows] },
});
const search = (cell: Cell) => backlogsOf(cell, 'mailer').map(({ expression }) => expression);

test('a queue is asked for messages nobody has taken', () => {
  expect(backlogsOf(consuming([consumes('mails')], { MailsMetricName: 'mails-1' }), 'mailer')).toEqual([
    {
      expression: `SUM(SEARCH('{AWS/SQS,QueueName} MetricName="ApproximateNumberOfMessagesVisible" QueueName="mails-1"', 'Maximum', 60))`,
      share: 1,
    },
  ]);
});

test('a log is asked for the lag of the consumer’s own group, over all topics it reads', () => {
  expect(search(consuming([consumes('events')], { EventsMetricName: 'log-1' }))).toEqual([
    `SUM(SEARCH('{AWS/Kafka,"Cluster Name","Consumer Group",Topic} MetricName="SumOffsetLag" "Cluster Name"="log-1" "Consumer Group"="mailer"', 'Maximum', 60))`,
  ]);
});

describe('a broker of queues', () => {
  test('is asked for the queues that flows name, else for all of them', () => {
    const [named] = search(consuming([consumes('tasks', 'tasks')], { TasksMetricName: 'broker-1' }));
    expect(named).toBe(
      `SUM(SEARCH('{AWS/AmazonMQ,Broker,Queue,VirtualHost} MetricName="MessageReadyCount" Broker="broker-1" (Queue="tasks")', 'Maximum', 60))`,
    );
    expect(search(consuming([consumes('tasks')], { TasksMetricName: 'broker-1' }))).toEqual([named]);
  });

  test('is several that share the messages', () => {
    const backlogs = backlogsOf(consuming([consumes('tasks')], { TasksMetricName: 'broker-1,broker-2' }), 'mailer');
    expect(backlogs.map(({ expression, share }) => [/Broker="([^"]+)"/.exec(expression)![1], share])).toEqual([
      ['broker-1', 0.5],
      ['broker-2', 0.5],
    ]);
  });

  test('has no queue that it was not declared with', () => {
    expect(() => search(consuming([consumes('tasks', 'tusks')]))).toThrow('"mailer" consumes queue "tusks" of "tasks", which has tasks');
  });
});

test('several brokers are asked, each for itself', () => {
  expect(search(consuming([consumes('mails'), consumes('events')]))).toHaveLength(2);
});

test('a name that only the stacks know stays a reference until they are deployed', () => {
  expect(search(consuming([consumes('mails')]))[0]).toContain(`QueueName="stack-output:${DATA}.MailsMetricName"`);
});

test('whoever consumes nothing has no backlog', () => {
  expect(() => backlogsOf(consuming([]), 'mailer')).toThrow('service "mailer" scales on queue depth but consumes from no queue');
});
