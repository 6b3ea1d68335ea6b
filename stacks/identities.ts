import type { aws_iam as iam } from 'aws-cdk-lib';
import type { Access, Reachable } from '../constructs/access';
import type { Verb } from '../plan/flow';
import { handsOut } from '../plan/host-fleets';
import type { Deployment } from '../plan/plan';
import { reachOf } from '../plan/reach';
import { runsAsPods } from '../plan/pods';

const GRANTED: readonly Verb[] = ['reads', 'writes', 'publishes', 'consumes', 'sends'] satisfies Access[];
const isGranted = (verb: Verb): verb is Access => GRANTED.includes(verb);

/** One permission that follows from a flow. */
export interface Permission {
  part: Reachable;
  access: Access;
}

/** What the flows let each service, job and stateful part do, by its id. Those that use nothing of AWS are absent: they need no role. */
export function permissionsOf(deployment: Deployment, reachable: ReadonlyMap<string, Reachable>): Map<string, Permission[]> {
  const all = deployment.parts.filter(runsAsPods).map(({ id }) => [id, permissionsOfOne(id, deployment, reachable)] as const);
  return new Map(all.filter(([, permissions]) => permissions.length > 0));
}

/** What the flows let one part do. */
export function permissionsOfOne(id: string, { parts, flows }: Deployment, reachable: ReadonlyMap<string, Reachable>): Permission[] {
  const signed = new Set(parts.flatMap((part) => (reachable.has(part.id) && reachOf(part).identity ? [part.id] : [])));
  const own = new Map<string, Permission>();
  const kinds = new Map(parts.map((part) => [part.id, part]));
  for (const { from, to, verb } of flows) {
    const part = reachable.get(to);
    // Handing out sessions is a call to a host, and starting and ending hosts is part of it.
    const access = part && handsOut({ verb }, kinds.get(to)!) ? 'writes' : verb;
    if (from === id && part && isGranted(access) && signed.has(to)) own.set(`${to} ${verb}`, { part, access });
  }
  return [...own.values()];
}

/** Gives a role what the flows need. */
export function grantAll(grantee: iam.IGrantable, permissions: readonly Permission[]): void {
  permissions.forEach(({ part, access }) => part.grant(grantee, access));
}
