import { gpuTiers, interruptibleTiers, needsOfTier, requireTiers, reservedTiers } from '../../plan/tiers';
import { pod } from '../../plan/sizing/service';
import { type Changes, filesPlan } from './capacity-system';

const [files] = filesPlan('zones').deployments;
const changed =
  (changes: Changes, stage: 'box' | 'zones' = 'zones') =>
  () =>
    filesPlan(stage, changes);

test('tiers with GPUs and interruptible ones keep to themselves', () => {
  expect([...gpuTiers(files!.parts)]).toEqual([['gpu', 't4']]);
  expect([...interruptibleTiers(files!)]).toEqual(['batch']);
  expect([...reservedTiers(files!)].sort()).toEqual(['batch', 'gpu']);
  expect(['web', 'batch', 'gpu'].map((tier) => needsOfTier(tier, files!.parts))).toEqual([
    { gpuModel: undefined, interruptible: false },
    { gpuModel: undefined, interruptible: true },
    { gpuModel: 't4', interruptible: false },
  ]);
});

test('the one machine is not taken back', () => {
  const [box] = filesPlan('box').deployments;
  expect(interruptibleTiers(box!).size).toBe(0);
  expect(() => requireTiers(box!)).not.toThrow();
});

test('GPUs are refused on one machine', () => {
  expect(changed({ api: { pod: { ...pod(1, 1), gpu: 1 } } }, 'box')).toThrow('web: GPUs are on nodes of a cluster');
});

test('services of a tier agree', () => {
  expect(changed({ resizer: { tier: 'gpu' } })).toThrow('"resizer" shares tier "gpu" with pods that have GPUs of t4');
  expect(changed({ classifier: { pod: { ...pod(3, 10), gpu: 1, gpuModel: 'l4' }, tier: 'web' } })).toThrow('"api" shares tier "web"');
  expect(changed({ api: { tier: 'batch' } })).toThrow('"api" is not interruptible but shares tier "batch" with a service that is');
});

test('what has GPUs is neither interruptible nor isolated', () => {
  expect(changed({ classifier: { interruptible: true } })).toThrow('tier "gpu" has GPUs');
  expect(changed({ classifier: { isolated: true } })).toThrow('tier "gpu" has GPUs');
});

test('nobody waits for what may be interrupted', () => {
  expect(changed({ api: { interruptible: true } })).toThrow('service "api" is interruptible, but clients wait for it');
});

test('it has to be gone within two minutes', () => {
  expect(changed({ resizer: { drainSeconds: 100 } })).not.toThrow();
  expect(changed({ resizer: { drainSeconds: 101 } })).toThrow('service "resizer" is interruptible and drains for 101 s; AWS gives 120 s');
});

test('the cluster needs a tier for its own pods', () => {
  const parts = files!.parts.filter((p) => p.id !== 'api');
  expect(() => requireTiers({ ...files!, parts })).toThrow('the pods of the cluster itself need one that is not');
});
