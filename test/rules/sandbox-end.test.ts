import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizePlan } from '../../stacks/synthesize';
import { everySandbox, firstAndLargest, type SynthesizedStage } from '../every-stage';
import { sandboxOptions } from '../every-stage/sandbox';
import { type Change, changesBetween, type UpdatedTemplate } from './stack-update';

// The end of a sandbox moves, and nobody's work in it is to be interrupted for that.

const HOUR = 3_600_000;
/** What CloudFormation tags by: in place, or the change is no update. */
const TAG_PROPERTIES = new Set(['Tags', 'ResourceTags', 'HostedZoneTags']);

const folder = mkdtempSync(join(tmpdir(), 'scaleprint-end-'));
afterAll(() => rmSync(folder, { recursive: true }));

const templatesOf = ({ name, templates }: SynthesizedStage) => {
  expect([name, templates.length > 0]).toEqual([name, true]);
  return new Map(templates.map((t) => [t.name.replace('.template.json', ''), JSON.parse(t.text) as UpdatedTemplate]));
};

/** The same sandbox with an end an hour later. */
function prolonged({ name, plan }: SynthesizedStage): ReadonlyMap<string, UpdatedTemplate> {
  const options = sandboxOptions({ ...plan, stage: name.stage });
  const sandbox = { ...options, expires: new Date(options.expires.getTime() + HOUR) };
  const { stacks } = synthesizePlan(plan, mkdtempSync(join(folder, name.system)), { sandbox });
  return new Map(stacks.map(({ stackName, template }) => [stackName, template as UpdatedTemplate]));
}

/** Properties that an update gives another value. */
function changed({ before, after, type }: Change): string[] {
  const [was = {}, is = {}] = [before?.Properties, after?.Properties];
  // A global table has its tags by replica.
  const said = (value: unknown, name: string) =>
    JSON.stringify(value, (key, inner) =>
      type === 'AWS::DynamoDB::GlobalTable' && name === 'Replicas' && key === 'Tags' ? undefined : inner,
    );
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => said(was[name], name) !== said(is[name], name));
}

// Each is synthesized once more.
test.each(firstAndLargest(everySandbox))('%s moves its end in place: nothing is another one for it, or starts again', (_, sandbox) => {
  const before = templatesOf(sandbox);
  const changes = changesBetween(before, prolonged(sandbox));
  const [ends, others] = [true, false].map((isEnd) => changes.filter(({ type }) => (type === 'AWS::Scheduler::Schedule') === isEnd));
  expect(ends!.map((change) => [change.fate, changed(change)])).toEqual([...before].map(() => ['updated', ['StartDate']]));
  // Of a launch template, say, not even the tags it hands on: each is another version, and every machine another one.
  const touched = others!.filter(
    (change) => change.fate !== 'updated' || changed(change).some((property) => !TAG_PROPERTIES.has(property)),
  );
  expect(touched.map(({ stack, id, fate }) => `${stack} ${id} ${fate}`)).toEqual([]);
});
