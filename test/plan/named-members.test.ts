import type { Flow, Verb } from '../../plan/flow';
import { machineNames } from '../../plan/machine-names';
import { memberNames } from '../../plan/members';
import { requireNamedMembers } from '../../plan/named-members';
import type { Part } from '../../plan/sizing';
import { steady } from '../../plan/units';
import { tinyExchangePlan } from './tiny-exchange';
import { tinyStatefulPlan } from './tiny-stateful';

const deployment = tinyStatefulPlan('zones').deployments[0]!;
const exchange = tinyExchangePlan('zones').deployments[0]!;
const flow = (from: string, verb: Verb, to: string): Flow => ({ from, to, verb, rate: steady(1), sentBytes: 1, returnedBytes: 1 });
const part = (id: string) => deployment.parts.find((p) => p.id === id) as Part & { kind: 'stateful' };

test('the fixtures are what they are to be', () => {
  expect(() => requireNamedMembers(deployment)).not.toThrow();
  expect(() => requireNamedMembers(exchange)).not.toThrow();
});

test('no balancer chooses a member', () => {
  expect(() => requireNamedMembers({ ...deployment, flows: [...deployment.flows, flow('web', 'routes', 'owners')] })).toThrow(
    'web routes to stateful "owners"',
  );
});

test('the only copy is backed up, by the part or by a job that reads it', () => {
  const without = deployment.flows.filter(({ to }) => to !== 'backups');
  expect(() => requireNamedMembers({ ...deployment, flows: without })).toThrow('"leases" holds the only copy');
  expect(() => requireNamedMembers({ ...deployment, flows: [...without, flow('leases', 'writes', 'backups')] })).not.toThrow();
  expect(() => requireNamedMembers({ ...deployment, flows: [...without, flow('gateway', 'writes', 'backups')] })).toThrow('only copy');
});

test('machines find no pod of the cluster', () => {
  expect(() => requireNamedMembers({ ...exchange, flows: [...exchange.flows, flow('engines', 'calls', 'gateway')] })).toThrow(
    'machines "engines" calls "gateway"',
  );
});

test('every member has a name, which stays when others come', () => {
  const [few, many] = ['zones', 'more'].map((stage) => tinyStatefulPlan(stage).deployments[0]!.parts);
  for (const id of ['owners', 'leases', 'reports']) {
    const [before, after] = [few, many].map((parts) => memberNames(parts!.find((p) => p.id === id) as Part & { kind: 'stateful' }));
    expect(before).toHaveLength(part(id).count);
    expect(new Set(after).size).toBe(after!.length);
    expect(after).toEqual(expect.arrayContaining(before!));
  }
  expect(memberNames(part('leases'))).toEqual(['leases-0.leases-members', 'leases-1.leases-members', 'leases-2.leases-members']);
  expect(machineNames({ id: 'engines', active: 2, standbys: 2 })).toEqual({
    active: ['1.engines.internal', '2.engines.internal'],
    standbys: ['1-standby.engines.internal', '2-standby.engines.internal'],
  });
});
