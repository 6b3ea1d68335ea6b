import type { Construct } from 'constructs';
import { DnsRecord, type DnsRouting, type DnsTarget } from '../constructs/dns';
import type { Region } from '../plan/blueprint';
import { nameBelow } from './entries';

/** One cell's answer to a name. */
export interface Answer {
  region: Region;
  cell: number;
  target: DnsTarget;
}

interface Name {
  label: string;
  domain: string;
  hostedZoneId: string;
}

/**
 * Leads a name to every cell's answer: to the nearest active region, to its cells by equal weights, and to the recovery
 * region when no active one is well. Each level that has a choice gets names of its own one level below the domain, where
 * the certificate still covers them.
 */
export function nameAnswers(scope: Construct, name: Name, answers: readonly Answer[]): void {
  const recovery = answers.filter(({ region }) => region.role === 'recovery');
  const active = answers.filter(({ region }) => region.role === 'active');
  if (recovery.length === 0) return nameRegions(scope, name, active);
  nameChoice(scope, name, [
    { id: 'active', routing: { failover: 'PRIMARY' }, name: (below) => nameRegions(scope, below, active) },
    { id: 'recovery', routing: { failover: 'SECONDARY' }, name: (below) => nameRegions(scope, below, recovery) },
  ]);
}

function nameRegions(scope: Construct, name: Name, answers: readonly Answer[]): void {
  const regions = [...new Set(answers.map(({ region }) => region.name))];
  const cellsOf = (region: string) => answers.filter((answer) => answer.region.name === region);
  if (regions.length === 1) return nameCells(scope, name, answers);
  nameChoice(
    scope,
    name,
    regions.map((region) => ({
      id: region,
      routing: { latencyRegion: region },
      name: (below: Name) => nameCells(scope, below, cellsOf(region)),
    })),
  );
}

function nameCells(scope: Construct, { label, domain, hostedZoneId }: Name, answers: readonly Answer[]): void {
  for (const { cell, target } of answers) {
    const choice = answers.length > 1 ? { routing: { weight: 1 }, setIdentifier: `cell${cell}` } : {};
    const id = `name-${label || 'domain'}${answers.length > 1 ? `-cell${cell}` : ''}`;
    new DnsRecord(scope, id, { hostedZoneId, name: nameBelow(domain, label), target, ...choice });
  }
}

interface Branch {
  id: string;
  routing: DnsRouting;
  name: (below: Name) => void;
}

/** Gives each branch a name of its own and lets the name above choose between them. */
function nameChoice(scope: Construct, { label, domain, hostedZoneId }: Name, branches: readonly Branch[]): void {
  for (const { id, routing, name } of branches) {
    const below = { label: label ? `${label}-${id}` : id, domain, hostedZoneId };
    name(below);
    const target = { alias: nameBelow(domain, below.label), zoneId: hostedZoneId };
    const choice = new DnsRecord(scope, `choice-${below.label}`, {
      hostedZoneId,
      name: nameBelow(domain, label),
      target,
      routing,
      setIdentifier: id,
    });
    choice.node.addDependency(...scope.node.children.filter((child) => child.node.id.startsWith(`name-${below.label}`)));
  }
}
