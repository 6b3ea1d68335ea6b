import { readFileSync } from 'node:fs';
import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { type Clients, clientsOf } from './clients';
import { deployedCopy } from './deployed-copy';
import { GAPS, gapKey } from './emulator-gaps';
import type { Known } from './expected';
import { readBack } from './read-back';
import type { Fate, Outcome } from './report';
import type { Surroundings } from './surroundings';
import type { Template } from './template';

/** A stack in the emulator, held against its template. */
export interface Inspected {
  name: string;
  clients: Clients;
  known: Known;
  outcomes: Outcome[];
}

/** What a deployment is inspected with besides its surroundings. */
export interface Given {
  /** Folder `cdk.out`. */
  assembly: string;
  /** By name, or for one stack by `stack:name`. */
  parameters: Readonly<Record<string, string>>;
  /** What the engine said the outputs are. */
  outputs: Known['outputs'];
  /** Physical ids of a stack's resources, by logical id. @default those that CloudFormation lists */
  idsOf?: (stack: string, clients: Clients) => Promise<ReadonlyMap<string, string>>;
}

/** Reads every resource of the stacks of a deployment from its own service and compares it with its template. */
export async function inspect(
  { assembly, parameters, outputs, idsOf = physicalIds }: Given,
  surroundings: Surroundings,
): Promise<Inspected[]> {
  const { emulator, checks } = surroundings;
  const inspected: Inspected[] = [];
  const { stacks } = new CloudAssembly(assembly);
  checks.check(stacks.length > 0, `${assembly} has no stacks`);
  for (const { stackName: name, environment, templateFullPath } of stacks) {
    const { region } = environment;
    const original = JSON.parse(readFileSync(templateFullPath, 'utf8')) as Template;
    const resources = Object.entries(original.Resources ?? {});
    checks.check(resources.length > 0, `${name} has no resources`);
    // From the file, not from what went over the wire: what the engine made of it is to be held against it.
    const { template, leftOut } = deployedCopy(original, GAPS);
    const clients = clientsOf(emulator.endpoint, region);
    const own = Object.fromEntries(
      Object.keys(original.Parameters ?? {}).flatMap((key) => {
        const value = parameters[`${name}:${key}`] ?? parameters[key];
        return value === undefined ? [] : [[key, value]];
      }),
    );
    const known: Known = { region, parameters: own, ids: await idsOf(name, clients), template, outputs };
    const fates = resources.map(async ([logicalId, { Type }]): Promise<Outcome> => {
      const fate = leftOut.has(logicalId) ? 'left out' : await fateOf(logicalId, name, clients, known, surroundings);
      return { logicalId, type: Type, fate };
    });
    inspected.push({ name, clients, known, outcomes: await Promise.all(fates) });
  }
  return inspected;
}

async function fateOf(logicalId: string, stack: string, clients: Clients, known: Known, surroundings: Surroundings): Promise<Fate> {
  const { checks, gaps } = surroundings;
  const { Type } = known.template.Resources[logicalId]!;
  const id = known.ids.get(logicalId);
  const what = `${stack} ${logicalId} (${[Type, id].filter(Boolean).join(' ')})`;
  checks.check(id !== undefined, `${what}: CloudFormation does not list it`);
  if (id === undefined) return 'skipped';
  const read = await checks.step(`reading back ${what}`, () => readBack(clients, logicalId, known));
  if (!read) return 'failed';
  if (read.state === 'no reader') {
    checks.check(false, `${what}: test/deploy/readers has none for it`);
    return 'failed';
  }
  if (read.state === 'absent') {
    checks.check(false, `${what}: CloudFormation lists it, its service does not know it`);
    return 'listed';
  }
  const wrong = read.differences.filter(({ path }) => !isIgnored(gaps, Type, path)).map(({ text }) => text);
  checks.check(wrong.length === 0, `${what}: ${wrong.join('; ')}`);
  return wrong.length === 0 ? 'created' : 'failed';
}

/** Looks for what its service still knows after a stack was deleted. */
export async function lookForLeftovers({ name, clients, known, outcomes }: Inspected, { checks }: Surroundings): Promise<void> {
  const created = outcomes.filter(({ fate }) => fate === 'created');
  await Promise.all(
    created.map(async ({ logicalId, type }) => {
      const what = `${name} ${logicalId} (${type})`;
      const read = await checks.step(`looking for ${what}`, () => readBack(clients, logicalId, known));
      checks.check(read?.state === 'absent', `${what} is left after its stack was deleted`);
    }),
  );
}

/** Physical ids by logical id, of what CloudFormation says it created. */
async function physicalIds(name: string, { cloudformation: client }: Clients): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for await (const page of paginateListStackResources({ client }, { StackName: name }))
    for (const { LogicalResourceId, PhysicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? [])
      if (LogicalResourceId && PhysicalResourceId && /^(CREATE|UPDATE)_COMPLETE$/.test(ResourceStatus ?? ''))
        ids.set(LogicalResourceId, PhysicalResourceId);
  return ids;
}

/** Whether a gap of the emulator explains a difference; the gap counts as needed then. */
function isIgnored(gaps: Set<string>, type: string, path: string): boolean {
  const gap = GAPS.find((g) => g.effect.startsWith('property') && g.types.includes(type) && `${path}.`.startsWith(`${g.name}.`));
  if (gap) gaps.add(gapKey(gap, type));
  return gap !== undefined;
}
