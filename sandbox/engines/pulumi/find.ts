import { type LocalWorkspace, Stack } from '@pulumi/pulumi/automation';
import { OUTPUTS, TAGS, timeOf } from '../../../stacks/sandbox';
import type { Account } from '../../account';
import type { Outputs } from '../../engine';
import type { Sandbox } from '../../sandbox';
import { stateOf } from './recover';

interface Tag {
  Key: string;
  Value: string;
}

/** Sandboxes of an account in a workspace's state, as their resources' tags and the expiry stack's outputs tell of them; of stacks it knows none. */
export async function sandboxesIn(workspace: LocalWorkspace, account: Account): Promise<Sandbox[]> {
  const found: Sandbox[] = [];
  for (const { name } of await workspace.listStacks()) {
    const stack = await Stack.select(name, workspace);
    const { resources = [], pending_operations: pending = [] } = stateOf(await stack.exportStack());
    const all = [...resources, ...pending.map(({ resource }) => resource)];
    const tagged = all.map(({ inputs }) => tagsOf(inputs?.properties)).find((tags) => tags[TAGS.sandbox] === name);
    // Each sandbox has stacks of their own, whose identifiers name the account.
    if (!tagged || !all.some(({ id }) => id?.includes(`:${account.id}:`))) continue;
    const { value } = (await stack.outputs()).outputs ?? {};
    const told = Object.values((value ?? {}) as Outputs).find((outputs) => OUTPUTS.usdPerHour in outputs);
    const amount = (key: string) => (told?.[key] === undefined ? undefined : Number(told[key]));
    found.push({
      name,
      system: tagged[TAGS.system] ?? '',
      stage: tagged[TAGS.stage] ?? '',
      owner: tagged[TAGS.owner] ?? '',
      engine: 'pulumi',
      regions: all.flatMap(({ type, inputs }) => (type === 'pulumi:providers:aws-native' ? [String(inputs?.region)] : [])),
      created: new Date(Math.min(...resources.flatMap(({ created }) => (created ? [Date.parse(created)] : [])))),
      expires: timeOf(tagged[TAGS.expires]),
      usdPerHour: amount(OUTPUTS.usdPerHour),
      budgetUsd: amount(OUTPUTS.budgetUsd),
      stacks: [],
    });
  }
  return found;
}

function tagsOf(properties: unknown): Record<string, string | undefined> {
  const { Tags } = (properties ?? {}) as { Tags?: unknown };
  return Array.isArray(Tags) ? Object.fromEntries((Tags as Tag[]).map(({ Key, Value }) => [Key, Value])) : {};
}
