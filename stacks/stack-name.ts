import type { Room } from './place';

/** Rooms of which one stack serves all cells. */
const OF_ALL_CELLS: readonly Room[] = ['edge', 'expiry'];
/** The room whose stacks are numbered, where one does not hold it all. */
const NUMBERED: Room = 'operations';

/** Of names of a cell's own; the first one has none, so that it keeps its names when others join it. */
export const cellSuffix = (cell: number): string => (cell > 1 ? `-cell${cell}` : '');

/**
 * `marketplace-growth-us-east-1`, with `-cell2` for the second cell: what a cell's stacks and its cluster are called.
 * @param stage system and environment: `marketplace-growth`
 */
export const cellName = (stage: string, region: string, cell = 1): string => `${stage}-${region}${cellSuffix(cell)}`;

/**
 * `marketplace-growth-us-east-1-operations`, with `-2` for the second of its kind.
 * @param cell name of the cell; of the first where the stack serves all of them
 */
export const stackNameOf = (cell: string, room: string, number = 1): string => `${cell}-${room}${number > 1 ? `-${number}` : ''}`;

/** Whether a stack is called what Scaleprint calls one of this stage, region, cell and room. */
export function isStackName(name: string, stage: string, region: string, room: string, cell = 1): boolean {
  const [, number = '1'] = (room === NUMBERED && /-(\d+)$/.exec(name)) || [];
  const own = (OF_ALL_CELLS as readonly string[]).includes(room) ? 1 : cell;
  return room !== '' && name === stackNameOf(cellName(stage, region, own), room, Number(number));
}
