import { note } from './print';

/** Regions that nobody may look into: each is told once on stderr, and of none can be said that it holds nothing. */
export function unseenRegions(): { unseen: string[]; tell: (region: string, why: string) => void } {
  const unseen: string[] = [];
  return {
    unseen,
    tell(region, why) {
      if (unseen.includes(region)) return;
      unseen.push(region);
      note(`could not look into ${region}: ${why}`);
    },
  };
}
