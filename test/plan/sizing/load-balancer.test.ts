import { sizeLoadBalancer } from '../../../plan/sizing/load-balancer';
import { loadOf } from './load';

const around = { zones: 3, load: loadOf({ requests: 1000 }) };
const firewall = { requestsPerAddress: 500 };

test('a firewall reads requests', () => {
  expect(sizeLoadBalancer('web', { layer: 7, firewall }, around)).toMatchObject({
    technology: 'Application Load Balancer with WAF',
    firewall,
  });
  expect(() => sizeLoadBalancer('lines', { layer: 4, firewall }, around)).toThrow('a firewall reads requests, and layer 4 has none');
});

test('there are more balancers when their pods pass the quota of one: 2000 of 1000, four fifths full, are three', () => {
  expect(sizeLoadBalancer('web', { layer: 7 }, { ...around, podsBehind: 2000 }).count).toBe(3);
});
