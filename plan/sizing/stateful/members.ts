import { type Dimension, type Fit, type Spread, together, unitsFor, utilise } from '../../fit';
import type { Load } from '../../flow';
import { assumed, type Capacity } from '../../source';
import { GIB } from '../../units';
import type { StatefulSpec } from '../stateful';
import { GP3, STORAGE_TARGET } from './volume';

/** Share of a member's capacity that may be in use, a zone lost or not. */
export const TARGET = 0.8;
/** Members of one cell. */
const MOST = { members: 300, source: assumed('updated one after the other, a minute each, three hundred take five hours') };

/** How many members there are, and how full. */
interface Members {
  used: Fit;
  count: number;
  cells: number;
}

/** @param copies of each key, in the zones there are */
export const membersFor = (spec: StatefulSpec, load: Load, copies: number, zones: number): Members =>
  spec.quorum ? ofQuorum(spec, load, copies, zones) : ofMembers(spec, load, copies, zones);

/** One set, as able as its leader. Zones that hold fewer than half of the members may go. */
function ofQuorum(spec: StatefulSpec, load: Load, copies: number, zones: number): Members {
  const { shared, replicated } = dimensionsOf(spec, load, 1);
  const dimensions = [...shared, ...replicated];
  const spread: Spread = { zones, target: TARGET, standIn: true };
  return { used: utilise(1, dimensions, spread), count: copies, cells: unitsFor(dimensions, spread) };
}

/** What copies share falls to those that are left when a zone is lost; what each of them carries does not grow. */
function ofMembers(spec: StatefulSpec, load: Load, copies: number, zones: number): Members {
  const { shared, replicated } = dimensionsOf(spec, load, copies);
  const waits = copies === 1 && spec.volume !== undefined;
  const minimum = zones > 1 ? (spec.podsAtLeast ?? (copies > 1 ? copies : zones)) : 1;
  const whole = { zones: waits ? 1 : zones, target: TARGET, minimum, multipleOf: copies, standIn: true };
  const sharing = copies > 1 ? { ...whole, zones: copies, standIn: false } : whole;
  const count = Math.max(shared.length ? unitsFor(shared, sharing) : 1, unitsFor(replicated, whole));
  const cells = Math.ceil(count / MOST.members);
  if (shared.length === 0) return { used: utilise(count, replicated, whole), count, cells };
  const used = utilise(count, shared, sharing);
  return { used: replicated.length ? together(used, utilise(count, replicated, whole)) : used, count, cells };
}

/** @returns what any one copy answers, and what each of them carries */
function dimensionsOf(
  { perPod, connections = 0, volume }: StatefulSpec,
  load: Load,
  copies: number,
): Record<'shared' | 'replicated', Dimension[]> {
  const of = (name: string, demand: number, per: Capacity | undefined, unit: string): Dimension[] =>
    per ? [{ name, demand, perUnit: per.value, unit, source: per.source }] : [];
  const room = perPod.bytes ?? { value: GP3.gib * GIB * (STORAGE_TARGET / TARGET), source: GP3.source };
  return {
    shared: [
      ...of('requests', load.requests.peak, perPod.requestsPerSecond, 'requests/s'),
      ...of('reads', load.reads.peak, perPod.readsPerSecond, 'reads/s'),
      ...of('messages', load.consumed.peak, perPod.messagesPerSecond, 'messages/s'),
      ...of('connections', connections, perPod.connections, 'connections'),
    ],
    replicated: [
      ...of('writes', load.writes.peak * copies, perPod.writesPerSecond, 'writes/s'),
      ...of('storage', (volume?.bytes ?? 0) * copies, volume && room, 'bytes'),
    ],
  };
}
