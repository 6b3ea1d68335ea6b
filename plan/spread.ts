import type { InstanceType } from './catalogue/ec2';
import type { NodeRoom } from './catalogue/node-room';
import { type Batch, fill, holds, nodesFor, roomFor, share } from './first-fit';

/** Equal nodes, by what they have left. */
type Alike = NodeRoom & { same: number };

/**
 * Nodes on which a scheduler that spreads pods finds room for all of them in the orders that are worst for the largest: those meet nodes
 * that are all a little full. Null when a pod is larger than a node.
 */
export function nodesToSpread(sets: readonly Batch[], type: InstanceType): number | null {
  const room = roomFor(sets, type);
  const smallestFirst = sets.filter((s) => s.count > 0).sort((a, b) => share(a, room) - share(b, room));
  // Small ones even out what larger ones before them left uneven.
  const largestLast = [...smallestFirst.slice(0, -1).reverse(), ...smallestFirst.slice(-1)];
  const enough = (same: number) => [smallestFirst, largestLast].every((order) => findRoom(order, { ...room, same }));
  let nodes = nodesFor(sets, type);
  // A twentieth more at a time, so that large fleets are as soon found as small ones. Pods without number are for others to refuse.
  while (nodes !== null && Number.isFinite(nodes) && !enough(nodes)) nodes += Math.max(1, Math.floor(nodes / 20));
  return nodes;
}

function findRoom(sets: readonly Batch[], empty: Alike): boolean {
  let nodes: Alike[] = [empty];
  for (const set of sets) {
    let left = set.count;
    while (left > 0) {
      const open = nodes.filter((node) => holds(node, set) >= 1).sort((a, b) => b.vcpu - a.vcpu);
      if (open.length === 0) return false;
      const each = open.reduce((n, { same }) => n + same, 0);
      const rounds = Math.max(1, Math.min(Math.floor(left / each), ...open.map((node) => holds(node, set))));
      const others = nodes.filter((node) => !open.includes(node));
      for (const node of open) {
        const taking = Math.min(node.same, Math.ceil(left / rounds));
        if (taking > 0) others.push({ ...fill(node, set, rounds), same: taking });
        if (node.same > taking) others.push({ ...node, same: node.same - taking });
        left -= taking * rounds;
      }
      nodes = others;
    }
  }
  return true;
}
