import { REGIONS } from '../plan/regions';
import { OUTPUTS, TAGS } from '../stacks/sandbox';
import type { Account } from './account';
import { cloudFormationOf, describeStacks, type TaggedStack } from './cloudformation';
import { explained } from './failure';
import type { Sandbox } from './sandbox';

/** What AWS answers good credentials with in a region that the account has not switched on, or that its organisation denies. */
const NOT_SWITCHED_ON = ['InvalidClientTokenId', 'UnrecognizedClientException', 'OptInRequired', 'AccessDenied', 'AccessDeniedException'];

interface Found extends TaggedStack {
  region: string;
}

/**
 * The account's sandboxes, by what their stacks' tags and outputs tell; nothing is remembered elsewhere.
 * @param only a region to look into. @default all that stages can be put into; of a sandbox that is found there, its other regions all the same
 * @throws {SandboxError} when AWS cannot be asked
 */
export async function findSandboxes(account: Account, only?: string, cloudFormation = cloudFormationOf(account)): Promise<Sandbox[]> {
  const look = async (regions: readonly string[]): Promise<Found[]> => {
    const found = regions.map(async (region) => {
      const asked = { region, profile: account.profile };
      const stacks = await explained(() => describeStacks(cloudFormation(region)).catch(ignoreIfOff(region, account)), asked);
      return stacks.filter(({ tags }) => tags[TAGS.sandbox]).map((stack) => ({ ...stack, region }));
    });
    return (await Promise.all(found)).flat();
  };
  const asked = only ? [only] : [...new Set([account.region, ...REGIONS])];
  const here = await look(asked);
  const named = new Set(here.flatMap(regionsIn));
  const elsewhere = await look([...named].filter((region) => !asked.includes(region)));
  const names = [...new Set(here.map(({ tags }) => tags[TAGS.sandbox]!))].sort();
  return names.map((name) =>
    sandboxOf(
      name,
      [...here, ...elsewhere].filter(({ tags }) => tags[TAGS.sandbox] === name),
    ),
  );
}

function ignoreIfOff(region: string, account: Account) {
  return (error: Error): TaggedStack[] => {
    // At home bad credentials are told; elsewhere the same answer means that the region is off.
    if (region !== account.region && NOT_SWITCHED_ON.includes(error.name)) return [];
    throw error;
  };
}

const outputOf = ({ stack }: Found, key: string): string | undefined =>
  stack.Outputs?.find((output) => output.OutputKey === key)?.OutputValue;

const regionsIn = (found: Found): string[] =>
  found.tags[TAGS.room] === 'expiry' ? (outputOf(found, OUTPUTS.regions)?.split(',') ?? []) : [];

function sandboxOf(name: string, found: readonly Found[]): Sandbox {
  const expiry = found.filter(({ tags }) => tags[TAGS.room] === 'expiry');
  const told = (key: string) => expiry.map((stack) => outputOf(stack, key)).find((value) => value !== undefined);
  const amount = (key: string) => (told(key) === undefined ? undefined : Number(told(key)));
  const { tags } = found[0]!;
  return {
    name,
    system: tags[TAGS.system] ?? '',
    stage: tags[TAGS.stage] ?? '',
    owner: tags[TAGS.owner] ?? '',
    regions: [...new Set([...expiry.flatMap(regionsIn), ...found.map(({ region }) => region)])],
    created: earliest(found.map(({ stack }) => stack.CreationTime!)),
    expires: new Date(told(OUTPUTS.expires) ?? tags[TAGS.expires]!),
    usdPerHour: amount(OUTPUTS.usdPerHour),
    budgetUsd: amount(OUTPUTS.budgetUsd),
    stacks: found.map(({ stack, tags: own, region }) => ({
      name: stack.StackName!,
      id: stack.StackId!,
      region,
      room: own[TAGS.room] ?? '',
      status: stack.StackStatus!,
    })),
  };
}

const earliest = (times: readonly Date[]): Date => new Date(Math.min(...times.map((time) => time.getTime())));
