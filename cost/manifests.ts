import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { KUBERNETES, TemplateError } from './template';
import type { Resource, Template } from './template';

const MANIFEST = /\.ya?ml$/;

const objectShape = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().default('default') }),
});

/**
 * Reads Kubernetes manifests (a YAML file, or a folder with its subfolders) as if they were one more template, so that they
 * are priced and counted like the rest.
 * @throws TemplateError when there is no manifest, or one is no Kubernetes object.
 */
export function loadManifests(path: string, region: string, stack = 'kubernetes'): Template {
  if (!existsSync(path)) throw new TemplateError(`${path}: no such file or folder; allowed: Kubernetes manifests in YAML`);
  const files = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => MANIFEST.test(name))
        .sort()
        .map((name) => join(path, name))
    : [path];
  if (files.length === 0) throw new TemplateError(`${path}: found no *.yaml file; allowed: a folder of Kubernetes manifests`);
  const resources = files
    .flatMap((file) => readObjects(file))
    .map((object): Resource => {
      const { kind, metadata } = object;
      const name = idOf(kind, metadata);
      return { logicalId: name, type: KUBERNETES + kind, properties: object, metadata: {}, template: stack, region };
    });
  return { stack, region, file: path, resources, outputs: {}, exports: {}, metadata: {} };
}

const idOf = (kind: string, { namespace, name }: { namespace: string; name: string }): string => `${namespace}/${kind}/${name}`;

/** What a storage class, which belongs to no namespace, is referred to by. */
export const storageClassId = (name: string): string => idOf('StorageClass', { namespace: 'default', name });

function readObjects(file: string): z.infer<typeof objectShape>[] {
  const documents = parseAllDocuments(readFileSync(file, 'utf8'));
  return documents.flatMap((document, i) => {
    const problem = document.errors[0];
    if (problem) throw new TemplateError(`${file}: not YAML: ${problem.message}`);
    const value: unknown = document.toJS();
    if (value === null) return [];
    const object = objectShape.safeParse(value);
    if (object.success) return [object.data];
    throw new TemplateError(`${file}, document ${i + 1}: not a Kubernetes object: ${z.prettifyError(object.error)}`);
  });
}
