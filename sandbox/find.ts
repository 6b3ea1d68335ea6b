import { REGIONS } from '../plan/regions';
import { OUTPUTS, TAGS, timeOf } from '../stacks/sandbox';
import type { Account } from './account';
import { type CloudFormationIn, cloudFormationOf, describeStacks, type TaggedStack } from './cloudformation';
import type { EngineName } from './engine';
import { explained } from './failure';
import { isStackOf } from './own-stack';
import type { Sandbox } from './sandbox';

/** What AWS answers good credentials with in a region that the account has not switched on. */
const NOT_SWITCHED_ON = ['InvalidClientTokenId', 'UnrecognizedClientException', 'OptInRequired'];
/** What it answers where the account's organisation denies a region, and where somebody may not look. */
const DENIED = ['AccessDenied', 'AccessDeniedException'];

export interface Search {
  /** Regions to look into; of a sandbox that is found there, its others all the same. @default all that stages can be put into */
  regions?: readonly string[];
  /** @default AWS, as the account's credentials reach it */
  cloudFormation?: CloudFormationIn;
  /** Told of each region, other than home, that these credentials may not look into, and why. @default that is an error */
  unseen?: (region: string, why: string) => void;
  /** Told of each stack that has a sandbox's tag and is not named as its stacks are: it is none of them. @default nobody */
  stranger?: (stack: Stranger) => void;
}

export interface Stranger {
  name: string;
  region: string;
  /** Name that its tag says. */
  sandbox: string;
}

interface Found extends TaggedStack {
  region: string;
}

/**
 * The account's sandboxes, by what their stacks' names, tags and outputs tell; nothing is remembered elsewhere. Those that Pulumi brought up are
 * known by the tags of the stacks it makes for single resources.
 * @throws {SandboxError} when AWS cannot be asked
 */
export async function findSandboxes(account: Account, search: Search = {}): Promise<Sandbox[]> {
  const {
    regions: asked = [...new Set([account.region, ...REGIONS])],
    cloudFormation = cloudFormationOf(account),
    unseen,
    stranger,
  } = search;
  const look = async (regions: readonly string[]): Promise<Found[]> => {
    const found = regions.map(async (region) => {
      const stacks = await explained(() => describeStacks(cloudFormation(region)).catch(ifNotSeen(region, account, unseen)), {
        region,
        profile: account.profile,
      });
      const tagged = stacks.filter(({ tags }) => tags[TAGS.sandbox]).map((stack) => ({ ...stack, region }));
      tagged.filter((one) => !isOwn(one)).forEach((one) => stranger?.(strangerOf(one)));
      return tagged.filter(isOwn);
    });
    return (await Promise.all(found)).flat();
  };
  const here = await look(asked);
  const named = new Set(here.flatMap(regionsIn));
  const elsewhere = await look([...named].filter((region) => !asked.includes(region)));
  const keys = [...new Set(here.map(keyOf))].sort();
  return keys.map((key) => sandboxOf([...here, ...elsewhere].filter((stack) => keyOf(stack) === key)));
}

const engineOf = ({ tags }: Found): EngineName => (tags[TAGS.engine] === 'pulumi' ? 'pulumi' : 'cloudformation');
/** Two engines know nothing of each other, so each may have one of the same name. */
const keyOf = (found: Found): string => `${found.tags[TAGS.sandbox]} ${engineOf(found)}`;

/** What Pulumi makes for single resources has names of its own. */
const isOwn = (found: Found): boolean => engineOf(found) === 'pulumi' || isStackOf(found.tags[TAGS.sandbox]!, found.region, found);
const strangerOf = ({ stack, tags, region }: Found): Stranger => ({ name: stack.StackName!, region, sandbox: tags[TAGS.sandbox]! });

function ifNotSeen(region: string, account: Account, unseen: Search['unseen']) {
  return (error: Error): TaggedStack[] => {
    // At home bad credentials are told; elsewhere the same answer means that the region is off.
    if (region === account.region) throw error;
    if (NOT_SWITCHED_ON.includes(error.name)) return [];
    if (!unseen || !DENIED.includes(error.name)) throw error;
    unseen(region, error.message);
    return [];
  };
}

const outputOf = ({ stack }: Found, key: string): string | undefined =>
  stack.Outputs?.find((output) => output.OutputKey === key)?.OutputValue;

const regionsIn = (found: Found): string[] =>
  found.tags[TAGS.room] === 'expiry' ? (outputOf(found, OUTPUTS.regions)?.split(',') ?? []) : [];

/**
 * What it is as a whole its expiry stack tells, that of the home region first: the others' tags may be older.
 * @param found its stacks, at least one
 */
function sandboxOf(found: readonly Found[]): Sandbox {
  const expiries = found.filter(({ tags }) => tags[TAGS.room] === 'expiry');
  const [home] = expiries.flatMap(regionsIn);
  const expiry = [...expiries.filter(({ region }) => region === home), ...expiries.filter(({ region }) => region !== home)];
  const told = (key: string) => expiry.map((stack) => outputOf(stack, key)).find((value) => value !== undefined);
  const amount = (key: string) => (told(key) === undefined ? undefined : Number(told(key)));
  const { tags } = expiry[0] ?? found[0]!;
  return {
    name: tags[TAGS.sandbox]!,
    system: tags[TAGS.system] ?? '',
    stage: tags[TAGS.stage] ?? '',
    owner: tags[TAGS.owner] ?? '',
    engine: engineOf(found[0]!),
    // Where no output names the home first, the budget of the expiry stack lies there.
    regions: [...new Set([...expiry.flatMap(regionsIn), ...[...expiry, ...found].map(({ region }) => region)])],
    created: earliest(found.map(({ stack }) => stack.CreationTime!)),
    expires: timeOf(told(OUTPUTS.expires)) ?? timeOf(tags[TAGS.expires]),
    usdPerHour: amount(OUTPUTS.usdPerHour),
    budgetUsd: amount(OUTPUTS.budgetUsd),
    stacks: found.map(({ stack, tags: own, region }) => ({
      name: stack.StackName!,
      id: stack.StackId!,
      region,
      room: own[TAGS.room] ?? '',
      owner: own[TAGS.owner] ?? '',
      status: stack.StackStatus!,
    })),
  };
}

const earliest = (times: readonly Date[]): Date => new Date(Math.min(...times.map((time) => time.getTime())));
