import type { Construct } from 'constructs';
import { DnsRecord, type DnsRouting, type DnsTarget } from '../constructs/dns';
import type { Region } from '../plan/blueprint';
import { cellLabel, nameBelow } from './entries';

/** One cell's answer to a name: its balancers of a part, or its machine. */
export interface Answer {
  region: Region;
  cell: number;
  targets: readonly DnsTarget[];
}

/** A name below the domain, and the entry's own, from which cells take theirs. */
interface Name {
  label: string;
  entry: string;
  domain: string;
  hostedZoneId: string;
}

/**
 * Leads a name to every cell's answer: to the nearest active region, to its cells and their balancers by equal weights, and to
 * the recovery region when no active one is well. Each level that has a choice gets names of its own one level below the
 * domain, where the certificate still covers them: clients that stay with a cell go on by its name.
 */
export function nameAnswers(scope: Construct, name: Omit<Name, 'entry'>, answers: readonly Answer[]): void {
  const recovery = answers.filter(({ region }) => region.role === 'recovery');
  const active = answers.filter(({ region }) => region.role === 'active');
  const entry = { ...name, entry: name.label };
  if (recovery.length === 0) nameRegions(scope, entry, active);
  else
    nameChoice(scope, entry, [
      { id: 'active', routing: { failover: 'PRIMARY' }, name: (below) => nameRegions(scope, below, active) },
      { id: 'recovery', routing: { failover: 'SECONDARY' }, name: (below) => nameRegions(scope, below, recovery) },
    ]);
}

/** Names each cell's answer alone, as {@link nameAnswers} does below a name of its own, where something else answers the name itself. */
export function nameCellsAlone(scope: Construct, { label, domain, hostedZoneId }: Omit<Name, 'entry'>, answers: readonly Answer[]): void {
  for (const { region, cell, targets } of answers) {
    const own = cellLabel(label, region.name, cell);
    nameTargets(scope, { label: own, entry: label, domain, hostedZoneId }, targets);
  }
}

function nameRegions(scope: Construct, name: Name, answers: readonly Answer[]): DnsRecord[] {
  const regions = [...new Set(answers.map(({ region }) => region.name))];
  const cellsOf = (region: string) => answers.filter((answer) => answer.region.name === region);
  if (regions.length === 1) return nameCells(scope, name, answers);
  return nameChoice(
    scope,
    name,
    regions.map((region) => ({
      id: region,
      routing: { latencyRegion: region },
      name: (below: Name) => nameCells(scope, below, cellsOf(region)),
    })),
  );
}

function nameCells(scope: Construct, name: Name, answers: readonly Answer[]): DnsRecord[] {
  if (answers.length === 1) return nameTargets(scope, name, answers[0]!.targets);
  return nameChoice(
    scope,
    name,
    answers.map(({ region, cell, targets }) => ({
      id: `cell${cell}`,
      label: cellLabel(name.entry, region.name, cell),
      routing: EQUALLY,
      name: (below: Name) => nameTargets(scope, below, targets),
    })),
  );
}

function nameTargets(scope: Construct, { label, domain, hostedZoneId }: Name, targets: readonly DnsTarget[]): DnsRecord[] {
  const several = targets.length > 1;
  return firstBeforeOthers(
    targets.map(
      (target, i) =>
        new DnsRecord(scope, recordId(label) + (i === 0 ? '' : `-${i + 1}`), {
          hostedZoneId,
          name: nameBelow(domain, label),
          target,
          ...(several && { routing: EQUALLY, setIdentifier: `target${i + 1}` }),
        }),
    ),
  );
}

/** Of a name's first answer, whoever gives it: Route 53 refuses a second record of a name before the first one tells them apart. */
export const recordId = (label: string): string => `name-${label || 'domain'}`;

function firstBeforeOthers(records: DnsRecord[]): DnsRecord[] {
  const [first, ...others] = records;
  others.forEach((record) => record.node.addDependency(first!));
  return records;
}

const EQUALLY = { weight: 1 };

interface Branch {
  id: string;
  /** @default the name above with the id */
  label?: string;
  routing: DnsRouting;
  /** Makes the records that answer the branch's own name. */
  name: (below: Name) => DnsRecord[];
}

/** Gives each branch a name of its own and lets the name above choose between them. */
function nameChoice(scope: Construct, name: Name, branches: readonly Branch[]): DnsRecord[] {
  const { domain, hostedZoneId } = name;
  const choices = branches.map((branch, i) => {
    const label = branch.label ?? (name.label ? `${name.label}-${branch.id}` : branch.id);
    const below = branch.name({ ...name, label });
    const choice = new DnsRecord(scope, i === 0 ? recordId(name.label) : `choice-${label}`, {
      hostedZoneId,
      name: nameBelow(domain, name.label),
      target: { alias: nameBelow(domain, label), zoneId: hostedZoneId },
      routing: branch.routing,
      setIdentifier: branch.id,
    });
    // An alias may only lead to a name that exists.
    choice.node.addDependency(...below);
    return choice;
  });
  return firstBeforeOthers(choices);
}
