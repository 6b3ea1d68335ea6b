import type { Candidate } from './candidate';
import type { PendingPod } from './pods';
import type { Verdict } from './verdict';

/** Of every stage that outlives one. */
const ZONES = 3;

const COLUMNS = [
  ['system', 20],
  ['stage', 27],
  ['region', 16],
  ['nodes', 6],
  ['objects', 8],
  ['refused', 8],
  ['pods', 6],
  ['pending', 8],
  ['zone lost', 10],
  ['seconds', 8],
] as const;

const row = (cells: readonly (string | number)[]): string =>
  COLUMNS.map(([, width], i) =>
    typeof cells[i] === 'number'
      ? String(cells[i])
          .padStart(width - 1)
          .padEnd(width)
      : String(cells[i]).padEnd(width),
  )
    .join('')
    .trimEnd();

/** Of the table of verdicts; the pods pending with each zone lost are those of zone a, b and c. */
export const HEAD = row(COLUMNS.map(([name]) => name));

export const rowOf = ({ system, stage, region, nodes, objects }: Candidate, verdict: Verdict): string => {
  const { refused, pods, pending, pendingWithout, seconds } = verdict;
  const lost = [...pendingWithout.values()].map((zone) => zone.length).join(' ') || '-';
  return row([system, stage, region, nodes.length, objects.length, refused.length, pods, pending.length, lost, Number(seconds.toFixed(1))]);
};

/** What has to hold of a verdict, and what to say where it does not. */
export function faultsOf(candidate: Candidate, verdict: Verdict): [holds: boolean, fault: string][] {
  const { system, stage, region, nodes, objects } = candidate;
  const { refused, pods, pending, pendingWithout, waiting } = verdict;
  const of = `${system} ${stage} ${region}`;
  return [
    [
      nodes.length > 0 && objects.length > 0 && pods > 0,
      `${of}: ${nodes.length} nodes, ${objects.length} objects, ${pods} pods: nothing was judged`,
    ],
    [refused.length === 0, `${of}: the API server refuses ${refused.join('; ')}`],
    [pending.length === 0, `${of}: ${without(pending)}`],
    ...[...pendingWithout].map(([zone, left]): [boolean, string] => [left.length === 0, `${of} with ${zone} lost: ${without(left)}`]),
    ...[...waiting].flatMap(([zone, left]) =>
      [...setsOf(left)].map(([set, lost]): [boolean, string] => {
        const members: number = objects.find(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === set)!.spec.replicas;
        return [lost <= Math.ceil(members / ZONES), `${of} with ${zone} lost: ${lost} of ${members} members of ${set} are gone with it`];
      }),
    ),
  ];
}

/** How many pods of a set are among some. */
function setsOf(members: readonly PendingPod[]): Map<string, number> {
  const sets = members.map(({ name }) => name.replace(/-\d+$/, ''));
  return new Map(sets.map((set) => [set, sets.filter((other) => other === set).length]));
}

/** Pods without a place by their owner, with what the scheduler says of the first of them. */
export function without(pending: readonly PendingPod[]): string {
  const owners = [...new Set(pending.map(({ owner }) => owner))];
  const said = owners.map((owner) => {
    const own = pending.filter((pod) => pod.owner === owner);
    return `${own.length} of ${owner} (${own[0]!.why})`;
  });
  return `${pending.length} pods have no place: ${said.join('; ')}`;
}
