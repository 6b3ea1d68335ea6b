import type { UsageByType } from '../../cost/usage';
import type { FunctionPart } from '../../plan/sizing/function';
import { kept } from './log-storage';
import { gib, perMonth } from './monthly';

/** Lines that Lambda writes of a run, and one of the code's own: assumed, bytes. */
const LOGGED_BYTES = 1000;

export function functionUsage(part: FunctionPart) {
  const runs = perMonth(part.runs);
  return {
    'AWS::Lambda::Function': { invocationsPerMonth: runs, averageMilliseconds: part.seconds * 1000 },
    'AWS::Logs::LogGroup': kept(gib(runs * LOGGED_BYTES)),
    'AWS::Scheduler::Schedule': { invocationsPerMonth: runs },
  } satisfies Partial<UsageByType>;
}
