import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../plan/input-error';
import { note, print, printJson } from '../print';
import { performWithProgress } from '../progress';
import type { Verb } from '../run-verb';
import { oneOrAll, plansOf } from '../stages';

const outputsShape = z.record(z.string(), z.record(z.string(), z.string()));

/** CloudFormation and manifests into a folder a stage. */
export const synth: Verb = async ([id], options) => {
  const { out, image, disposable } = options;
  if (options.from && !options.environment)
    throw new InputError('--from goes with --environment: without it every stage has stacks of its own, and none grows');
  const plans = plansOf(id as string | undefined, options);
  const outputs = options.outputs ? readOutputs(options.outputs) : undefined;
  const written = await performWithProgress(
    'write',
    plans.map((p) => [p, join(out!, p.system, p.stage), { image, outputs, disposable }]),
  );
  const documents = plans.map(({ system, stage }, i) => ({ system, stage, ...written[i]! }));
  for (const { system, stage, folder, templates, resources, manifests, objects } of documents)
    note(
      `${system} ${stage}: ${resources} resources in ${templates.length} templates, ${objects} Kubernetes objects in ${manifests.length} manifests, in ${folder}`,
    );
  if (options.json) printJson(oneOrAll(documents, options));
  else documents.flatMap((d) => [...d.templates, ...d.controllers, ...d.manifests]).forEach((file) => print(file));
  return 0;
};

function readOutputs(file: string): z.infer<typeof outputsShape> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new InputError(`--outputs: cannot read "${file}"; it takes the file that \`cdk deploy --outputs-file\` wrote`);
  }
  const parsed = outputsShape.safeParse(jsonOrUndefined(text));
  if (!parsed.success) throw new InputError(`--outputs: "${file}" is not a JSON object of stacks and their outputs`);
  return parsed.data;
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
