import { interfacesOf } from '../cluster';
import type { NodeGroup } from '../packing';
import { registeredWith } from '../listeners';
import type { Deployment } from '../plan';
import { docs, remembered } from '../source';
import { claimedGib } from '../volumes';
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
    service: 'Lambda',
    name: 'Concurrent executions',
    code: 'L-B99A9384',
    default: 1000,
    source: docs('AWS docs, Lambda quotas', READ, 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html'),
    needed: (d) => together(d, 'function', (p) => p.concurrency),
  },
  {
    service: 'EMR Serverless',
    name: 'Max concurrent vCPUs per account',
    default: 16,
    source: remembered('EMR Serverless quotas, vCPUs of all applications at once'),
    needed: (d) => together(d, 'sparkJob', (p) => (p.executors + 1) * p.vcpu),
  },
  {
    service: 'EC2',
    name: 'Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances, vCPUs',
    code: 'L-1216C47A',
    // General knowledge: accounts with a history have 32 and more.
    default: 5,
    source: ec2,
    needed: (d) =>
      vcpus(d, ({ gpuModel, nodes, spot }) => (gpuModel ? 0 : nodes.max - (spot?.nodes.max ?? 0))) +
      together(d, 'machines', (p) => p.count * p.vcpu) +
      together(d, 'hostFleet', (p) => p.count * p.vcpu),
  },
  {
    service: 'EC2',
    name: 'Running On-Demand G and VT instances, vCPUs',
    code: 'L-DB2E81BA',
    default: 0,
    source: remembered('Amazon EC2 endpoints and quotas: a new account has none until it asks'),
    needed: (d) => vcpus(d, ({ gpuModel, nodes }) => (gpuModel ? nodes.max : 0)),
  },
  {
    service: 'EC2',
    name: 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests, vCPUs',
    code: 'L-34B43A08',
    default: 5,
    source: docs('AWS docs, Spot Instance quotas', READ, 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html'),
    needed: (d) => vcpus(d, ({ spot }) => spot?.nodes.max ?? 0),
  },
  { service: 'EC2', name: 'EC2-VPC Elastic IPs', code: 'L-0263D0A3', default: 5, source: ec2, needed: (d) => d.cells * addresses(d) },
  {
    service: 'EBS',
    name: 'Storage for General Purpose SSD (gp3) volumes, in TiB',
    code: 'L-7A658B76',
    default: 50,
    source: remembered('Amazon EBS quotas: 50 TiB of gp3 volumes a region'),
    needed: (d) => (d.platform === 'eks' ? (d.cells * claimedGib(d.parts)) / 1024 : 0),
  },
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
    needed: (d) => d.cells * interfacesOf(d) + together(d, 'hostFleet', (p) => p.count),
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

const vcpus = (d: Deployment, nodes: (group: NodeGroup) => number): number =>
  d.cells * d.nodeGroups.reduce((sum, group) => sum + nodes(group) * group.vcpu, 0);

/** Each NAT gateway has an address, and so has the one machine. */
function addresses(d: Deployment): number {
  return d.platform === 'eks' ? d.zones : 1;
}

/** Pods at peak in each target group of a balancer. */
function podsBehind(d: Deployment, balancer: string): number[] {
  const registered = registeredWith(balancer, d.flows);
  return registered.flatMap((id) => d.parts.flatMap((p) => (p.id === id && p.kind === 'service' ? [p.pods.peak / p.fleets] : [])));
}
