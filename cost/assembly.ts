import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { readJson, readTemplate, TemplateError } from './template';
import type { Resource, Template } from './template';

/** How deep stacks may nest; CDK apps stay at one or two. */
const NESTING_LIMIT = 5;

const manifestShape = z.object({
  artifacts: z
    .record(
      z.string(),
      z.looseObject({
        type: z.string(),
        environment: z.string().optional(),
        properties: z
          .looseObject({
            templateFile: z.string().optional(),
            stackName: z.string().optional(),
            directoryName: z.string().optional(),
          })
          .optional(),
      }),
    )
    .default({}),
});

/**
 * Reads what is to be priced: a template file, or a `cdk.out` folder with its stages (nested assemblies) and nested stacks.
 * A folder without `manifest.json` counts with every `*.template.json` in it.
 * @param defaultRegion of stacks that do not say theirs.
 * @throws TemplateError when there is nothing to read or something is no template.
 */
export function loadTemplates(path: string, defaultRegion = 'us-east-1'): Template[] {
  if (!existsSync(path)) throw new TemplateError(`${path}: no such file or folder; allowed: a template or a cdk.out folder`);
  const templates = statSync(path).isDirectory() ? readFolder(path, defaultRegion) : [readTemplate(path, defaultRegion)];
  if (templates.length === 0)
    throw new TemplateError(`${path}: found no stack, allowed: a cdk.out folder with at least one *.template.json`);
  return templates.flatMap((template) => withNestedStacks(template, path, 0));
}

function readFolder(folder: string, defaultRegion: string): Template[] {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) {
    const files = readdirSync(folder)
      .filter((name) => name.endsWith('.template.json'))
      .sort();
    return files.map((name) => readTemplate(join(folder, name), defaultRegion));
  }
  const parsed = manifestShape.safeParse(readJson(manifest));
  if (!parsed.success) throw new TemplateError(`${manifest}: not a manifest that \`cdk synth\` wrote: ${z.prettifyError(parsed.error)}`);
  return Object.entries(parsed.data.artifacts).flatMap(([id, { type, environment, properties }]) => {
    if (type === 'cdk:cloud-assembly' && properties?.directoryName)
      return readFolder(join(folder, properties.directoryName), defaultRegion);
    if (type !== 'aws:cloudformation:stack' || !properties?.templateFile) return [];
    return [readTemplate(join(folder, properties.templateFile), regionOf(environment) ?? defaultRegion, properties.stackName ?? id)];
  });
}

/** A nested stack whose template is at hand gives way to its resources; any other stays, to be reported. */
function withNestedStacks(template: Template, path: string, depth: number): Template[] {
  const files = nestedTemplates(template);
  if (files.size === 0) return [template];
  if (depth >= NESTING_LIMIT) throw new TemplateError(`${path}: stacks nest deeper than ${NESTING_LIMIT}; allowed: at most that`);
  const nested = [...files].map(([{ logicalId }, file]) => readTemplate(file, template.region, `${template.stack}/${logicalId}`));
  const outer = { ...template, resources: template.resources.filter((resource) => !files.has(resource)) };
  return [outer, ...nested.flatMap((inner) => withNestedStacks(inner, path, depth + 1))];
}

const assetsShape = z.object({
  files: z.record(z.string(), z.looseObject({ source: z.looseObject({ path: z.string().optional() }) })).default({}),
});

/** A nested stack's `TemplateURL` holds the hash under which the assets beside the template list its file. */
function nestedTemplates({ resources, file }: Template): Map<Resource, string> {
  const stacks = resources.filter(({ type }) => type === 'AWS::CloudFormation::Stack');
  const folder = dirname(file);
  const lists = stacks.length > 0 ? readdirSync(folder).filter((name) => name.endsWith('.assets.json')) : [];
  const assets = lists.flatMap((name) => Object.entries(assetsShape.safeParse(readJson(join(folder, name))).data?.files ?? {}));
  return new Map(
    stacks.flatMap((stack): [Resource, string][] => {
      const url = JSON.stringify(stack.properties.TemplateURL ?? '');
      const source = assets.find(([hash]) => url.includes(hash))?.[1].source.path;
      return source && existsSync(join(folder, source)) ? [[stack, join(folder, source)]] : [];
    }),
  );
}

function regionOf(environment = ''): string | undefined {
  const region = /^aws:\/\/[^/]+\/(.+)$/.exec(environment)?.[1];
  return region === 'unknown-region' ? undefined : region;
}
