import type { Rate } from '../units';

/** Divided among two, three, four or six brokers evenly. */
const DOZEN = 12;

/**
 * Partitions of a topic, by the dozen: with a zone lost its consumers are 1.9 times as many pods as the peak fills, and past the partitions they
 * idle. A dozen is spare, as partitions that are added later mix up the order of keys.
 * @param perConsumer messages a second of a pod at 100 %
 */
export const partitionsFor = ({ peak }: Rate, perConsumer: number): number => DOZEN * (Math.ceil((2 * peak) / perConsumer / DOZEN) + 1);
