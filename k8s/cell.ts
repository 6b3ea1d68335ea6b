import { endpointsOf } from '../plan/endpoints';
import type { Deployment, Plan } from '../plan/plan';
import { type PodPart, runsAsPods } from '../plan/pods';
import type { Part } from '../plan/sizing';
import { isCopy } from '../plan/copy';
import type { ManifestOptions } from './manifests';

/** One copy of a deployment and what is known about its surroundings: the scope of one folder of manifests. */
export interface Cell {
  system: string;
  /** {@link Plan.environment} */
  environment: string;
  deployment: Deployment;
  /** 1 to `deployment.cells`. */
  number: number;
  /**
   * Image of the pods; `{service}` in it becomes the service's id.
   * @default a placeholder that answers and calls its upstreams
   */
  image?: string;
  /** Outputs of the deployed stacks, by stack and output. */
  outputs: Record<string, Record<string, string>>;
  /** Addresses of the network the nodes, balancers and data stores live in. */
  vpcCidr: string;
}

const VPC_CIDR = '10.0.0.0/16';

/** Every cell of every region. */
export const cellsOf = (
  { system, environment, deployments }: Plan,
  { image, outputs = {}, vpcCidr = VPC_CIDR }: ManifestOptions = {},
): Cell[] =>
  deployments.flatMap((deployment) =>
    Array.from({ length: deployment.cells }, (_, i) => ({ system, environment, deployment, number: i + 1, image, outputs, vpcCidr })),
  );

/** What runs as pods. */
export type Workload = PodPart;

export const workloadsOf = ({ deployment }: Cell): Workload[] => deployment.parts.filter(runsAsPods);

/** Parts a workload's flows reach, in the plan's order. */
export const reachedBy = ({ deployment: { parts, flows } }: Cell, id: string): Part[] =>
  parts.filter((p) => flows.some((f) => f.from === id && f.to === p.id));

/** Ids of what reaches a workload: parts, or the clients. */
export const callersOf = ({ deployment: { flows } }: Cell, id: string): string[] => [
  ...new Set(flows.filter((f) => f.to === id).map((f) => f.from)),
];

/** The namespace of a system; a cell has a cluster to itself, so neither stage nor cell is part of it. */
export const namespaceOf = (cell: Cell): string => cell.system;

/** `us-east-1`, `us-east-1-cell2`: folder of the manifests and middle of the stack names. */
export const placeOf = ({ deployment, number }: Cell): string => `${deployment.region.name}${number > 1 ? `-cell${number}` : ''}`;

/** Name of the cell's cluster, and of its stacks up to what they hold. */
export const clusterOf = (cell: Cell): string => `${cell.system}-${cell.environment}-${placeOf(cell)}`;

/** An output of one of the cell's stacks; a reference that is visibly unresolved while the stack is not deployed. */
export function stackOutput(cell: Cell, stack: 'data' | 'copies' | 'compute', output: string): string {
  const name = `${clusterOf(cell)}-${stack}`;
  return cell.outputs[name]?.[output] ?? `stack-output:${name}.${output}`;
}

/** Outputs that a text still refers to, `<stack>.<output>`. */
export const unresolvedIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/stack-output:([\w-]+\.\w+)/g)].map(([, name]) => name!)),
];

/** Value of every variable the callers of a part are told. */
export function endpointValues(cell: Cell, part: Part): Record<string, string> {
  const stack = isCopy(part) ? 'copies' : part.kind === 'hostFleet' ? 'compute' : 'data';
  return Object.fromEntries(endpointsOf(part).map(({ variable, output, value }) => [variable, value ?? stackOutput(cell, stack, output!)]));
}
