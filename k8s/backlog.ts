import { metricNameOutput } from '../plan/endpoints';
import type { Part } from '../plan/sizing';
import type { Flow } from '../plan/flow';
import { type Cell, stackOutput } from './cell';

/** Messages that wait for a consumer, as CloudWatch is asked for them. */
export interface Backlog {
  expression: string;
  /** Part of its messages that one broker of the part holds, 0 to 1. */
  share: number;
}

/** A search adds up what there is: topics a group does not read and queues without messages have no metric. */
const sum = (dimensions: string, ...terms: string[]): string => `SUM(SEARCH('{${dimensions}} ${terms.join(' ')}', 'Maximum', 60))`;
const is = (name: string, value: string): string => `${name}="${value}"`;

/**
 * What waits for a consumer in the brokers it consumes from, one for each broker there is.
 * @throws {Error} for a service that consumes nothing, or from a queue that is not there: defects of the system file
 */
export function backlogsOf(cell: Cell, consumer: string): Backlog[] {
  const { parts, flows } = cell.deployment;
  const backlogs = parts.flatMap((part) => {
    const consumed = flows.filter((f) => f.from === consumer && f.to === part.id && f.verb === 'consumes');
    return consumed.length > 0 ? backlogsIn(cell, part, consumed) : [];
  });
  if (backlogs.length === 0) throw new Error(`service "${consumer}" scales on queue depth but consumes from no queue`);
  return backlogs;
}

function backlogsIn(cell: Cell, part: Part, consumed: readonly Flow[]): Backlog[] {
  const names = stackOutput(cell, 'data', metricNameOutput(part)).split(',');
  const search = (name: string): string | undefined => {
    switch (part.kind) {
      case 'queue':
        return sum('AWS/SQS,QueueName', is('MetricName', 'ApproximateNumberOfMessagesVisible'), is('QueueName', name));
      case 'kafka':
        // A service consumes in a group of its own name.
        return sum(
          'AWS/Kafka,"Cluster Name","Consumer Group",Topic',
          is('MetricName', 'SumOffsetLag'),
          is('"Cluster Name"', name),
          is('"Consumer Group"', consumed[0]!.from),
        );
      case 'rabbitmq':
        return sum(
          'AWS/AmazonMQ,Broker,Queue,VirtualHost',
          is('MetricName', 'MessageReadyCount'),
          is('Broker', name),
          queuesOf(part, consumed),
        );
      default:
        return undefined;
    }
  };
  return names.flatMap((name) => {
    const expression = search(name);
    return expression ? [{ expression, share: 1 / names.length }] : [];
  });
}

/** The queues that flows name, or every queue of the part but those of dead letters, which nobody consumes. */
function queuesOf({ id, queues }: Extract<Part, { kind: 'rabbitmq' }>, consumed: readonly Flow[]): string {
  const known = queues.map(({ name }) => name);
  const named = consumed.flatMap(({ queue }) => queue ?? known);
  const unknown = named.find((name) => !known.includes(name));
  if (unknown) throw new Error(`"${consumed[0]!.from}" consumes queue "${unknown}" of "${id}", which has ${known.join(', ')}`);
  return `(${[...new Set(named)].map((name) => is('Queue', name)).join(' OR ')})`;
}
