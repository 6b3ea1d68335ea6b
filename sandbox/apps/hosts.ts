import type { Plan } from '../../plan/plan';
import { entriesOf, nameBelow } from '../../stacks/entries';

/** Names at which a sandbox answers clients, the domain itself first. None where nothing comes in from outside. */
export function hostsOf({ deployments: [home] }: Plan, { DomainName: domain }: Readonly<Record<string, string>>): string[] {
  if (!home || domain === undefined) return [];
  const labels = entriesOf(home).flatMap((entry) => entry.labels);
  return labels.filter((label) => !label.endsWith('-origin')).map((label) => nameBelow(domain, label));
}
