import { DAEMONS } from './catalogue/node-room';
import { systemPods } from './cluster-system-pods';
import type { Deployment } from './plan';
import { runsAsPods } from './pods';
import type { Part } from './sizing';
import { assumed, derived, docs } from './source';
import { GIB, MINUTE, MONTH } from './units';

/** What pods and nodes of a cell tell their operator in a month. GB are GiB. */
export interface Telemetry {
  /** Lines that pods write, as CloudWatch Logs takes them in. */
  logGb: number;
  /** Measurements of nodes and pods. On one machine there are none: EC2 measures it. */
  measuredGb: number;
  /** Metrics that CloudWatch makes of the measurements, if it does. */
  metrics: number;
}

/** Of a service's requests and messages. */
export const LOGGED = {
  share: 0.01 + 0.001,
  lineBytes: 300,
  source: assumed('a structured line for every hundredth request or message and for each that fails, one of a thousand'),
};
/**
 * Around a line: on a cluster its pod, container, image and node, and the line a second time, parsed (Fluent Bit as the EKS
 * add-on configures it); on one machine the time and the stream.
 */
const ENVELOPE = {
  eks: { bytes: 600 + LOGGED.lineBytes, source: assumed('such a record, without labels and annotations') },
  k3s: { bytes: 45, source: assumed('such a line of containerd') },
};
/** CloudWatch Logs bills each event with these bytes on top: AWS docs, PutLogEvents, 2026-11-22. */
const EVENT_BYTES = 26;
/** Of the autoscaler, which says what it weighs every ten seconds, DNS and the other controllers; and of the daemons of a node. */
const OWN_LOGS_GB = { cluster: 1, node: 0.02, source: assumed('at their default verbosity, but for a less talkative autoscaler') };

const GUIDE = docs(
  'AWS docs, Container Insights performance log events and metrics for Amazon EKS and Kubernetes',
  '2026-11-22',
  'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-reference-performance-logs-EKS.html',
);
/** Written once a minute. */
const MEASURED = {
  nodeBytes: 2730 + 927 + 963 + 849 + 4 * EVENT_BYTES,
  podBytes: 3048 + 1270 + 849 + 1806 + 1241 + 5 * EVENT_BYTES,
  source: derived(GUIDE, "the examples' lengths: node, its disk, I/O and interface; pod, its interface at both ends, container and disk"),
};
/** Pods of one controller share their metrics. */
const METRICS = {
  cluster: 24,
  node: 8,
  controller: 9,
  service: 7,
  namespace: 7,
  source: derived(GUIDE, 'the metrics listed for each set of dimensions'),
};
/** The system's, kube-system, amazon-cloudwatch, and keda where it is. */
const NAMESPACES = 4;

const monthlyGb = (bytesEachMinute: number): number => (bytesEachMinute * (MONTH / MINUTE)) / GIB;

export function telemetry(deployment: Pick<Deployment, 'parts' | 'nodeGroups' | 'platform' | 'podMetrics'>): Telemetry {
  const { parts, nodeGroups, platform, podMetrics = true } = deployment;
  const lineBytes = LOGGED.lineBytes + ENVELOPE[platform].bytes + EVENT_BYTES;
  const logGb = (parts.reduce((rate, part) => rate + operationsOf(part), 0) * MONTH * LOGGED.share * lineBytes) / GIB;
  if (platform === 'k3s') return { logGb, measuredGb: 0, metrics: 0 };
  const nodes = nodeGroups.reduce((n, group) => n + group.nodes.expected, 0);
  const daemons = Object.keys(DAEMONS).length;
  const system = systemPods(parts);
  const services = parts.filter(runsAsPods).filter((p) => p.kind !== 'job');
  const pods = [...services, ...system].reduce((n, p) => n + p.pods.expected, 0) + nodes * daemons;
  const controllers = parts.filter(runsAsPods).length + system.length + daemons;
  const metrics =
    METRICS.cluster +
    METRICS.node * nodes +
    METRICS.controller * controllers +
    METRICS.service * (services.length + system.length) +
    METRICS.namespace * NAMESPACES;
  return {
    logGb: logGb + OWN_LOGS_GB.cluster + OWN_LOGS_GB.node * nodes,
    measuredGb: monthlyGb(nodes * MEASURED.nodeBytes + pods * MEASURED.podBytes),
    metrics: podMetrics ? metrics : 0,
  };
}

/** GB a month that leave the network for CloudWatch. */
export function telemetryGb(deployment: Pick<Deployment, 'parts' | 'nodeGroups' | 'platform'>): number {
  const { logGb, measuredGb } = telemetry(deployment);
  return logGb + measuredGb;
}

/** Requests and messages a second that pods answer. */
function operationsOf({ kind, load }: Part): number {
  const asked = kind === 'service' || kind === 'stateful' ? load.requests.average + load.consumed.average : 0;
  return kind === 'stateful' ? asked + load.reads.average + load.writes.average : asked;
}
