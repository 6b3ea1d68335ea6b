import { numbersTo } from './fleets';
import type { MachinesPart } from './sizing/machines';

/** Zone of the names of a part's machines, known in the network alone: `engines.internal`. */
export const machineZone = ({ id }: Pick<MachinesPart, 'id'>): string => `${id}.internal`;

/** Names of those that answer, `1.engines.internal`, and of their standbys, `1-standby.engines.internal`. */
export const machineNames = (part: Pick<MachinesPart, 'id' | 'active' | 'standbys'>): { active: string[]; standbys: string[] } => ({
  active: numbersTo(part.active).map((number) => `${number}.${machineZone(part)}`),
  standbys: numbersTo(part.standbys).map((number) => `${number}-standby.${machineZone(part)}`),
});
