import type { Alarm, Watched } from '../plan/alarm';
import type { Deployment } from '../plan/plan';
import type { Part } from '../plan/sizing';
import { assumed } from '../plan/source';

const usual = assumed('usual threshold of the kind of part');

/** What is watched of every part of a kind, whatever its system asks for. */
function usualAlarms(part: Part): { watched: Watched; threshold: number }[] {
  if (part.kind === 'cache') return [{ watched: 'cpu', threshold: 0.8 }, { watched: 'memory used', threshold: 0.85 }];
  if (part.kind === 'relational') {
    // Aurora's storage grows by itself.
    const storage = part.topology === 'aurora' ? [] : [{ watched: 'storage used' as const, threshold: 0.85 }];
    return [{ watched: 'cpu', threshold: 0.8 }, ...storage];
  }
  if (part.kind === 'kafka') return [{ watched: 'cpu', threshold: 0.6 }, { watched: 'storage used', threshold: 0.85 }];
  if (part.kind === 'rabbitmq') return [{ watched: 'cpu', threshold: 0.8 }, { watched: 'memory used', threshold: 0.8 }];
  if (part.kind === 'search') return [{ watched: 'cpu', threshold: 0.8 }, { watched: 'storage used', threshold: 0.8 }];
  if (part.kind === 'queue') return [{ watched: 'dead letters', threshold: part.deadLetterAlarm }];
  if (part.kind === 'keyValue' || part.kind === 'wideColumn') return [{ watched: 'error share', threshold: 0.01 }];
  if (part.kind !== 'loadBalancer') return [];
  const slow = part.layer === 7 ? [{ watched: 'latency p99' as const, threshold: 1 }] : [];
  return [{ watched: 'error share', threshold: 0.01 }, ...slow];
}

/** Alarms that the system asks for, and the usual ones of each part where it does not. */
export function alarmsOf({ parts, alarms }: Deployment): Alarm[] {
  const asked = new Set(alarms.map(({ part, watched }) => `${part} ${watched}`));
  const others = parts.flatMap((part) => usualAlarms(part).map((alarm): Alarm => ({ ...alarm, part: part.id, source: usual })));
  return [...alarms, ...others.filter(({ part, watched }) => !asked.has(`${part} ${watched}`))];
}
