import type { aws_iam as iam } from 'aws-cdk-lib';
import type { Access, Reachable } from '../constructs/access';
import type { Verb } from '../plan/flow';
import type { Deployment } from '../plan/plan';

const GRANTED: readonly Verb[] = ['reads', 'writes', 'publishes', 'consumes', 'sends'] satisfies Access[];
const isGranted = (verb: Verb): verb is Access => GRANTED.includes(verb);

/** One permission that follows from a flow. */
export interface Permission {
  part: Reachable;
  access: Access;
}

/** What the flows let each service and job do, by its id. Those that use nothing of AWS are absent: they need no role. */
export function permissionsOf({ parts, flows }: Deployment, reachable: ReadonlyMap<string, Reachable>): Map<string, Permission[]> {
  const permissions = new Map<string, Permission[]>();
  for (const { id } of parts.filter((part) => part.kind === 'service' || part.kind === 'job')) {
    const own = new Map<string, Permission>();
    for (const { from, to, verb } of flows) {
      const part = reachable.get(to);
      if (from === id && part && isGranted(verb)) own.set(`${to} ${verb}`, { part, access: verb });
    }
    if (own.size > 0) permissions.set(id, [...own.values()]);
  }
  return permissions;
}

/** Gives a role what the flows need. */
export function grantAll(grantee: iam.IGrantable, permissions: readonly Permission[]): void {
  permissions.forEach(({ part, access }) => part.grant(grantee, access));
}
