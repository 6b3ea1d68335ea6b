import type { ManagedService } from '../../constructs/managed-service';
import { PaymentKeys } from '../../constructs/payment-keys';
import type { HsmPart } from '../../plan/sizing/hsm';
import { perMonth } from '../usage/monthly';
import type { Around } from './around';

/** What is asked is asked of all keys alike: flows do not tell them apart. */
export function hsm(part: HsmPart, { stack, disposable }: Around): ManagedService {
  const requestsPerMonth = (perMonth(part.load.reads) + perMonth(part.load.writes)) / part.keys.length;
  return new PaymentKeys(stack, part.id, {
    keys: part.keys,
    disposable,
    usage: { 'AWS::PaymentCryptography::Key': { requestsPerMonth } },
  });
}
