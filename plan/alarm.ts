import type { Source } from './source';

/** What an alarm watches, in words of the field; constructs know the metric of each service behind them. */
export type Watched =
  | 'cpu' // share, 0-1
  | 'memory used' // share, 0-1
  | 'storage used' // share, 0-1
  | 'hit ratio' // share, 0-1; alarms below the threshold
  | 'evictions' // per minute
  | 'connections' // open, per node
  | 'latency p99' // seconds
  | 'error share' // 0-1
  | 'replication lag' // seconds
  | 'queue depth' // messages
  | 'dead letters' // messages
  | 'oldest message' // seconds
  | 'consumer lag' // messages
  | 'downtime' // seconds that a job has not run
  | 'checkpoint time'; // seconds that the last checkpoint took

/** A threshold worth waking somebody, or a ticket. */
export interface Alarm {
  part: string;
  watched: Watched;
  threshold: number;
  source: Source;
}
