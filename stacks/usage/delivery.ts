import type { UsageByType } from '../../cost/usage';
import type { Flow } from '../../plan/flow';
import type { DeliveryPart } from '../../plan/sizing/delivery';
import { KIB, MIB, MONTH } from '../../plan/units';
import { kept } from './log-storage';
import { gib } from './monthly';

/** Records put by callers are billed in steps of this; messages of a topic as they are: https://aws.amazon.com/firehose/pricing/, 2026-11-22. */
const STEP = 5 * KIB;
/** Assumed: it logs failures alone, of which there are few; bytes a month. */
const LOGGED_BYTES = 100 * MIB;

export function deliveryUsage({ id }: DeliveryPart, flows: readonly Flow[]) {
  const put = (bytes: number) => Math.ceil(bytes / STEP) * STEP;
  const perSecond = flows.reduce((sum, { from, to, rate, sentBytes, returnedBytes, verb }) => {
    if (from === id && verb === 'consumes') return sum + rate.average * returnedBytes;
    return to === id ? sum + rate.average * put(sentBytes) : sum;
  }, 0);
  return {
    'AWS::KinesisFirehose::DeliveryStream': { ingestedGbPerMonth: gib(perSecond * MONTH) },
    'AWS::Logs::LogGroup': kept(gib(perSecond > 0 ? LOGGED_BYTES : 0)),
  } satisfies Partial<UsageByType>;
}
