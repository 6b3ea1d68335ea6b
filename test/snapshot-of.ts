import { basename } from 'node:path';
import { nines } from '../bin/print-availability';
import { short } from '../plan/units';
import type { KubernetesObject, Resource, SynthesizedStage } from './every-stage';

/**
 * A stage as a reviewer reads it: sizes, choices, what each stack holds, who may do what, the objects of the cluster, the bill.
 * Figures are rounded to three digits, logical ids lose their hashes, cells after the first and plumbing are counted, not listed.
 */
export function snapshotOf(stage: SynthesizedStage): object {
  const { plan, templates, objects, bill } = stage;
  return {
    title: plan.title,
    availability: `${nines(plan.availability.estimated)} estimated, ${nines(plan.availability.promised)} promised, weakest ${plan.availability.entries[0]!.weakest}`,
    decisions: Object.fromEntries(plan.decisions.map((d) => [d.about, d.chosen])),
    quotas: Object.fromEntries(plan.quotas.map((q) => [`${q.service}: ${q.name}`, `${short(q.needed)} of ${short(q.default)}`])),
    deployments: Object.fromEntries(
      plan.deployments.map((d) => [
        d.region.name,
        {
          runs: `${d.cells} x ${d.platform} over ${d.zones} zones, ${d.region.role}`,
          parts: Object.fromEntries(
            d.parts.map((p) => [p.id, `${p.count} x ${p.size}, ${p.technology}; ${p.binding} ${share(p.utilisation)}`]),
          ),
          nodes: Object.fromEntries(d.nodeGroups.map((g) => [g.tier, `${g.nodes.min} to ${g.nodes.max} ${g.instanceType}`])),
        },
      ]),
    ),
    stacks: Object.fromEntries(
      templates
        .filter((t) => !/-cell([2-9]|\d\d)-/.test(t.name))
        .map((t) => [basename(t.name, '.template.json'), stackOf(Object.entries(t.resources))]),
    ),
    objects: objectsOf(objects),
    bill: {
      'USD a month': `${short(bill.monthly.min)} to ${short(bill.monthly.max)}, expected ${short(bill.monthly.total)}`,
      ...Object.fromEntries([...byType(bill.lineItems)].map(([type, usd]) => [type, short(usd)])),
    },
  };
}

const share = (ratio: number): string => `${Math.round(ratio * 100)} %`;

/** Types a stack has many of and that follow from the ones listed. */
const PLUMBING =
  /^AWS::(EC2::(Subnet|Route|RouteTable|SubnetRouteTableAssociation|EIP|InternetGateway|VPCGatewayAttachment|SecurityGroup(In|E)gress|VPCEndpoint)|IAM::(Role|Policy|InstanceProfile)|Logs::|CloudWatch::|SSM::|KMS::|SecretsManager::|RDS::(DBSubnetGroup|DB\w*ParameterGroup)|ElastiCache::(SubnetGroup|ParameterGroup|User)|EKS::(AccessEntry|PodIdentityAssociation|Addon)|CloudFront::(Origin|Cache|Response))/;

function stackOf(resources: [string, Resource][]): object {
  const listed = resources.filter(([, r]) => !PLUMBING.test(r.Type));
  const counted = resources.filter(([, r]) => PLUMBING.test(r.Type));
  const talks = resources
    .filter(([, r]) => r.Type === 'AWS::EC2::SecurityGroupIngress')
    .map(([, r]) => `${r.Properties!.Description} ${r.Properties!.ToPort}`)
    .sort();
  return {
    ...Object.fromEntries(listed.map(([id, r]) => [withoutHash(id), `${r.Type} ${sizesOf(r.Properties)}`.trim()])),
    ...(counted.length && { plumbing: tally(counted.map(([, r]) => r.Type.replace(/^AWS::/, ''))) }),
    ...(talks.length && { talks }),
    ...(resources.some(([, r]) => r.Type.startsWith('AWS::IAM')) && { permissions: permissionsOf(resources) }),
  };
}

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');

/** Property names whose values are sizes or switches; everything else follows from code that has tests of its own. */
const SIZES =
  /(Class|InstanceTypes?|NodeType|Type|Size|Capacity|Count|Number\w+|Num\w+|Replicas\w*|Storage\w*|Version|Engine|MultiAZ|MultiAz\w*|Retention\w*|Encrypted|Enabled|Protection|Iops|Mode|Scheme|Protocol|Port|Deployment\w*|FromPort|ToPort|CidrIp|maxReceiveCount|TTL|DefaultTimeToLive)$/;

function sizesOf(value: unknown, path: string[] = [], found: string[] = []): string {
  if (Array.isArray(value)) value.forEach((v) => sizesOf(v, path, found));
  else if (value && typeof value === 'object') for (const [key, v] of Object.entries(value)) sizesOf(v, [...path, key], found);
  else if (SIZES.test(path.at(-1) ?? '') && !path.includes('Tags')) found.push(`${path.at(-1)}=${String(value)}`);
  return path.length ? '' : [...new Set(found)].join(' ').slice(0, 300);
}

function permissionsOf(resources: [string, Resource][]): object {
  const policies = resources.filter(([, r]) => r.Type === 'AWS::IAM::Policy' || r.Type === 'AWS::IAM::Role');
  const actions = policies.flatMap(([id, r]) => {
    const documents = [
      r.Properties?.PolicyDocument,
      ...((r.Properties?.Policies as { PolicyDocument: unknown }[] | undefined) ?? []).map((p) => p.PolicyDocument),
    ];
    const statements = documents.flatMap((d) => (d as { Statement?: { Action: string | string[] }[] } | undefined)?.Statement ?? []);
    return statements.length ? [[withoutHash(id), [...new Set(statements.flatMap((s) => s.Action))].sort().join(' ')] as const] : [];
  });
  return Object.fromEntries(actions);
}

function objectsOf(objects: readonly KubernetesObject[]): object {
  const text = (o: KubernetesObject): string => {
    const spec = (o.spec ?? {}) as unknown as {
      replicas?: number;
      minReplicas?: number;
      maxReplicas?: number;
      minReplicaCount?: number;
      maxReplicaCount?: number;
      schedule?: string;
      maxUnavailable?: unknown;
    };
    return [
      spec.replicas && `${spec.replicas} pods`,
      spec.maxReplicas && `${spec.minReplicas} to ${spec.maxReplicas} pods`,
      spec.maxReplicaCount && `${spec.minReplicaCount} to ${spec.maxReplicaCount} pods`,
      spec.schedule,
      spec.maxUnavailable && `${String(spec.maxUnavailable)} away`,
    ]
      .filter(Boolean)
      .join(' ');
  };
  const listed = objects.filter((o) => text(o));
  return { ...Object.fromEntries(listed.map((o) => [`${o.kind} ${o.metadata.name}`, text(o)])), all: tally(objects.map((o) => o.kind)) };
}

function byType(lines: readonly { type: string; monthly: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { type, monthly } of lines) sums.set(type, (sums.get(type) ?? 0) + monthly);
  return new Map([...sums].filter(([, usd]) => usd >= 0.5).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const tally = (names: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const name of [...names].sort()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, n]) => `${n} ${name}`).join(', ');
};
