import { perVcpu, shareNetwork } from '../../plan/tier-network';
import type { Deployment } from '../../plan/plan';
import { filesPlan } from './capacity-system';

const partOf = ({ parts }: Deployment, id: string) => {
  const part = parts.find((p) => p.id === id)!;
  if (part.kind !== 'service') throw new Error(`${id} is no service`);
  return part;
};
const networkOf = (d: Deployment, id: string) => partOf(d, id).dimensions.find((x) => x.name === 'network')!;
const at = (bytes: number, changes = {}) => filesPlan('zones', changes, { bytes }).deployments[0]!;

test('a vCPU of a Graviton node brings 58.6 MB/s, of one that may be any of several generations 39.1', () => {
  expect(perVcpu({}) / 1e6).toBeCloseTo(58.56, 1);
  expect(perVcpu({ interruptible: true }) / 1e6).toBeCloseTo(39.06, 1);
  expect(perVcpu({ gpuModel: 'l4' })).toBe(78_125_000);
});

test('a tier that moves files is sized by them: 3000 x 2 MB/s at 58.6 MB/s and 80 %, a third of it lost', () => {
  const api = partOf(at(2e6), 'api');
  expect([api.binding, api.source.confidence]).toEqual(['network', 'derived']);
  expect(api.pods.peak).toBe(Math.ceil((Math.ceil((3000 * 2e6 + 3000 * 1000 + 300 * 500) / (perVcpu({}) * 0.8)) * 3) / 2));
  expect(api.utilisationZoneLost).toBeLessThanOrEqual(0.8);
  expect(api.utilisationZoneLost).toBeGreaterThan(0.78);
});

test('small files leave it to what pods work on', () => {
  const api = partOf(at(2e3), 'api');
  expect([api.binding, api.pods.peak]).toEqual(['requests', Math.ceil((Math.ceil(3000 / 320) * 3) / 2)]);
  expect(networkOf(at(2e3), 'api').atPeak).toBeLessThan(0.1);
});

test('pods never shrink as files grow, and no network is fuller than the target with a zone lost', () => {
  const grown = [1e3, 1e4, 5e4, 1e5, 1.5e5, 2e5, 1e6, 4e6].map((bytes) => at(bytes));
  const pods = grown.map((d) => partOf(d, 'api').pods.peak);
  expect(pods).toEqual([...pods].sort((a, b) => a - b));
  expect(pods.at(-1)).toBeGreaterThan(pods[0]!);
  for (const d of grown)
    for (const id of ['api', 'resizer', 'classifier']) expect(networkOf(d, id).zoneLost).toBeLessThanOrEqual(0.8 + 1e-9);
});

test('the autoscaler sees less of a processor where the network binds, in proportion', () => {
  const api = partOf(at(2e6), 'api');
  const [requests, network] = ['requests', 'network'].map((name) => api.dimensions.find((d) => d.name === name)!);
  expect(api.scaleTarget).toBeCloseTo(0.5333 * (requests!.atPeak / network!.atPeak), 1);
  expect(api.scaleTarget).toBeLessThan(0.1);
  expect(partOf(at(2e3), 'api').scaleTarget).toBe(0.53);
});

test('what others of the tier leave, a service may take: its pods stay as many, and the tier is as full for each', () => {
  // Half a vCPU moves what would fill four of its own; next to it work hundreds of vCPUs that move little.
  const big = { tier: 'web', interruptible: false, perPod: { messagesPerSecond: { value: 2, source: partOf(at(2e3), 'api').source } } };
  const d = at(1.3e6, { resizer: big, api: { perPod: { requestsPerSecond: { value: 12, source: big.perPod.messagesPerSecond.source } } } });
  const [api, resizer] = [networkOf(d, 'api'), networkOf(d, 'resizer')];
  expect([partOf(d, 'api').binding, partOf(d, 'resizer').binding]).toEqual(['requests', 'messages']);
  expect(api.atPeak).toBeCloseTo(resizer.atPeak);
  expect(api.perUnit).toBeGreaterThan(perVcpu({}));
  expect(resizer.perUnit).toBeLessThan(perVcpu({}));
});

test('a job asks for none: it takes what is left', () => {
  const { parts, flows, zones } = at(2e6);
  const heavy = [...flows, { ...flows.find((f) => f.from === 'classifier' && f.to === 'store')!, from: 'train', returnedBytes: 1e12 }];
  const [before, after] = [flows, heavy].map((f) => shareNetwork(parts, f, zones).get('classifier'));
  expect(after).toEqual(before);
});

test('one machine has one network, which its pods are not sized by', () => {
  const [box] = filesPlan('box').deployments;
  expect(partOf(box!, 'api').dimensions.map((d) => d.name)).toEqual(['requests']);
});
