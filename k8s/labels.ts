import type { ServicePart } from '../plan/sizing/service';
import type { StatefulPart } from '../plan/sizing/stateful';
import type { Cell, Workload } from './cell';

const NAME = 'app.kubernetes.io/name';

/** Labels of everything a cell runs. */
export const systemLabels = ({ system, environment }: Cell): Record<string, string> => ({
  'app.kubernetes.io/part-of': system,
  'app.kubernetes.io/instance': `${system}-${environment}`,
  'app.kubernetes.io/managed-by': 'scaleprint',
});

/** Labels of one workload's objects and pods. */
export const workloadLabels = (cell: Cell, { id, tier }: Workload): Record<string, string> => ({
  ...systemLabels(cell),
  ...selectorLabels(id),
  'app.kubernetes.io/component': tier,
});

/** The one label a workload's pods are found by: selectors of a Deployment are immutable, so they hold nothing that may change. */
export const selectorLabels = (id: string): Record<string, string> => ({ [NAME]: id });

/** Those of one of a service's fleets; the only one needs no label of its own. */
export const fleetLabels = ({ id, fleets }: ServicePart, number: number): Record<string, string> => ({
  ...selectorLabels(id),
  ...(fleets > 1 && { 'scaleprint.dev/fleet': String(number) }),
});

/** Those of one of a stateful part's sets; one that has the part's own name needs no label of its own. */
export const setLabels = ({ id }: StatefulPart, set: string): Record<string, string> => ({
  ...selectorLabels(id),
  ...(set !== id && { 'scaleprint.dev/set': set }),
});

/** Label of a tier's nodes. */
export const tierOf = (tier: string): Record<string, string> => ({ 'scaleprint.dev/tier': tier });
