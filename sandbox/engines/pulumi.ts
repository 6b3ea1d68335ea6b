import type { LocalWorkspace } from '@pulumi/pulumi/automation';
import { CommandError, Stack, StackNotFoundError } from '@pulumi/pulumi/automation';
import type { Account } from '../account';
import type { Engine, Outputs, Step } from '../engine';
import { adviceOn } from '../failure';
import { findSandboxes } from '../find';
import { type Sandbox, TAGS } from '../sandbox';
import { SandboxError } from '../sandbox-error';
import { type BridgedStack, readAssembly } from './pulumi/assembly';
import { LIMITS, whyWrapped } from './pulumi/bridge';
import { sandboxesIn } from './pulumi/find';
import { lookUp } from './pulumi/facts';
import { nameOf, Progress } from './pulumi/progress';
import { nameIn, register } from './pulumi/program';
import { recover, stateOf } from './pulumi/recover';
import { inWorkspace, unlocked } from './pulumi/workspace';
import { reasonOf } from './pulumi/wrapped';

/** Resources at work at the same time; Cloud Control's own limits are not published. A guess. */
const PARALLEL = 16;
/** The stack output that holds those of the templates. */
const OUTPUTS = 'outputs';

/** The same templates through Pulumi, resource by resource (docs/decisions/0018). Its state is one Pulumi stack a sandbox. */
export const pulumiEngine: Engine & {
  /** What it cannot do. */
  limits: typeof LIMITS;
  /**
   * Deletes a sandbox that this engine has brought up; goes on where an earlier run stopped.
   * @returns whether there was one
   * @throws {SandboxError} with the first cause, or when its state is elsewhere
   */
  down(name: string, account: Account, watch: (step: Step) => void): Promise<boolean>;
  /** The account's sandboxes that this engine has brought up from this machine, or wherever its state lies. */
  list(account: Account): Promise<Sandbox[]>;
} = {
  limits: LIMITS,

  async up(assembly, parameters, account, watch) {
    const stacks = readAssembly(assembly);
    const facts = await lookUp(stacks, parameters, account);
    const defect = new AbortController();
    const program = async () => ({ [OUTPUTS]: register(stacks, facts, (error) => defect.abort(error)) });
    const progress = new Progress(watch);
    progress.expect(
      new Map(stacks.flatMap(({ name, template }) => Object.entries(template.Resources).map(([id, { Type }]) => [nameIn(name, id), Type]))),
    );
    const result = inWorkspace(account, program, async (workspace) => {
      const stack = await Stack.createOrSelect(sandboxOf(stacks), workspace);
      return unlocked(stack, async () => {
        await recover(stack, account);
        return stack.up({ parallel: PARALLEL, signal: defect.signal, onEvent: (event) => progress.event(event) });
      });
    });
    try {
      return (await result).outputs[OUTPUTS]!.value as Outputs;
    } catch (error) {
      if (defect.signal.aborted) throw defect.signal.reason;
      throw await explanation(error, progress, account, stacks);
    }
  },

  async down(name, account, watch) {
    const progress = new Progress(watch);
    const result = inWorkspace(account, undefined, async (workspace) => {
      const stack = await selected(name, workspace);
      if (!stack) return false;
      await unlocked(stack, () => recover(stack, account));
      const { resources = [] } = stateOf(await stack.exportStack());
      progress.expect(new Map(resources.map(({ urn, inputs }) => [nameOf(urn), inputs?.type ?? ''])));
      await unlocked(stack, () => stack.destroy({ parallel: PARALLEL, onEvent: (event) => progress.event(event) }));
      await workspace.removeStack(name);
      return true;
    });
    try {
      return (await result) || (await requireNone(name, account));
    } catch (error) {
      throw await explanation(error, progress, account);
    }
  },

  list: (account) => inWorkspace(account, undefined, (workspace) => sandboxesIn(workspace, account)),
};

function sandboxOf(stacks: readonly BridgedStack[]): string {
  const name = stacks[0]?.tags[TAGS.sandbox];
  if (!name) throw new SandboxError('these templates are not those of a sandbox; synthesize them with `scaleprint sandbox up`');
  return name;
}

/** What its state does not know, the account may. */
async function requireNone(name: string, account: Account): Promise<false> {
  const found = (await findSandboxes(account, { unseen: () => {} })).find((one) => one.name === name && one.engine === 'pulumi');
  if (!found) return false;
  throw new SandboxError(
    `${name} of ${found.owner} is there, but the state that Pulumi keeps of it is not here; set PULUMI_BACKEND_URL to where it is, or run this on the machine that brought it up`,
  );
}

async function selected(name: string, workspace: LocalWorkspace): Promise<Stack | undefined> {
  try {
    return await Stack.select(name, workspace);
  } catch (error) {
    if (error instanceof StackNotFoundError) return undefined;
    throw error;
  }
}

/** What first went wrong and the way on, where the engine failed; anything else as it is. */
async function explanation(error: unknown, { cause }: Progress, account: Account, stacks: readonly BridgedStack[] = []): Promise<unknown> {
  if (!(error instanceof CommandError)) return error;
  const { stack, resource = '', type } = cause ?? {};
  const reason = (stacks.length > 0 && stack && (await reasonInside(stacks, stack, resource, account))) || (cause?.reason ?? error.message);
  const advice = adviceOn(reason, { region: account.region, profile: account.profile, type });
  const happened = `${stack ? `${stack}: ${resource} (${type})` : 'Pulumi'} failed: ${reason.replace(/\s+/g, ' ').trim()}`;
  const then = advice
    ? `${advice.what}: ${advice.then}`
    : 'correct what it says and run the same command again, it goes on where this one stopped';
  return new SandboxError(`${happened}; ${then}`, { cause: error });
}

/** Of a resource in a stack of its own Pulumi knows only that this stack failed. */
async function reasonInside(stacks: readonly BridgedStack[], name: string, id: string, account: Account): Promise<string | undefined> {
  const stack = stacks.find((one) => one.name === name);
  return stack && whyWrapped(stack.template.Resources[id]!) ? reasonOf(nameIn(name, id), stack.region, account) : undefined;
}
