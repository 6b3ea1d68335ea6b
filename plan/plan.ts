import type { Alarm } from './alarm';
import { type Availability, estimateAvailability } from './availability';
import { Blueprint, type Region } from './blueprint';
import { clusterShortage, decideCells, fewestCells, inStepWithHome, partShortage, type Shortage } from './cells';
import { choose, type Decision, otherwise } from './decision';
import type { Flow } from './flow';
import type { Growth } from './growth';
import { requireDeliveries } from './deliveries';
import { InputError, nearest } from './input-error';
import { requireLakes } from './lakes';
import { nodeGroupsFor } from './node-groups';
import type { NodeGroup } from './packing';
import type { Quota } from './part';
import { exceededQuotas } from './quotas';
import type { Part } from './sizing';
import { HOME_REGION, moveHome, oneRegion } from './regions';
import { requireIsolation } from './isolation';
import { requireListeners } from './listeners';
import { requireAccelerators } from './accelerators';
import { type MailDomain, requireMailServers } from './mail-domain';
import { requireManagedCallers } from './managed-callers';
import { requireHostFleets } from './host-fleets';
import { requireNamedMembers } from './named-members';
import { requireStreamJobs } from './stream-jobs';
import type { System } from './system';
import { requireTiers } from './tiers';

/** What runs in one region. Every cell of it is the same, so one is described. */
export interface Deployment {
  region: Region;
  /** Full copies of the parts, each with an equal share of the region's traffic. */
  cells: number;
  /** The part whose hard limit asks for more than one cell, or `the cluster`. @default one cell is enough */
  cellsFor?: string;
  platform: 'k3s' | 'eks';
  zones: number;
  workload: Record<string, number>;
  parts: Part[];
  flows: Flow[];
  alarms: Alarm[];
  /** What is published of the domain as one of mail. @default it is none */
  mail?: MailDomain;
  nodeGroups: NodeGroup[];
  /** Whether CloudWatch makes metrics of what a cluster's nodes and pods measure. @default true */
  podMetrics?: boolean;
}

/** A stage of a system, sized. Plain data. */
export interface Plan {
  system: string;
  stage: string;
  /**
   * What stacks and clusters are named after: the stage, unless it is one of several or grows in place from the stage before.
   */
  environment: string;
  title: string;
  /** People the stage serves, where the system counts them, and its busiest rate per second. */
  headline: { users?: number; peak: number };
  /** The whole world's figures, stated and computed. */
  workload: Record<string, number>;
  deployments: Deployment[];
  decisions: Decision[];
  quotas: Quota[];
  availability: Availability;
  /** @default the environment starts with this stage */
  growth?: Growth;
}

/** A stage that promises more than its services do within one zone spreads over three: Amazon EC2, RDS and ElastiCache agreements (plan/availability/agreements.ts). */
const ONE_ZONE_KEEPS = 0.995;

/**
 * Sizes a stage.
 * @param set figures that replace the stage's; what the stage states of figures that follow from them keeps its proportion
 * @param home region that takes the place of {@link HOME_REGION}
 * @throws {InputError} on an unknown stage, figure or region, a figure out of range, or a workload no number of cells can carry
 */
export function plan(system: System, stage: string, set: Record<string, number> = {}, home: string = HOME_REGION): Plan {
  const found = Object.hasOwn(system.stages, stage) && system.stages[stage];
  if (!found) throw new InputError(`unknown stage "${stage}" of ${system.id}; ${nearest(stage, Object.keys(system.stages))}`);
  const stated = system.workload.restate(found.figures, checked(system, set)) as Record<string, number>;
  const world = system.workload.resolve(stated) as Record<string, number>;
  const { headline } = system;
  const where = choose(
    'regions',
    system.regions?.(world as never) ?? [otherwise('one region', 'nothing asks for a second one', () => oneRegion)],
  );
  const regions = moveHome(where.option.build(), home);
  const atHome = deploy(system, stated, regions[0]!, regions, world);
  const planned = [atHome, ...regions.slice(1).map((region) => deploy(system, stated, region, regions, world, atHome.deployment))];
  const deployments = planned.map((p) => p.deployment);
  return {
    system: system.id,
    stage,
    environment: stage,
    title: found.title,
    headline: { ...(headline.users && { users: world[headline.users]! }), peak: world[headline.peak]! },
    workload: world,
    deployments,
    decisions: [where.decision, ...planned[0]!.decisions, ...decideCells(planned)],
    quotas: exceededQuotas(deployments),
    availability: estimateAvailability(deployments, world.availability!),
  };
}

function deploy(
  system: System,
  stated: Record<string, number>,
  region: Region,
  regions: readonly Region[],
  world: Record<string, number>,
  home?: Deployment,
): { deployment: Deployment; decisions: Decision[]; avoided?: Shortage } {
  const lay = (cells: number) => {
    const w = system.workload.resolve(stated, region.share / cells) as Record<string, number>;
    const b = new Blueprint({ zones: w.availability! > ONE_ZONE_KEEPS ? 3 : 1, region, regions, home: home?.parts });
    system.blueprint(w as never, b, world as never);
    rejectNonsense(w, b.flows);
    const { zones } = b;
    const parts = b.size();
    requireManagedCallers({ parts, flows: b.flows });
    requireIsolation({ parts, flows: b.flows, platform: b.platform });
    requireListeners({ parts, flows: b.flows });
    requireAccelerators({ parts, flows: b.flows });
    requireStreamJobs({ parts, flows: b.flows, platform: b.platform });
    requireDeliveries({ parts, flows: b.flows });
    requireLakes({ parts, flows: b.flows });
    requireMailServers(b.mail, { parts, flows: b.flows });
    requireNamedMembers({ parts, flows: b.flows });
    requireHostFleets({ parts, flows: b.flows });
    requireTiers({ parts, flows: b.flows, platform: b.platform });
    const tooLarge = partShortage(parts);
    const nodeGroups = tooLarge ? [] : nodeGroupsFor({ parts, flows: b.flows, platform: b.platform, zones });
    return {
      cells,
      w,
      zones,
      b,
      parts,
      nodeGroups,
      shortage: tooLarge ?? clusterShortage({ parts, nodeGroups, platform: b.platform, zones }),
    };
  };
  const where = `${system.id} in ${region.name}`;
  const { laid, avoided } = fewestCells(lay, where);
  const { cells, w, zones, b, parts, nodeGroups } = inStepWithHome(laid, lay, home, where);
  const place = { region, cells, ...(avoided && { cellsFor: avoided.of }), platform: b.platform, zones, workload: w };
  return {
    deployment: { ...place, parts, flows: b.flows, alarms: b.alarms, ...(b.mail && { mail: b.mail }), nodeGroups },
    decisions: b.decisions,
    avoided,
  };
}

/** Figures that contradict each other, such as a peak below the average, show in what follows from them. */
function rejectNonsense(figures: Record<string, number>, flows: readonly Flow[]): void {
  for (const [name, value] of Object.entries(figures))
    if (!Number.isFinite(value) || value < 0)
      throw new InputError(`figure "${name}" works out as ${value}; change the figures it is computed from`);
  for (const { from, to, verb, rate } of flows)
    if (!Number.isFinite(rate.peak) || rate.average > rate.peak * 1.000001 || rate.average < 0)
      throw new InputError(
        `the figures contradict each other: ${from} ${verb} ${to} ${rate.average} times a second on average, ${rate.peak} at peak`,
      );
}

function checked(system: System, set: Record<string, number>): Record<string, number> {
  for (const [key, value] of Object.entries(set)) {
    const figure = Object.hasOwn(system.workload.figures, key) && system.workload.figures[key];
    if (!figure) throw new InputError(`unknown figure "${key}" of ${system.id}; ${nearest(key, Object.keys(system.workload.figures))}`);
    if (!Number.isFinite(value) || value < 0)
      throw new InputError(`figure "${key}" is ${value}; it takes a number of 0 or more (${figure.unit})`);
    if ((figure.unit === 'ratio' || figure.unit === 'yes or no') && value > 1)
      throw new InputError(`figure "${key}" is ${value}; a ${figure.unit === 'ratio' ? 'ratio' : 'yes or no (1 or 0)'} takes 0 to 1`);
    if (value > 1e18) throw new InputError(`figure "${key}" is ${value}; it takes at most 1e18 (${figure.unit})`);
  }
  return set;
}
