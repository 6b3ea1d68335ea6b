import { isDelivered } from '../plan/deliveries';
import type { Deployment, Plan } from '../plan/plan';
import { ACKNOWLEDGED_PERMISSIONS } from './acknowledged-permissions';
import { entriesOf } from './entries';

/** A finding of cdk-nag's AWS Solutions rules that we keep on purpose. */
export interface AcknowledgedFinding {
  /** Rule of the pack, without `AwsSolutions-`. */
  readonly id: string;
  readonly reason: string;
  /** Constructs it may be found at, by path. */
  readonly at: RegExp;
  /** What it may find there, for a rule that says it, such as `Resource::*`. @default the rule does not say */
  readonly finding?: RegExp;
  /** Stages it may be found in; `at` is the path as {@link at} matches it. @default all */
  readonly in?: (plan: Plan, at: RegExpExecArray) => boolean;
}

/** Its availability goal lets it be down with its zone, and so may everything in it. */
const downWithItsZone = ({ deployments }: Plan): boolean => deployments.every(({ zones }) => zones === 1);
/** Nothing but files of buckets is behind a distribution without a firewall. */
const edgesShowFiles = ({ deployments }: Plan): boolean =>
  deployments.every(({ parts, flows }) => {
    const open = new Set(parts.filter((part) => part.kind === 'edge' && !part.spec.firewall).map(({ id }) => id));
    const behind = new Set(flows.filter(({ from }) => open.has(from)).map(({ to }) => to));
    return parts.every(({ id, kind }) => !behind.has(id) || kind === 'objectStore');
  });

/** Answers the internet: the one machine, or a balancer that clients reach besides an edge, if through an accelerator. */
const isEntry = ({ deployments }: Plan, [, group]: RegExpExecArray): boolean =>
  deployments.some(
    (deployment) =>
      isAccelerated(deployment, group) ||
      deployment.parts.some(({ id, kind }) => id === group && kind === 'hostFleet') ||
      entriesOf(deployment).some(({ kind, id, labels }) =>
        kind === 'box' ? group === 'tier-box' : group === id && labels.some((label) => !label.endsWith('-origin')),
      ),
  );
const isAccelerated = ({ parts, flows }: Deployment, part: string | undefined): boolean =>
  flows.some(({ from, to }) => to === part && parts.some(({ id, kind }) => id === from && kind === 'accelerator'));

/** Its bucket is read by the edge, which names it. */
const isReadByEdge = ({ deployments }: Plan, [, part]: RegExpExecArray): boolean =>
  deployments.some(({ parts, flows }) => {
    const edges = new Set(parts.filter(({ kind }) => kind === 'edge').map(({ id }) => id));
    return flows.some(({ from, to }) => to === part && edges.has(from));
  });

/** Firehose reads its topics. */
const isDeliveredFrom = ({ deployments }: Plan, [, part]: RegExpExecArray): boolean =>
  deployments.some((deployment) => isDelivered(part!, deployment));

export const ACKNOWLEDGED_FINDINGS: readonly AcknowledgedFinding[] = [
  {
    id: 'EC23',
    at: /-network\/SecurityGroups\/([^/]+)\/Resource$/,
    in: isEntry,
    reason: 'Entries answer the internet, on the ports of the web and those that routes name (test/rules/templates.test.ts).',
  },
  {
    id: 'EC23',
    at: /-network\/Network\/EndpointGroup-[^/]+\/Resource$/,
    reason: 'The rule cannot read a range that is known at deployment. It is that of the network (test/constructs/network.test.ts).',
  },
  {
    id: 'EC23',
    at: /-network\/SecurityGroups\/([^/]+)\/Resource$/,
    in: isDeliveredFrom,
    reason: 'Nor here: brokers that Firehose reads let in the range of their own network, by which its balancer comes.',
  },
  {
    id: 'ELB2',
    at: /-compute\/[^/]+\/Balancer$/,
    reason:
      'A log line a request costs more than the balancer at these rates; CloudWatch has its counts and latencies, refused connections are in the flow logs.',
  },
  { id: 'CFR1', at: /-edge\/.+\/Distribution$/, reason: 'The systems serve the whole world.' },
  {
    id: 'CFR2',
    at: /-edge\/.+\/Distribution$/,
    in: edgesShowFiles,
    reason: 'Files of a bucket are read and nothing else; the plan adds a firewall where requests to servers pass the edge.',
  },
  {
    id: 'CFR3',
    at: /-edge\/.+\/Distribution$/,
    reason: 'As with balancers: a log line a request is the largest line of the bill; the firewall samples requests.',
  },
  {
    id: 'EKS1',
    at: /\/Cluster\/Cluster$/,
    reason: 'The public endpoint answers the ranges of the stack parameter ApiCidrs only; nodes use the private one.',
  },
  {
    id: 'EKS2',
    at: /\/Cluster\/Cluster$/,
    finding: /^LogExport::(controllerManager|scheduler)$/,
    reason: 'Scheduler and controller manager write much that nobody reads; api, audit and authenticator are kept.',
  },
  {
    id: 'EC28',
    at: /\/(Box\/Instance|Machines-[^/]+\/Machine-[^/]+)$/,
    in: (plan, [, machine]) => machine !== 'Box/Instance' || downWithItsZone(plan),
    reason:
      'Minute metrics cost a tenth of the one machine, whose stage accepts to be down, and show nothing of engines, whose threads poll; checks of state are by the minute anyway.',
  },
  {
    id: 'AS3',
    at: /-compute\/Hosts-[^/]+\/Hosts$/,
    reason: 'Who hands out sessions starts and ends its hosts, many an hour; a message for each would be read by nobody.',
  },
  {
    id: 'EC29',
    at: /\/Box\/Instance$/,
    reason:
      'What replaces or removes it could not end it, and two would run (constructs/k3s-box.ts). Its stack is protected from deletion.',
  },
  {
    id: 'KDF1',
    at: /-data\/[^/]+\/Stream$/,
    reason: 'Of a topic it holds nothing: Kafka does, encrypted; AWS refuses a key of its own there.',
  },
  ...ACKNOWLEDGED_PERMISSIONS,
  {
    id: 'S10',
    at: /-data\/([^/]+)\/Bucket\/Resource$/,
    in: isReadByEdge,
    reason: 'Its policy, which asks for TLS, is in the stack that knows the distribution (constructs/cdn-bucket-policy.ts).',
  },
  {
    id: 'S1',
    at: /-(data|compute)\/.+\/Resource$/,
    reason:
      'Access logs of a bucket are a second bucket with more objects than the first; CloudTrail data events name the callers when needed.',
  },
  {
    id: 'SMG4',
    at: /-data\/.+\/Secret\/Resource$/,
    reason: 'Rotating the password of a cache or broker takes a function that also restarts its clients; it is done by hand.',
  },
  {
    id: 'RDS2',
    at: /\/(Reader\d+|Copy)$/,
    reason: 'A replica is encrypted because its source is; saying so again is an error (F3020 of the validation engine).',
  },
  { id: 'RDS3', at: /-data\/.+\/Primary$/, in: downWithItsZone, reason: 'A standby in another zone is for stages that outlive one.' },
  {
    id: 'RDS3',
    at: /\/(Reader\d+|Copy)$/,
    reason: 'The primary or another replica answers while RDS makes a lost replica anew; none of them holds data of its own.',
  },
  {
    id: 'RDS11',
    at: /-(data|copies)\/.+\/(Primary|Reader\d+|Copy|Resource)$/,
    reason: 'Another port hides nothing: only the groups of its callers reach the database.',
  },
  {
    id: 'RDS14',
    at: /-(data|copies)\/.+\/Resource$/,
    reason: 'Backtrack bills every change a second time; a restore to any second of the last days takes an hour instead of minutes.',
  },
  {
    id: 'OS3',
    at: /-data\/[^/]+\/Resource$/,
    reason:
      'The domain lies in the network; its policy leaves it to the roles of this account, and security groups to the pods that use it.',
  },
  { id: 'OS4', at: /-data\/[^/]+\/Resource$/, reason: 'The plan adds dedicated masters from the size at which they pay.' },
  {
    id: 'AEC5',
    at: /-data\/[^/]+\/Nodes-[^/]+$/,
    reason: 'Another port hides nothing: only the groups of its callers reach the cache.',
  },
  { id: 'OS7', at: /-data\/[^/]+\/Resource$/, in: downWithItsZone, reason: 'Nodes in other zones are for stages that outlive one.' },
  { id: 'AEC4', at: /-data\/[^/]+\/Resource$/, in: downWithItsZone, reason: 'A replica in another zone is for stages that outlive one.' },
];

/**
 * Why a finding is kept, or undefined for one to be fixed. cdk-nag's own acknowledgements take each finding's exact id, which
 * for policies holds names of outputs; these go by rule, place and pattern.
 * @param rule id with what it found, if it says: `AwsSolutions-IAM5[Resource::*]`
 * @param among what is kept. @default what is kept in every stage
 */
export function acknowledgement(
  rule: string,
  path: string,
  plan: Plan,
  among: readonly AcknowledgedFinding[] = ACKNOWLEDGED_FINDINGS,
): AcknowledgedFinding | undefined {
  const [, id, found] = /^AwsSolutions-(\w+?)(?:\[(.*)\])?$/s.exec(rule) ?? [];
  return among.find((finding) => {
    const at = finding.id === id && finding.at.exec(path);
    return at && (found === undefined ? !finding.finding : finding.finding?.test(found)) && (finding.in?.(plan, at) ?? true);
  });
}
