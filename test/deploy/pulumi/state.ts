import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A resource as the file backend of Pulumi keeps it. */
interface StateResource {
  urn: string;
  id: string;
  provider?: string;
  inputs: { type?: string; region?: string };
}

/** The resources of a sandbox in a backend `file://<folder>`; what the engine writes is read by hand, not by the engine. */
export function stateOf(folder: string, name: string): StateResource[] {
  const file = join(folder, '.pulumi/stacks/scaleprint', `${name}.json`);
  const { checkpoint } = JSON.parse(readFileSync(file, 'utf8')) as { checkpoint: { latest: { resources?: StateResource[] } } };
  return checkpoint.latest.resources ?? [];
}

/** What of it came from the templates: its name is `<stack>/<logical id>`. */
export const ofTemplates = (resources: readonly StateResource[]) =>
  resources.flatMap(({ urn, id, inputs, provider }) => {
    const [, , , name = ''] = urn.split('::');
    const [stack, logicalId] = name.split('/');
    const region = resources.find((one) => provider?.startsWith(`${one.urn}::`))?.inputs.region ?? '';
    return logicalId ? [{ stack: stack!, logicalId, type: inputs.type!, id, region }] : [];
  });
