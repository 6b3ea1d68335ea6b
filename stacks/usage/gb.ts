import { GIB, MONTH } from '../../plan/units';

/** GB a month, as AWS bills them, of a steady stream of bytes per second. */
export const gbPerMonth = (bytesPerSecond: number): number => (bytesPerSecond * MONTH) / GIB;
