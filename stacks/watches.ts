import type { Watchable } from '../constructs/watchable';
import type { WatchedPart } from '../constructs/watch';
import type { Deployment } from '../plan/plan';
import { alarmsOf } from './alarms';

/** Alarms of a template. Each takes up to 5 KB, and its graph 2 KB, where it reads ten nodes; CloudFormation takes 1 MB and 500 resources. */
const MOST_ALARMS = 100;

/**
 * What is watched in a cell, in lists that fit a template each; one but for caches of hundreds of nodes.
 * @throws {Error} for an alarm on a part that shows no metrics to AWS: a defect of the system file
 */
export function watchesOf(deployment: Deployment, watchable: ReadonlyMap<string, Watchable>): WatchedPart[][] {
  const lists: WatchedPart[][] = [[]];
  for (const alarm of alarmsOf(deployment)) {
    const part = watchable.get(alarm.part);
    if (!part) throw new Error(`alarm on "${alarm.watched}" of "${alarm.part}", which shows no metrics to AWS`);
    const watch = { ...alarm, metrics: part.metric(alarm.watched), because: alarm.source.title };
    const last = lists.at(-1)!;
    const alarms = last.reduce((n, { metrics }) => n + metrics.length, watch.metrics.length);
    if (last.length > 0 && alarms > MOST_ALARMS) lists.push([watch]);
    else last.push(watch);
  }
  return lists;
}
