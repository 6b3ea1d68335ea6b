import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { evaluateConditions, IntrinsicError, resolve } from './intrinsics';

/** A template or `cdk.out` folder cannot be read: says which file, what was found, what is allowed. */
export class TemplateError extends Error {
  override name = 'TemplateError';
}

/** Prefix of the resource types that stand for Kubernetes kinds. */
export const KUBERNETES = 'Kubernetes::';

/** One resource of a template, as the meters see it. */
export interface Resource {
  logicalId: string;
  /** CloudFormation type, or `Kubernetes::<kind>` for a manifest's object. */
  type: string;
  /** Parameters, pseudo parameters, mappings and conditions are resolved; references to resources are left as they are. */
  properties: Record<string, unknown>;
  metadata: Record<string, unknown>;
  /** Name of its stack. */
  template: string;
  region: string;
  /** The construct path (`aws:cdk:path`). @default - not written by CDK */
  path?: string;
}

/** A stack's template, read for pricing. */
export interface Template {
  stack: string;
  region: string;
  file: string;
  /** Resources whose condition holds. */
  resources: Resource[];
  /** Values of the outputs by logical id. */
  outputs: Record<string, unknown>;
  /** Values of the exported outputs by export name. */
  exports: Record<string, unknown>;
  /** The template's own `Metadata`. */
  metadata: Record<string, unknown>;
}

const record = z.record(z.string(), z.unknown());

const resourceShape = z.object({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: record.default({}),
  Metadata: record.default({}),
});

const templateShape = z.object({
  Resources: z.record(z.string(), resourceShape),
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string() })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), record)).default({}),
  Conditions: record.default({}),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
  Metadata: record.default({}),
});

/**
 * Reads one template (JSON).
 * @param region where its stack is to be deployed.
 * @param stack the stack's name; by default the file's name without `.template.json`.
 * @throws TemplateError when the file is no CloudFormation template.
 */
export function readTemplate(file: string, region: string, stack = basename(file).replace(/(\.template)?\.json$/, '')): Template {
  const parsed = templateShape.safeParse(readJson(file));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new TemplateError(`${file}: ${path.join('.') || 'the document'} is not as a CloudFormation template has it: ${message}`);
  }
  const { Resources, Parameters, Mappings, Conditions, Outputs, Metadata } = parsed.data;
  const defaults = Object.entries(Parameters).filter(([, { Default }]) => Default !== undefined);
  const scope = {
    values: { ...pseudoParameters(region, stack), ...Object.fromEntries(defaults.map(([name, { Default }]) => [name, Default])) },
    mappings: Mappings,
    conditions: {},
  };
  try {
    const known = { ...scope, conditions: evaluateConditions(Conditions, scope) };
    const present = Object.entries(Resources).filter(
      ([, { Condition }]) => Condition === undefined || known.conditions[Condition] !== false,
    );
    const outputs = Object.entries(Outputs).map(([id, output]) => [id, resolve(output, known) as typeof output] as const);
    const exported = outputs.flatMap(([, { Export, Value }]) => exportName(Export).map((name) => [name, Value] as const));
    return {
      stack,
      region,
      file,
      metadata: Metadata,
      outputs: Object.fromEntries(outputs.map(([id, { Value }]) => [id, Value])),
      exports: Object.fromEntries(exported),
      resources: present.map(([logicalId, { Type, Properties, Metadata: metadata }]) => ({
        logicalId,
        type: Type,
        metadata,
        template: stack,
        region,
        properties: resolve(Properties, known) as Record<string, unknown>,
        path: typeof metadata['aws:cdk:path'] === 'string' ? metadata['aws:cdk:path'] : undefined,
      })),
    };
  } catch (error) {
    throw error instanceof IntrinsicError ? new TemplateError(`${file}: ${error.message}`) : error;
  }
}

/** Parses a JSON file. @throws TemplateError when it is missing or no JSON. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new TemplateError(
      `${file}: ${code === 'ENOENT' ? 'no such file' : `not JSON (${message})`}; allowed: a template that \`cdk synth\` wrote`,
    );
  }
}

const pseudoParameters = (region: string, stack: string): Record<string, unknown> => ({
  'AWS::Region': region,
  'AWS::StackName': stack,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
});

function exportName(declared: unknown): string[] {
  const name = (declared as { Name?: unknown } | undefined)?.Name;
  return typeof name === 'string' ? [name] : [];
}
