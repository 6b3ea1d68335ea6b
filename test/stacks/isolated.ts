import type { Plan } from '../../plan/plan';

/** The same plan with all services of a tier isolated. */
export const isolated = (plan: Plan, tier: string): Plan => ({
  ...plan,
  deployments: plan.deployments.map((deployment) => ({
    ...deployment,
    parts: deployment.parts.map((part) => (part.kind === 'service' && part.tier === tier ? { ...part, isolated: true } : part)),
  })),
});
