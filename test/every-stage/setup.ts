import { keptBill } from '../../pipeline/kept';
import { type Job, performAll } from '../../pipeline/stage-pool';
import { plan } from '../../plan/plan';
import { pythonTools } from '../../scripts/python-tools';
import { allSystems } from '../../systems';
import { folderOf, SANDBOXES } from './place';
import { sandboxOf, sandboxOptions } from './sandbox';

type Writing = Job<'writeWithBill'>;

/** Synthesizes every stage and its sandbox that is not there as it should be, on all cores; the tests of all stages read the result. */
export default async function setup(): Promise<void> {
  // Made here, once: the tests that use it run at the same time.
  pythonTools();
  const plans = allSystems().flatMap((system) => Object.keys(system.stages).map((stage) => plan(system, stage)));
  const stages = plans.map((p): Writing => [p, folderOf(p)]);
  const sandboxes = plans.map((p): Writing => [sandboxOf(p), folderOf(p, SANDBOXES), { sandbox: sandboxOptions(p) }]);
  await performAll(
    'writeWithBill',
    [...stages, ...sandboxes].filter((writing) => !keptBill(...writing)),
  );
}
