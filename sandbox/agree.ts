import type { Offer } from './up';

/** Assumed: nobody minds a hundredth more than was agreed to, which is what minutes of thinking add to a day. */
const MORE = 1.01;

/**
 * Asks about an offer, and makes it anew when somebody has agreed: its time and its schedules run from the answer on, however late that comes.
 * Asks again where it is no longer what was agreed to.
 * @param make writes and prices it as of now
 * @param ask whether somebody agrees
 * @returns the offer as it was when it was agreed to. @default nobody agreed
 * @throws {SandboxError} when `make` does, such as when it costs more than its budget by now
 */
export async function agreed(
  make: () => Promise<Offer>,
  ask: (offer: Offer, again: boolean) => Promise<boolean>,
): Promise<Offer | undefined> {
  let offer = await make();
  for (let again = false; await ask(offer, again); again = true) {
    const now = await make();
    if (isStill(offer, now)) return now;
    offer = now;
  }
  return undefined;
}

/** Somebody may have brought it up or deleted it meanwhile, and what stands goes on to cost. */
const isStill = (offer: Offer, now: Offer): boolean =>
  offer.resources === now.resources &&
  offer.existing?.created.getTime() === now.existing?.created.getTime() &&
  now.usdUntilExpiry <= offer.usdUntilExpiry * MORE;
