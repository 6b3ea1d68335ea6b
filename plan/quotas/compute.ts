import { interfacesOf } from '../cluster';
import type { Deployment } from '../plan';
import { docs } from '../source';
import { type Limit, most, together } from './limit';
import { rulesOfFullestGroup } from './security-group-rules';

const READ = '2026-11-22';
const ec2 = docs('AWS docs, Amazon EC2 endpoints and quotas', READ);
const vpc = docs('AWS docs, Amazon VPC quotas', READ);
const eks = docs('AWS docs, Amazon EKS service quotas', READ, 'https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html');
const elb = docs('AWS docs, Elastic Load Balancing endpoints and quotas', READ, 'https://docs.aws.amazon.com/general/latest/gr/elb.html');

/** Machines, networks and what stands in front of pods. */
export const COMPUTE_LIMITS: readonly Limit[] = [
  {
    service: 'EC2',
    name: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances, vCPUs',
    code: 'L-1216C47A',
    // General knowledge: accounts with a history have 32 and more.
    default: 5,
    source: ec2,
    needed: (d) => d.cells * d.nodeGroups.reduce((vcpus, g) => vcpus + g.nodes.max * g.vcpu, 0),
  },
  { service: 'EC2', name: 'EC2-VPC Elastic IPs', code: 'L-0263D0A3', default: 5, source: ec2, needed: (d) => d.cells * addresses(d) },
  { service: 'VPC', name: 'VPCs per Region', code: 'L-F678F1CE', default: 5, source: vpc, needed: (d) => d.cells },
  {
    service: 'VPC',
    name: 'NAT gateways per Availability Zone',
    code: 'L-FE5A380F',
    default: 5,
    source: vpc,
    needed: (d) => (d.platform === 'eks' ? d.cells : 0),
  },
  {
    service: 'VPC',
    name: 'Network interfaces per Region',
    code: 'L-DF5E4CA3',
    default: 5000,
    source: vpc,
    needed: (d) => d.cells * interfacesOf(d),
  },
  {
    service: 'VPC',
    name: 'Inbound or outbound rules per security group',
    code: 'L-0EA8095F',
    default: 60,
    source: vpc,
    needed: rulesOfFullestGroup,
  },
  {
    service: 'EKS',
    name: 'Managed node groups per cluster',
    code: 'L-6D54EA21',
    default: 30,
    source: eks,
    needed: (d) => (d.platform === 'eks' ? d.nodeGroups.length : 0),
  },
  {
    service: 'EKS',
    name: 'Nodes per managed node group',
    code: 'L-BD136A63',
    default: 450,
    source: eks,
    // Raised, a tier stays one group, which the autoscaler and a roll-out see as one.
    needed: (d) => Math.max(0, ...d.nodeGroups.map((g) => g.nodes.max)),
  },
  {
    service: 'Elastic Load Balancing',
    name: 'Application Load Balancers per Region',
    code: 'L-53DA6B97',
    default: 50,
    source: elb,
    needed: (d) => together(d, 'loadBalancer', (p) => (p.layer === 7 ? p.count : 0)),
  },
  {
    service: 'Elastic Load Balancing',
    name: 'Network Load Balancers per Region',
    code: 'L-69A177A2',
    default: 50,
    source: elb,
    needed: (d) => together(d, 'loadBalancer', (p) => (p.layer === 4 ? p.count : 0)),
  },
  {
    service: 'Elastic Load Balancing',
    name: 'Targets per Application Load Balancer',
    code: 'L-7E6692B2',
    default: 1000,
    source: elb,
    needed: (d) => most(d, 'loadBalancer', (p) => (p.layer === 7 ? podsBehind(d, p.id).reduce((a, b) => a + b, 0) : 0)),
  },
  {
    service: 'Elastic Load Balancing',
    name: 'Targets per Availability Zone per Network Load Balancer',
    code: 'L-B211E961',
    default: 500,
    source: elb,
    needed: (d) =>
      most(d, 'loadBalancer', (p) => (p.layer === 4 ? podsBehind(d, p.id).reduce((a, b) => a + Math.ceil(b / d.zones), 0) : 0)),
  },
  {
    service: 'Elastic Load Balancing',
    name: 'Targets per Target Group per Region',
    code: 'L-A0D0B863',
    default: 1000,
    source: elb,
    needed: (d) => most(d, 'loadBalancer', (p) => Math.max(0, ...podsBehind(d, p.id))),
  },
];

/** Each NAT gateway has an address, and so has the one machine. */
function addresses(d: Deployment): number {
  return d.platform === 'eks' ? d.zones : 1;
}

/** Pods at peak of each fleet that a balancer routes to. */
function podsBehind(d: Deployment, balancer: string): number[] {
  const targets = new Set(d.flows.filter((f) => f.from === balancer).map((f) => f.to));
  return d.parts.flatMap((p) => (p.kind === 'service' && targets.has(p.id) ? [p.pods.peak / p.fleets] : []));
}
