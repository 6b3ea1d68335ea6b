import { stripVTControlCharacters } from 'node:util';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Account } from '../account';
import { cloudFormationOf } from '../cloudformation';
import type { Engine, Outputs, Step } from '../engine';
import { adviceOn, explained, factsOf, type Asked } from '../failure';
import { POLL_MS } from '../polling';
import { SandboxError } from '../sandbox-error';
import { type Failure, Progress, type StackEvent } from './cloudformation/progress';
import { settle } from './cloudformation/settle';

/** Stacks at work at the same time, as far as they do not need each other. */
const CONCURRENCY = 8;
/** Change sets, one a stack, as the CDK's own command line deploys. Failed stacks stay as they are, for the next run to go on with. */
export const cloudFormationEngine: Engine = {
  async up(assembly, parameters, account, watch) {
    const { stacks } = new CloudAssembly(assembly);
    const regionOf = new Map(stacks.map((stack) => [stack.stackName, stack.environment.region]));
    const resources = new Map(
      stacks.map((stack) => [stack.stackName, Object.keys((stack.template as { Resources?: object }).Resources ?? {})]),
    );
    const progress = new Progress(resources, watch);
    const environments = [...new Set(regionOf.values())].map((region) => `aws://${account.id}/${region}`);
    const asked: Asked = { region: account.region, profile: account.profile, environments };
    const waiting = (step: Omit<Step, 'done' | 'total'>) => progress.tell(step);
    const cloudFormation = cloudFormationOf(account);
    const intended = stacks.map(({ stackName, environment: { region }, tags }) => ({ stackName, region, tags }));
    await explained(() => Promise.all(intended.map((one) => settle(cloudFormation(one.region), one, waiting, POLL_MS))), asked);
    try {
      return await explained(() => deploy(assembly, parameters, account, progress), asked);
    } catch (error) {
      const { cause } = progress;
      if (cause) throw new SandboxError(ofResource(cause, { ...asked, region: regionOf.get(cause.stack) }), { cause: error });
      if (error instanceof SandboxError || !isToolkitError(error)) throw error;
      throw new SandboxError(`${tidy(factsOf(error).message)}; ${onceMore}`, { cause: error });
    }
  },
};

async function deploy(
  assembly: string,
  parameters: Readonly<Record<string, string>>,
  account: Account,
  progress: Progress,
): Promise<Outputs> {
  // 180 MB, which no other verb has to load.
  const { BaseCredentials, StackParameters, Toolkit } = await import('@aws-cdk/toolkit-lib');
  const toolkit = new Toolkit({
    color: false,
    emojis: false,
    sdkConfig: { baseCredentials: BaseCredentials.custom({ provider: account.credentials, region: account.region }) },
    ioHost: {
      notify: (message) => Promise.resolve(listen(message as Message, progress)),
      // It asks whether to go on with what we were asked to do.
      requestResponse: () => Promise.resolve(true as never),
    },
  });
  const { stacks } = await toolkit.deploy(await toolkit.fromAssemblyDirectory(assembly), {
    deploymentMethod: { method: 'change-set' },
    parameters: StackParameters.exactly({ ...parameters }),
    rollback: false,
    concurrency: CONCURRENCY,
    stackEventPollingInterval: POLL_MS,
  });
  return Object.fromEntries(stacks.map(({ stackName, outputs }) => [stackName, outputs]));
}

/** What the toolkit tells, as far as it matters here. */
interface Message {
  code?: string;
  data?: { event?: StackEvent & { StackName?: string }; stackName?: string; stackArn?: string };
}

function listen({ code, data }: Message, progress: Progress): void {
  if (code === 'CDK_TOOLKIT_I5502') progress.event(data?.event?.StackName ?? '', data?.event ?? {});
  if (code === 'CDK_TOOLKIT_I5501') progress.begin(data?.stackName ?? '');
  // Also of a stack that there was nothing to do about.
  if (code === 'CDK_TOOLKIT_I5900') progress.end(data?.stackArn?.split('/')[1] ?? '');
}

const onceMore =
  'correct what it says and run the same command again, it goes on where this one stopped; or go back with `scaleprint sandbox down`';

function ofResource({ stack, resource, type, reason }: Failure, asked: Asked): string {
  const advice = adviceOn(reason, { ...asked, type });
  const happened = `${stack}: ${resource} (${type}) failed: ${tidy(reason)}`;
  return advice ? `${happened}; ${advice.what}: ${advice.then}` : `${happened}; ${onceMore}`;
}

/** One line without the numbers of requests. */
const tidy = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(/,? ?\(?(RequestToken|Request ID|Extended Request ID|SDK Attempt Count): [^,)]*\)?/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const isToolkitError = (error: unknown): boolean => error instanceof Error && (error as { source?: string }).source !== undefined;
