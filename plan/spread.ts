import type { InstanceType } from './catalogue/ec2';
import type { NodeRoom } from './catalogue/node-room';
import { type Batch, fill, holds, nodesFor, roomFor, share } from './first-fit';

/** Equal nodes, by what they have left. */
type Alike = NodeRoom & { same: number };

/**
 * Nodes on which a scheduler that spreads pods finds room for all of them, whatever order they come in: with the smallest first, the largest
 * meet nodes that are all a little full. Null when a pod is larger than a node.
 */
export function nodesToSpread(sets: readonly Batch[], type: InstanceType): number | null {
  const room = roomFor(sets, type);
  const smallestFirst = sets.filter((s) => s.count > 0).sort((a, b) => share(a, room) - share(b, room));
  let nodes = nodesFor(sets, type);
  // A twentieth more at a time, so that large fleets are as soon found as small ones. Pods without number are for others to refuse.
  while (nodes !== null && Number.isFinite(nodes) && !findRoom(smallestFirst, { ...room, same: nodes }))
    nodes += Math.max(1, Math.floor(nodes / 20));
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
