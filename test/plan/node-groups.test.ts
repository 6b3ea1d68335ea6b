import { nodeGroupsFor } from '../../plan/node-groups';
import { systemPods } from '../../plan/cluster-system-pods';
import { BURSTABLE, GRAVITON } from '../../plan/catalogue/ec2';
import { busier, trafficOf } from '../../plan/traffic';
import { smallest } from '../../plan/smallest';
import { filesPlan } from './capacity-system';

const [files] = filesPlan('zones').deployments;
const group = (tier: string) => files!.nodeGroups.find((g) => g.tier === tier)!;

test('each tier has the machines that its pods ask for', () => {
  expect(group('gpu')).toMatchObject({ instanceType: expect.stringMatching(/^g4dn\./), gpuModel: 't4' });
  expect(group('batch').spot!.instanceTypes).toContain(group('batch').instanceType);
  expect(group('web').instanceType).toMatch(/^[cmr]7g\./);
  for (const other of ['web', 'batch']) expect(group(other)).not.toHaveProperty('gpuModel');
  for (const other of ['web', 'gpu']) expect(group(other)).not.toHaveProperty('spot');
});

test('pods of the cluster stand where nothing is reserved', () => {
  const system = systemPods(files!.parts).map(({ service }) => service);
  expect(group('web').services).toEqual(['api', ...system]);
  expect(group('batch').services).toEqual(['resizer']);
  expect(group('gpu').services).toEqual(['classifier', 'train']);
});

test('nodes at most have the network for the peak, with a zone lost', () => {
  for (const [tier, service] of [
    ['web', 'api'],
    ['batch', 'resizer'],
  ] as const) {
    const { nodes, instanceType } = group(tier);
    const type = GRAVITON.find((t) => t.name === instanceType)!;
    const left = ((nodes.max * 2) / 3) * (type.networkBitsPerSecond / 8);
    expect(busier(trafficOf(files!.flows)(service), 'peak') / left).toBeLessThanOrEqual(0.8);
  }
});

test('the one machine carries what clients, buckets and queues exchange with it, and not what its pods tell each other', () => {
  const [box] = filesPlan('box', {}, { files: 20 }).deployments;
  expect(box!.nodeGroups[0]!.reason).not.toContain('network');
  const chatter = { ...box!.flows[0]!, from: 'api', to: 'resizer', sentBytes: 1e9 };
  expect(nodeGroupsFor({ ...box!, flows: [...box!.flows, chatter] })).toEqual(box!.nodeGroups);
  const [more] = nodeGroupsFor({ ...box!, flows: [...box!.flows, { ...chatter, to: 'store', sentBytes: 2e7 }] });
  expect(more!.reason).toContain('It is as large for its network');
});

test('a sandbox has the smallest machine with a GPU, and none that is taken back', () => {
  const [small] = smallest(filesPlan('zones')).deployments;
  const types = Object.fromEntries(small!.nodeGroups.map((g) => [g.tier, g.instanceType]));
  expect(types).toEqual({ web: expect.any(String), batch: expect.any(String), gpu: 'g4dn.xlarge' });
  for (const tier of ['web', 'batch']) expect(BURSTABLE.map(({ name }) => name)).toContain(types[tier]);
  for (const g of small!.nodeGroups) expect(g).not.toHaveProperty('spot');
});
