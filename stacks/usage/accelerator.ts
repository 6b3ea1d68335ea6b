import type { UsageByType } from '../../cost/usage';
import type { AcceleratedFront } from '../../plan/accelerators';
import type { Deployment } from '../../plan/plan';
import { MONTH } from '../../plan/units';
import { gib } from './monthly';

/** What passes an accelerator for one front by one protocol, in all cells of a region. The hours' dominant direction is taken to be the month's. */
export function acceleratorUsage(
  accelerator: string,
  { front, protocol }: AcceleratedFront,
  { flows, cells }: Deployment,
): UsageByType['AWS::GlobalAccelerator::EndpointGroup'] {
  const own = flows.filter(
    ({ from, to, listener }) => from === accelerator && to === front.id && (listener?.protocol === 'udp') === (protocol === 'udp'),
  );
  const bytes = (of: 'sentBytes' | 'returnedBytes') => own.reduce((sum, flow) => sum + flow.rate.average * flow[of], 0);
  return { dominantGbPerMonth: gib(Math.max(bytes('sentBytes'), bytes('returnedBytes')) * cells * MONTH) };
}
