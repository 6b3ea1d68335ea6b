import { DefaultStackSynthesizer, type StackProps } from 'aws-cdk-lib';
import type { Deployment } from '../plan/plan';
import { type SandboxOptions, sandboxTags, TAGS } from './sandbox';
import { cellName, stackNameOf } from './stack-name';

/** One cell of a stage: where a set of stacks goes. */
export interface Place {
  readonly system: string;
  readonly stage: string;
  /** The plan's: the stage, unless it has a name of its own. */
  readonly environment: string;
  readonly deployment: Deployment;
  /** 1 to `deployment.cells`. */
  readonly cell: number;
}

/** What a stage's stacks have in common. */
export interface StageOptions {
  /** Whether the stage may be deleted with its data; a sandbox always may. @default false */
  readonly disposable?: boolean;
  /** What makes the stage a sandbox, which ends by itself. @default none, it stays */
  readonly sandbox?: SandboxOptions;
  /** Tags besides system, stage, region and cell. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What a stack of a cell holds. */
export const ROOMS = {
  network: 'network, and the rules of who talks to whom',
  data: 'everything that holds data',
  copies: "copies of the home region's databases",
  compute: 'services, their machines and their entrances',
  operations: 'alarms and dashboard',
  edge: 'names, content delivery and firewall',
  'cdn-access': 'which distributions read which buckets',
  expiry: 'what deletes a sandbox when its time is up',
} as const;

export type Room = keyof typeof ROOMS;

/** What a cell's stacks and its cluster are called. */
export const nameOf = ({ system, environment, deployment, cell }: Place): string =>
  cellName(`${system}-${environment}`, deployment.region.name, cell);

/** Properties of a cell's stack: bound to a region and to no account. */
export function stackProps(place: Place, room: Room, options: StageOptions): StackProps {
  const { system, stage, deployment, cell } = place;
  return stackPropsOf(stackNameOf(nameOf(place), room), { system, stage, region: deployment.region.name, room }, options, {
    [TAGS.cell]: String(cell),
  });
}

/** Properties of a stack that serves the whole stage. */
export function stackPropsOf(
  stackName: string,
  { system, stage, region, room }: { system: string; stage: string; region: string; room: Room },
  { disposable = false, sandbox, tags = {} }: StageOptions,
  more: Record<string, string> = {},
): StackProps {
  return {
    stackName,
    env: { region },
    description: `${system}, stage ${stage}: ${ROOMS[room]}`,
    terminationProtection: !disposable,
    tags: {
      ...tags,
      'scaleprint:system': system,
      'scaleprint:stage': stage,
      'scaleprint:region': region,
      ...more,
      ...(sandbox && sandboxTags(sandbox, room)),
    },
    // The version rule would add forty lines to every template; the CLI checks the bootstrap version itself.
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
  };
}
