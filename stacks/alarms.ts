import type { Alarm, Watched } from '../plan/alarm';
import type { Deployment } from '../plan/plan';
import type { Part } from '../plan/sizing';
import { isCopy } from '../plan/copy';
import { assumed } from '../plan/source';

const usual = assumed('usual threshold of the kind of part');

/** What is watched of every part of a kind, whatever its system asks for. */
function usualAlarms(part: Part): { watched: Watched; threshold: number }[] {
  // Memcached is meant to be full.
  if (part.kind === 'cache' && part.engine === 'memcached') return [{ watched: 'cpu', threshold: 0.8 }];
  if (part.kind === 'cache')
    return [
      { watched: 'cpu', threshold: 0.8 },
      { watched: 'memory used', threshold: 0.85 },
    ];
  if (part.kind === 'relational') {
    // Aurora's storage grows by itself.
    const storage = part.topology === 'aurora' ? [] : [{ watched: 'storage used' as const, threshold: 0.85 }];
    // What a lost region takes with it, in seconds of writes.
    const lag = isCopy(part) ? [{ watched: 'replication lag' as const, threshold: 30 }] : [];
    return [{ watched: 'cpu', threshold: 0.8 }, ...storage, ...lag];
  }
  if (part.kind === 'kafka')
    return [
      { watched: 'cpu', threshold: 0.6 },
      { watched: 'storage used', threshold: 0.85 },
    ];
  if (part.kind === 'rabbitmq')
    return [
      { watched: 'cpu', threshold: 0.8 },
      { watched: 'memory used', threshold: 0.8 },
    ];
  if (part.kind === 'search')
    return [
      { watched: 'cpu', threshold: 0.8 },
      { watched: 'storage used', threshold: 0.8 },
    ];
  if (part.kind === 'machines') return [{ watched: 'error share', threshold: 0.5 }];
  if (part.kind === 'hostFleet') return [{ watched: 'error share', threshold: 0.05 }];
  if (part.kind === 'queue') return [{ watched: 'dead letters', threshold: part.deadLetterAlarm }];
  if (part.kind === 'keyValue' || part.kind === 'wideColumn' || part.kind === 'function')
    return [{ watched: 'error share', threshold: 0.01 }];
  if (part.kind === 'streamJob')
    return [
      { watched: 'cpu', threshold: 0.8 },
      { watched: 'downtime', threshold: 60 },
      // Longer than from one to the next, they are all it does.
      { watched: 'checkpoint time', threshold: part.checkpointSeconds },
    ];
  // Twice as long as it collects.
  if (part.kind === 'delivery')
    return [
      { watched: 'oldest message', threshold: 2 * part.spec.bufferSeconds },
      { watched: 'dead letters', threshold: 1 },
    ];
  if (part.kind === 'lake') return [{ watched: 'error share', threshold: 0.1 }];
  if (part.kind !== 'loadBalancer') return [];
  const slow = part.layer === 7 ? [{ watched: 'latency p99' as const, threshold: 1 }] : [];
  return [{ watched: 'error share', threshold: 0.01 }, ...slow];
}

/** Of the one machine, which is no part: full, or failing EC2's checks. */
const BOX: Alarm[] = [
  { part: 'box', watched: 'cpu', threshold: 0.9, source: usual },
  { part: 'box', watched: 'error share', threshold: 0.5, source: usual },
];

/** Alarms that the system asks for, and the usual ones of each part where it does not. Nodes and pods show nothing to AWS without an agent that is billed by the metric. */
export function alarmsOf({ parts, alarms, platform }: Deployment): Alarm[] {
  const asked = new Set(alarms.map(({ part, watched }) => `${part} ${watched}`));
  const ofParts = parts.flatMap((part) => usualAlarms(part).map((alarm): Alarm => ({ ...alarm, part: part.id, source: usual })));
  const others = [...ofParts, ...(platform === 'k3s' ? BOX : [])];
  return [...alarms, ...others.filter(({ part, watched }) => !asked.has(`${part} ${watched}`))];
}
