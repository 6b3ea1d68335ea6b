import { type Sized, type Surroundings, unsized } from '../part';
import { docs } from '../source';
import { short } from '../units';

/**
 * What a key is for; it does nothing else. `card numbers` encrypts and decrypts them, `security codes` makes and checks CVV and its like, `PIN
 * verification` makes and checks the values that PINs are checked by, `PIN blocks` encrypts PINs on their way.
 */
export type KeyUse = 'card numbers' | 'security codes' | 'PIN verification' | 'PIN blocks';

/** Keys of card data in hardware that they do not leave (docs/decisions/0020). Who reads decrypts or verifies, who writes encrypts or generates. */
export interface HsmSpec {
  holds: string;
  /** By name. Those that card networks share are imported beside them by hand. */
  keys: readonly { name: string; use: KeyUse }[];
}

export interface HsmPart extends Sized<'hsm'> {
  holds: string;
  keys: HsmSpec['keys'];
}

/** Requests a second with symmetric keys, of all keys of an account in a region. */
export const REQUESTS = {
  value: 500,
  source: docs(
    'AWS docs, Quotas for AWS Payment Cryptography',
    '2026-11-22',
    'https://docs.aws.amazon.com/payment-cryptography/latest/userguide/quotas.html',
  ),
};

/** AWS runs the hardware; what an account may ask of it is a quota to raise, which cells would share. */
export function sizeHsm(id: string, { holds, keys }: HsmSpec, { load }: Surroundings): HsmPart {
  const requests = load.reads.peak + load.writes.peak;
  const raise = requests > REQUESTS.value ? `; a new account asks ${REQUESTS.value}/s and has to be raised` : '';
  return {
    id,
    kind: 'hsm',
    technology: 'AWS Payment Cryptography',
    size: 'on demand',
    reason: `${short(requests)} requests/s at peak with ${keys.length} key${keys.length === 1 ? '' : 's'}${raise}.`,
    load,
    cellsNeeded: 1,
    holds,
    keys,
    ...unsized(REQUESTS.source),
  };
}
