import { isolated } from '../stacks/isolated';
import { find, type Json, objectsOf } from './read-manifests';
import { tinyPlan } from './tiny-system';

const open = objectsOf(tinyPlan('zones'));
const objects = objectsOf(isolated(tinyPlan('zones'), 'sockets'));
const podOf = (name: string, from = objects) => find(from, 'Deployment', name).spec.template.spec;
const ranges = (name: string, from = objects): Json[] =>
  find(from, 'NetworkPolicy', name)
    .spec.egress.filter((rule: Json) => rule.to[0].ipBlock)
    .map((rule: Json) => [rule.to[0].ipBlock.cidr, ...rule.ports.map((p: Json) => p.port)]);

test('what an isolated service asks of AWS stays in the network', () => {
  expect(ranges('chat', open)).toContainEqual(['0.0.0.0/0', 9142]);
  expect(ranges('chat')).toEqual([
    ['10.0.0.0/16', 9142],
    ['169.254.170.23/32', 80],
  ]);
});

test('where an endpoint is there for it, others use it too', () => {
  const planned = isolated(tinyPlan('zones'), 'sockets');
  const { flows } = planned.deployments[0]!;
  // The cache's password is a secret, and so is the database's that the sweep reads.
  flows.push({ ...flows.find((f) => f.to === 'hot')!, from: 'chat' });
  const shared = objectsOf(planned);
  expect(ranges('sweep', open)).toContainEqual(['0.0.0.0/0', 443]);
  expect(ranges('sweep', shared).map(([cidr]) => cidr)).not.toContain('0.0.0.0/0');
  // The bank and the bucket stay outside.
  expect(ranges('shop', shared)).toContainEqual(['0.0.0.0/0', 443]);
});

test('its nodes take no other pods', () => {
  expect(podOf('chat').tolerations).toEqual([{ key: 'scaleprint.dev/tier', operator: 'Equal', value: 'sockets', effect: 'NoSchedule' }]);
  expect(podOf('chat').nodeSelector).toEqual({ 'scaleprint.dev/tier': 'sockets' });
  expect(podOf('shop').tolerations).toBeUndefined();
});

test('the placeholder comes from the registry its nodes reach, unless images are given', () => {
  for (const name of ['chat', 'shop'])
    expect(podOf(name).containers[0].image).toMatch(/^stack-output:tiny-zones-us-east-1-compute\.ImageRegistry\/docker\/library\/node:/);
  expect(podOf('chat', open).containers[0].image).toMatch(/^public\.ecr\.aws\/docker\/library\/node:/);
  const given = objectsOf(isolated(tinyPlan('zones'), 'sockets'), { image: 'registry.example/{service}:1' });
  expect(podOf('chat', given).containers[0].image).toBe('registry.example/chat:1');
});
