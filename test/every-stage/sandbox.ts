import { inEnvironment } from '../../plan/environment';
import type { Plan } from '../../plan/plan';
import { smallest } from '../../plan/smallest';
import type { SandboxOptions } from '../../stacks/sandbox';

const OWNER = 'alice';
const environmentOf = ({ stage }: Plan): string => `${stage}-${OWNER}`;

/** What a sandbox of a stage is planned as. */
export const sandboxOf = (plan: Plan): Plan => inEnvironment(smallest(plan), environmentOf(plan));

/** Templates have to be the same today and tomorrow, so its time and price are no real ones. */
export const sandboxOptions = (plan: Plan): SandboxOptions => ({
  name: `${plan.system}-${environmentOf(plan)}`,
  owner: OWNER,
  expires: new Date('2026-11-22T16:00:00Z'),
  budgetUsd: 20,
  usdPerHour: 1.25,
});
