import type { Deployment } from '../plan';
import { runsAsPods } from '../pods';
import type { Part } from '../sizing';
import { docs } from '../source';

const CLOUDFRONT = 'CloudFront';
/** CloudFront's list of origin-facing addresses counts as so many rules. */
export const PREFIX_LIST = {
  rules: 55,
  source: docs(
    'AWS docs, AWS-managed prefix lists: weight',
    '2026-11-22',
    'https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html',
  ),
};

/** Parts with addresses in the network, and so with a group each; services share the group of their tier. */
const INSIDE: readonly Part['kind'][] = [
  'loadBalancer',
  'cache',
  'relational',
  'rabbitmq',
  'kafka',
  'search',
  'machines',
  'hostFleet',
  'streamJob',
];

/** Rules, in one direction, of the security group with the most of them: one for each group it talks to. */
export function rulesOfFullestGroup(d: Deployment): number {
  const groupOf = new Map<string, string>();
  for (const p of d.parts) {
    if (runsAsPods(p)) groupOf.set(p.id, d.platform === 'k3s' ? 'box' : `tier ${p.tier}`);
    else if (p.kind === 'edge') groupOf.set(p.id, CLOUDFRONT);
    else if (INSIDE.includes(p.kind)) groupOf.set(p.id, p.id);
  }
  const peers = new Map<string, Set<string>>();
  const add = (direction: string, peer: string) => peers.set(direction, (peers.get(direction) ?? new Set()).add(peer));
  for (const { from, to, listener } of d.flows) {
    const [source, target] = [groupOf.get(from) ?? 'anywhere', groupOf.get(to) ?? 'anywhere'];
    const own = listener ? [` on ${listener.port}`] : [];
    // Pods are asked at their usual port, too, whether they are well.
    for (const port of own.length > 0 && source === 'anywhere' ? own : ['', ...own]) {
      add(`into ${target}`, source + port);
      add(`out of ${source}`, target + port);
    }
  }
  // The internet and the edge have no groups of ours.
  for (const outside of ['anywhere', CLOUDFRONT]) [`into ${outside}`, `out of ${outside}`].forEach((direction) => peers.delete(direction));
  return Math.max(0, ...[...peers.values()].map((set) => set.size + (set.has(CLOUDFRONT) ? PREFIX_LIST.rules - 1 : 0)));
}
