import { clusterDimensions } from './cluster';
import { isCopy } from './copy';
import type { Decision } from './decision';
import { InputError } from './input-error';
import type { Deployment } from './plan';
import type { Part } from './sizing';
import { short } from './units';

/** Assumed: more copies of a stage than these ask for another design. */
const MAX_CELLS = 64;

/** What one cell cannot hold. */
export interface Shortage {
  /** Part id, or `the cluster`. */
  of: string;
  /** Cells it asks for, each as large as this one. */
  cellsNeeded: number;
  /** How much of what it is, with the source of the limit. */
  because: string;
}

/** A deployment laid into so many cells. */
interface Laid {
  cells: number;
  parts: Part[];
  /** @default everything fits */
  shortage?: Shortage;
}

/** The part that asks for the most cells. */
export function partShortage(parts: readonly Part[]): Shortage | undefined {
  const { id, cellsNeeded, reason, source } = parts.reduce((a, p) => (p.cellsNeeded > a.cellsNeeded ? p : a));
  return cellsNeeded > 1 ? { of: id, cellsNeeded, because: `${reason} (${source.title})` } : undefined;
}

/** What of a cluster is fullest, if it is more than full. */
export function clusterShortage(cluster: Parameters<typeof clusterDimensions>[0]): Shortage | undefined {
  const [fullest] = clusterDimensions(cluster).sort((a, b) => b.demand / b.perUnit - a.demand / a.perUnit);
  if (!fullest || fullest.demand <= fullest.perUnit) return undefined;
  const { demand, perUnit, unit, source } = fullest;
  const because = `${short(demand)} ${unit}, of which it takes ${short(perUnit)} (${source.title})`;
  return { of: 'the cluster', cellsNeeded: Math.ceil(demand / perUnit), because };
}

/** The fewest cells in which nothing passes a hard limit, and what would in one less. */
export function fewestCells<L extends Laid>(lay: (cells: number) => L, where: string): { laid: L; avoided?: Shortage } {
  let laid = lay(1);
  let tooFew = 0;
  let avoided: Shortage | undefined;
  while (laid.shortage) {
    if (laid.cells === MAX_CELLS) throw new InputError(`the workload of ${where} needs more than ${MAX_CELLS} cells; lower its figures`);
    tooFew = laid.cells;
    avoided = laid.shortage;
    laid = lay(Math.min(laid.cells * laid.shortage.cellsNeeded, MAX_CELLS));
  }
  // Whole shards and nodes round up, so the last step may have gone too far.
  while (laid.cells - tooFew > 1) {
    const between = lay(Math.floor((tooFew + laid.cells) / 2));
    if (between.shortage) [tooFew, avoided] = [between.cells, between.shortage];
    else laid = between;
  }
  return { laid, avoided };
}

/** The copies in a cell follow the home region's cell of the same number. */
export function inStepWithHome<L extends Laid>(laid: L, lay: (cells: number) => L, home: Deployment | undefined, where: string): L {
  if (!home || !laid.parts.some(isCopy)) return laid;
  if (laid.cells > home.cells)
    throw new InputError(
      `${where} needs ${laid.cells} cells, and the home region, whose databases it copies, ${home.cells}; lower its figures`,
    );
  return laid.cells < home.cells ? lay(home.cells) : laid;
}

/** Why a stage comes in cells; nothing where one copy of everything is enough in every region. */
export function decideCells(planned: readonly { deployment: Deployment; avoided?: Shortage }[]): Decision[] {
  const split = planned.filter(({ deployment }) => deployment.cells > 1);
  if (split.length === 0) return [];
  const because = split.flatMap(({ deployment, avoided }) =>
    avoided ? [`with one fewer ${avoided.of} passes a limit in ${deployment.region.name}: ${avoided.because}`] : [],
  );
  return [
    {
      about: 'cells',
      chosen: split.map(({ deployment }) => `${deployment.cells} in ${deployment.region.name}`).join(', '),
      because: because.join('; '),
      rejected: [
        {
          option: 'fewer cells, each at its limit',
          because: 'what is beyond the limit would be refused or lost; nothing is clipped silently',
        },
      ],
    },
  ];
}
