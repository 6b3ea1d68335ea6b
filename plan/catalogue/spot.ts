import { GRAVITON, type InstanceType } from './ec2';

/** Generations that have each size of a Graviton family alike but for the network; every region with prices but me-south-1 sells all. */
const GENERATIONS = ['7g', '6g', '6gd'];
/** What the slowest of them sustains, Gbit/s: generation 6 (of the source that ec2.ts names). */
const SLOWEST: Readonly<Record<string, number>> = { large: 0.75, xlarge: 1.25, '2xlarge': 2.5, '4xlarge': 5, '8xlarge': 12 };

/** Types of equal size, from whichever has machines to spare: `c7g.large`, `c6g.large`, `c6gd.large`. */
export function spotTypesOf(graviton: string): string[] {
  const [family, size] = graviton.split('.') as [string, string];
  return GENERATIONS.map((generation) => `${family[0]}${generation}.${size}`);
}

/** The steady types as pods on any of {@link spotTypesOf} find them. */
export const SPOT: readonly InstanceType[] = GRAVITON.map((type) => ({
  ...type,
  networkBitsPerSecond: SLOWEST[type.name.split('.')[1]!]! * 1e9,
}));
