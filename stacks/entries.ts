import { takesMail } from '../plan/mail-domain';
import { CLIENTS } from '../plan/part-ref';
import type { Deployment } from '../plan/plan';
import type { Part } from '../plan/sizing';

/** Where clients come in, and where the edge fetches what it does not hold. */
export interface Entry {
  /** Part that answers: an edge, an accelerator, a balancer, or the services of the one machine. */
  kind: 'edge' | 'accelerator' | 'loadBalancer' | 'box';
  /** Part id; `box` for the one machine. */
  id: string;
  /** Names below the stage's domain; the empty one is the domain itself. */
  labels: string[];
}

/**
 * Names of a deployment's entries. The domain itself leads to whatever answers requests; other entries get their part's id
 * below it, and what only an edge reaches gets `<id>-origin`.
 */
export function entriesOf({ parts, flows, platform }: Deployment): Entry[] {
  const byId = new Map(parts.map((part) => [part.id, part]));
  const isServer = (part: Part | undefined) => part?.kind === 'loadBalancer' || part?.kind === 'service';
  const reached = (from: (id: string) => boolean) => new Set(flows.filter((flow) => from(flow.from)).map((flow) => flow.to));
  const byClients = reached((id) => id === CLIENTS);
  const byEdges = reached((id) => byId.get(id)?.kind === 'edge');
  const passesOn = (part: Part) => flows.some((flow) => flow.from === part.id && isServer(byId.get(flow.to)));
  const entry = (kind: Entry['kind'], id: string, isOpen: boolean, isOrigin: boolean): Entry => ({
    kind,
    id,
    labels: [...(isOpen ? [id] : []), ...(isOrigin ? [`${id}-origin`] : [])],
  });

  const edges = parts
    .filter((part) => part.kind === 'edge' && byClients.has(part.id))
    .sort((a, b) => Number(passesOn(b)) - Number(passesOn(a)));
  const accelerators = parts.filter((part) => part.kind === 'accelerator');
  const balancers = parts.filter((part) => part.kind === 'loadBalancer' && part.public && (byClients.has(part.id) || byEdges.has(part.id)));
  const services = parts.filter((part) => part.kind === 'service');
  const hasBox = platform === 'k3s' && services.some(({ id }) => byClients.has(id) || byEdges.has(id));
  const entries = [
    ...edges.map(({ id }) => entry('edge', id, true, false)),
    ...accelerators.map(({ id }) => entry('accelerator', id, true, false)),
    ...balancers.map(({ id }) => entry('loadBalancer', id, byClients.has(id), byEdges.has(id))),
    ...(hasBox
      ? [
          entry(
            'box',
            'box',
            services.some(({ id }) => byClients.has(id)),
            services.some(({ id }) => byEdges.has(id)),
          ),
        ]
      : []),
  ];
  const front =
    entries.find(({ kind, id, labels }) => labels.includes(id) && (kind !== 'edge' || passesOn(byId.get(id)!))) ??
    entries.find(({ id, labels }) => labels.includes(id));
  return entries.map((e) => (e === front ? { ...e, labels: e.labels.map((label) => (label === e.id ? '' : label)) } : e));
}

/** The entry that takes mail for the domain; undefined where nobody does. */
export function entryOfMail(deployment: Deployment): Entry | undefined {
  const part = takesMail(deployment);
  const entries = entriesOf(deployment);
  return part === undefined ? undefined : (entries.find(({ id }) => id === part) ?? entries.find(({ kind }) => kind === 'box'));
}

/** Name of an entry below a domain. */
export const nameBelow = (domain: string, label: string): string => (label ? `${label}.${domain}` : domain);

/** Name below the domain at which one cell answers, the same whatever other regions and cells there are. */
export const cellLabel = (label: string, region: string, cell: number): string =>
  [...(label ? [label] : []), region, `cell${cell}`].join('-');
