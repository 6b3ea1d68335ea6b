import { plan } from '../../../plan/plan';
import { smallest } from '../../../plan/smallest';
import { hostsOf } from '../../../sandbox/apps/hosts';
import { allSystems, loadSystem } from '../../../systems';

const launch = smallest(plan(loadSystem('marketplace'), 'launch'));

test('clients find a sandbox at its domain and below it, but not what only the edge fetches from', () => {
  expect(hostsOf(launch, { DomainName: 'shop.example.com' })).toEqual(['cdn.shop.example.com', 'shop.example.com']);
});

test('without a domain there are none', () => expect(hostsOf(launch, {})).toEqual([]));

test('every stage that clients reach answers at a name of its domain', () => {
  const plans = allSystems().flatMap((system) => Object.keys(system.stages).map((stage) => smallest(plan(system, stage))));
  const answering = plans.filter((one) => hostsOf(one, { DomainName: 'a.example' }).length > 0);
  expect(answering.length).toBeGreaterThan(plans.length / 2);
  for (const one of answering)
    for (const host of hostsOf(one, { DomainName: 'a.example' })) expect(host).toMatch(/^([a-z0-9-]+\.)?a\.example$/);
});
