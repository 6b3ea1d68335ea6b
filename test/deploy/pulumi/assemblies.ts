import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { synthesize } from '../../../pipeline/synthesize';
import { inEnvironment } from '../../../plan/environment';
import { plan } from '../../../plan/plan';
import { smallest } from '../../../plan/smallest';
import { isLeftOut } from '../../../sandbox/engines/pulumi/bridge';
import { mentionedIn } from '../../../sandbox/engines/pulumi/order';
import { TAGS } from '../../../stacks/sandbox';
import { loadSystem } from '../../../systems';
import type { Template } from '../template';

const HOUR = 3_600_000;

/** A sandbox's templates, as both engines are given them. */
export interface Written {
  name: string;
  /** Folder `cdk.out`. */
  assembly: string;
  /** The same without what Pulumi leaves out. */
  withoutExpiry: string;
  regions: string[];
}

interface Manifest {
  artifacts: Record<string, { dependencies?: string[] }>;
}

/** @param expires @default in four hours */
export function writeSandbox(
  system: string,
  stage: string,
  owner: string,
  folder: string,
  expires = new Date(Date.now() + 4 * HOUR),
): Written {
  const name = `${system}-${stage}-${owner}`;
  const sandbox = { name, owner, expires, budgetUsd: 20, usdPerHour: 0.1 };
  const target = join(folder, name);
  synthesize(inEnvironment(smallest(plan(loadSystem(system), stage)), `${stage}-${owner}`), target, { sandbox });
  const assembly = join(target, 'cdk.out');
  const withoutExpiry = join(target, 'without-expiry');
  cpSync(assembly, withoutExpiry, { recursive: true });
  const { stacks } = new CloudAssembly(withoutExpiry);
  const manifest = JSON.parse(readFileSync(join(withoutExpiry, 'manifest.json'), 'utf8')) as Manifest;
  for (const { id, templateFullPath, tags } of stacks) {
    const template = JSON.parse(readFileSync(templateFullPath, 'utf8')) as Template;
    const kept = Object.entries(template.Resources).filter(([, resource]) => !isLeftOut(tags[TAGS.room], resource));
    writeFileSync(templateFullPath, JSON.stringify({ ...template, Resources: Object.fromEntries(kept) }));
    if (kept.length > 0) continue;
    delete manifest.artifacts[id];
    for (const artifact of Object.values(manifest.artifacts))
      artifact.dependencies = artifact.dependencies?.filter((other) => other !== id);
  }
  writeFileSync(join(withoutExpiry, 'manifest.json'), JSON.stringify(manifest));
  return { name, assembly, withoutExpiry, regions: [...new Set(stacks.map(({ environment }) => environment.region))] };
}

/** Attributes that the templates ask for, by type. */
export function attributesIn(assembly: string): Map<string, Set<string>> {
  const attributes = new Map<string, Set<string>>();
  for (const { template } of new CloudAssembly(assembly).stacks)
    for (const [id, asked] of mentionedIn(template)) {
      const type = (template as Template).Resources[id]?.Type;
      if (type) attributes.set(type, new Set([...(attributes.get(type) ?? []), ...[...asked].filter((what) => what !== 'Ref')]));
    }
  return attributes;
}

/** Sandboxes whose templates have a property, at any depth, that those of none before them have: the bridge turns them over one by one. */
export function withNewProperties<W extends Written>(sandboxes: readonly W[]): W[] {
  const known = new Set<string>();
  return sandboxes.filter(({ withoutExpiry }) => {
    const before = known.size;
    for (const { templateFullPath } of new CloudAssembly(withoutExpiry).stacks) {
      const { Resources } = JSON.parse(readFileSync(templateFullPath, 'utf8')) as Template;
      for (const { Type, Properties } of Object.values(Resources)) for (const path of pathsIn(Properties)) known.add(`${Type}${path}`);
    }
    return known.size > before;
  });
}

function* pathsIn(value: unknown, at = ''): Generator<string> {
  yield at;
  if (Array.isArray(value)) for (const item of value) yield* pathsIn(item, at);
  // What a template calls something is no property: keys of a document, of tags and of functions.
  else if (typeof value === 'object' && value !== null && !at.endsWith('Document'))
    for (const [key, item] of Object.entries(value)) yield* pathsIn(item, `${at}.${key}`);
}
