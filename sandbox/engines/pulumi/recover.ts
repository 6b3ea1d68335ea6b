import { setTimeout as sleep } from 'node:timers/promises';
import { CloudControlClient, GetResourceCommand, paginateListResourceRequests } from '@aws-sdk/client-cloudcontrol';
import type { Deployment, Stack } from '@pulumi/pulumi/automation';
import type { Account } from '../../account';

/** A resource in Pulumi's state. */
export interface StateResource {
  urn: string;
  id?: string;
  type: string;
  inputs?: { type?: string; properties?: unknown; region?: string };
  /** ISO 8601. */
  created?: string;
  outputs?: object;
  /** `<urn of the provider>::<id>` */
  provider?: string;
  /** Made, but not as it should be. */
  initErrors?: string[];
  /** To be replaced. */
  taint?: boolean;
}

interface State {
  resources?: StateResource[];
  pending_operations?: { resource: StateResource; type: string }[];
}

export const stateOf = ({ deployment }: Deployment): State => deployment as State;

const POLL_MILLISECONDS = 1000;
/** How Pulumi marks a secret in its state: https://github.com/pulumi/pulumi/blob/v3.246.0/sdk/go/common/resource/sig/sig.go */
const SECRET = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270' };

/**
 * Mends the state after a run that was killed. What it was creating Pulumi does not know the identifier of, so it would create it once more;
 * Cloud Control lists the requests of the last seven days
 * (https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-manage-requests.html, 2026-11-22): one of the type whose
 * resource has the wanted properties was it. What failed halfway is marked to be replaced.
 */
export async function recover(stack: Stack, account: Account): Promise<void> {
  const exported = await stack.exportStack();
  const state = stateOf(exported);
  const { resources = [], pending_operations: pending = [] } = state;
  const halfway = resources.filter(({ initErrors, taint }) => initErrors?.length && !taint);
  if (pending.length + halfway.length === 0) return;
  // Fails while another run is at work, whose creations are none of our business.
  await stack.refresh({ target: resources.flatMap(({ urn, type }) => (type === 'pulumi:pulumi:Stack' ? [urn] : [])) });
  const regionOf = (resource: StateResource) =>
    String(resources.find(({ urn }) => resource.provider?.startsWith(`${urn}::`))?.inputs?.region);
  const known = new Set(resources.map(({ id }) => id));
  const adopted: StateResource[] = [];
  for (const { resource } of pending.filter(({ type }) => type === 'creating')) {
    const id = await identifierOf(resource, regionOf(resource), known, account);
    if (!id) continue;
    known.add(id);
    // The provider keeps the inputs as a secret, and takes them as nothing else. The refresh reads everything else.
    adopted.push({ ...resource, id, outputs: { outputs: {}, __inputs: { ...SECRET, plaintext: JSON.stringify(resource.inputs) } } });
  }
  halfway.forEach((resource) => (resource.taint = true));
  state.resources = [...resources, ...adopted];
  delete state.pending_operations;
  await stack.importStack(exported);
  if (adopted.length > 0) await stack.refresh({ target: adopted.map(({ urn }) => urn) });
}

async function identifierOf(
  { inputs: { type: TypeName, properties } = {} }: StateResource,
  region: string,
  known: ReadonlySet<string | undefined>,
  { credentials }: Account,
): Promise<string | undefined> {
  const client = new CloudControlClient({ region, credentials });
  const Operations = ['CREATE' as const];
  try {
    for (;;) {
      let underWay = false;
      const pages = paginateListResourceRequests({ client }, { ResourceRequestStatusFilter: { Operations } });
      for await (const { ResourceRequestStatusSummaries = [] } of pages)
        for (const request of ResourceRequestStatusSummaries.filter((one) => one.TypeName === TypeName)) {
          const { Identifier, OperationStatus = '' } = request;
          underWay ||= ['PENDING', 'IN_PROGRESS'].includes(OperationStatus);
          if (OperationStatus !== 'SUCCESS' || !Identifier || known.has(Identifier)) continue;
          const found = await client.send(new GetResourceCommand({ TypeName, Identifier })).catch(ifGone);
          const model = JSON.parse(found?.ResourceDescription?.Properties ?? 'null') as unknown;
          if (model && agrees(properties, model)) return Identifier;
        }
      if (!underWay) return undefined;
      await sleep(POLL_MILLISECONDS);
    }
  } finally {
    client.destroy();
  }
}

function ifGone(error: Error): undefined {
  if (error.name !== 'ResourceNotFoundException') throw error;
}

/** Whether a resource is what was wanted, as far as it can be read: what AWS does not tell agrees. */
export function agrees(wanted: unknown, found: unknown): boolean {
  if (found === undefined || found === null) return true;
  if (Array.isArray(wanted)) return Array.isArray(found) && wanted.every((item) => found.some((other) => agrees(item, other)));
  if (typeof wanted !== 'object' || wanted === null) return String(wanted) === String(found);
  // Policies are written as objects and read as text.
  const model = typeof found === 'string' ? parsed(found) : found;
  return Object.entries(wanted).every(([key, value]) => agrees(value, (model as Record<string, unknown>)[key]));
}

function parsed(text: string): object {
  try {
    return Object(JSON.parse(text)) as object;
  } catch {
    return {};
  }
}
