import { NETWORK_BEHIND, typeBehind } from '../catalogue/ec2';
import type { Dimension } from '../fit';

/**
 * The sustained network of nodes of a managed service, in the busier direction: EC2 carries as much in as, at the same time, out (AWS
 * docs, Amazon EC2 instance network bandwidth, AWSEC2/latest/UserGuide/ec2-instance-network-bandwidth.html, 2026-11-22).
 *
 * @param nodeType such as `cache.m7g.large`
 * @param traffic bytes per second at peak of all nodes together, replication included
 */
export const networkOf = (nodeType: string, traffic: { in: number; out: number }): Dimension => ({
  name: 'network',
  demand: Math.max(traffic.in, traffic.out),
  perUnit: typeBehind(nodeType).networkBitsPerSecond / 8,
  unit: 'bytes/s',
  source: NETWORK_BEHIND,
});
