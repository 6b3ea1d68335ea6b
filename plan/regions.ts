import type { Region } from './blueprint';
import { InputError, nearest } from './input-error';

/** Where systems live when nothing else is asked for. */
export const HOME_REGION = 'us-east-1';

/** Regions a stage can be put into: those whose instance prices are known. */
export const REGIONS = [
  'us-east-1',
  'us-west-2',
  'eu-west-1',
  'eu-central-1',
  'ap-south-1',
  'ap-southeast-1',
  'sa-east-1',
  'me-south-1',
] as const;

export const oneRegion: readonly Region[] = [{ name: HOME_REGION, share: 1, role: 'active' }];

/** How many times a region's load all active regions have together. */
export const worldFactor = (region: Region, regions: readonly Region[]): number =>
  regions.filter(({ role }) => role === 'active').reduce((sum, { share }) => sum + share, 0) / region.share;

/**
 * Moves a stage's home; a region that was there already takes the home's old place.
 * @throws {InputError} on a region we know nothing about
 */
export function moveHome(regions: readonly Region[], home: string): readonly Region[] {
  if (!(REGIONS as readonly string[]).includes(home)) throw new InputError(`unknown region "${home}"; ${nearest(home, REGIONS)}`);
  const swapped: Record<string, string> = { [regions[0]!.name]: home, [home]: regions[0]!.name };
  return regions.map((r) => ({ ...r, name: swapped[r.name] ?? r.name }));
}
