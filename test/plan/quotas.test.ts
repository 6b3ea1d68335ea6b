import { loadOn } from '../../plan/flow';
import { type Deployment, plan } from '../../plan/plan';
import { exceededQuotas, LIMITS } from '../../plan/quotas';
import { sizeWideColumn } from '../../plan/sizing/wide-column';
import { rate } from '../../plan/units';
import { filesPlan } from './capacity-system';
import marketplace from '../../systems/marketplace';
import limiter from '../../systems/rate-limiter';
import payments from '../../systems/payment-processing';

const small = plan(payments, 'day-1').deployments[0]!;
const large = plan(limiter, 'reference-design').deployments[0]!;
const names = (deployments: readonly Deployment[]) => exceededQuotas(deployments).map((q) => q.name);
const named = (name: string) => LIMITS.find((l) => l.name === name)!;

test('codes have the form of Service Quotas and belong to one quota each', () => {
  const codes = LIMITS.flatMap((l) => l.code ?? []);
  for (const code of codes) expect(code).toMatch(/^L-[0-9A-F]{8}$/);
  expect(new Set(codes).size).toBe(codes.length);
});

test('every limit says where it comes from and when that was read', () => {
  for (const { source } of LIMITS)
    expect(source).toMatchObject({ title: expect.stringMatching(/\w/), date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
});

test('a quota is listed if and only if the stage needs more than its default', () => {
  for (const system of [marketplace, payments, limiter])
    for (const stage of Object.keys(system.stages))
      for (const d of plan(system, stage).deployments) {
        const listed = new Map(exceededQuotas([d]).map((q) => [q.name, q]));
        for (const limit of LIMITS) {
          const byDefault = typeof limit.default === 'number' ? limit.default : limit.default(d.region.name);
          expect(listed.has(limit.name)).toBe(Math.ceil(limit.needed(d)) > byDefault);
        }
        for (const q of listed.values()) expect(q).toMatchObject({ region: d.region.name });
      }
});

test('nodes count at their maximum, in all cells', () => {
  const vcpus = named('Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances, vCPUs');
  const one = large.nodeGroups.reduce((n, g) => n + g.nodes.max * g.vcpu, 0);
  expect(vcpus.needed(large)).toBe(one);
  expect(vcpus.needed({ ...large, cells: 3 })).toBe(3 * one);
  expect(vcpus.needed(small)).toBe(small.nodeGroups[0]!.vcpu);
});

test('machines count where they are bought: on demand, Spot, with GPUs', () => {
  const [files] = filesPlan('zones').deployments;
  const group = (tier: string) => files!.nodeGroups.find((g) => g.tier === tier)!;
  const [web, batch, gpu] = [group('web'), group('batch'), group('gpu')];
  const onDemand = web.nodes.max * web.vcpu + (batch.nodes.max - batch.spot!.nodes.max) * batch.vcpu;
  expect(named('Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances, vCPUs').needed(files!)).toBe(onDemand);
  expect(named('All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests, vCPUs').needed(files!)).toBe(
    batch.spot!.nodes.max * batch.vcpu,
  );
  expect(named('Running On-Demand G and VT instances, vCPUs').needed(files!)).toBe(gpu.nodes.max * gpu.vcpu);
  expect(names([files!])).toContain('Running On-Demand G and VT instances, vCPUs');
});

test('each cell has a network of its own, with an address for every NAT gateway', () => {
  const cells = { ...large, cells: 6 };
  expect(named('VPCs per Region').needed(cells)).toBe(6);
  expect(named('NAT gateways per Availability Zone').needed(cells)).toBe(6);
  expect(named('EC2-VPC Elastic IPs').needed(cells)).toBe(18);
  expect(names([cells])).toEqual(expect.arrayContaining(['VPCs per Region', 'NAT gateways per Availability Zone', 'EC2-VPC Elastic IPs']));
  expect(named('NAT gateways per Availability Zone').needed(small)).toBe(0);
});

test('half a million requests per second pass what one distribution takes by default', () => {
  const quota = exceededQuotas([large]).find((q) => q.service === 'CloudFront')!;
  expect(quota).toMatchObject({ default: 250_000, needed: 500_000 });
  expect(quota).not.toHaveProperty('code');
});

test('a balancer behind the edge keeps one list of 55 rules', () => {
  expect(named('Inbound or outbound rules per security group').needed(large)).toBeGreaterThanOrEqual(55);
  expect(named('Inbound or outbound rules per security group').needed(small)).toBeLessThan(30);
});

test('regions count by themselves', () => {
  const { deployments } = plan(payments, 'multi-region');
  expect(exceededQuotas(deployments)).toEqual(deployments.flatMap((d) => exceededQuotas([d])));
  expect(exceededQuotas([])).toEqual([]);
});

test('tables on demand count by their peak, provisioned ones by what scaling may reach, together and each', () => {
  const sizes = (multiRegion: boolean) =>
    sizeWideColumn(
      'inbox',
      {
        holds: 'messages',
        bytes: 1e9,
        multiRegion,
        tables: [0.25, 0.75].map((share) => ({ name: `t${share}`, partitionKey: [], clustering: [], columns: [], rowBytes: 1000, share })),
      },
      { zones: 3, load: { ...loadOn('inbox', []), writes: rate(25e3, 70e3) } },
    );
  const needed = (multiRegion: boolean) =>
    ['Table-level write throughput quota', 'Account-level write throughput quota (Provisioned mode)'].map((name) =>
      named(name).needed({ ...small, parts: [sizes(multiRegion)] }),
    );
  expect(needed(true)).toEqual([0.75 * 70e3, 0]);
  expect(needed(false)).toEqual([75_000, 100_000]);
});
