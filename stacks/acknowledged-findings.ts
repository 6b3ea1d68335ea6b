import type { Plan } from '../plan/plan';

/** A finding of cdk-nag's AWS Solutions rules that we keep on purpose. */
export interface AcknowledgedFinding {
  /** Rule of the pack, without `AwsSolutions-`. */
  readonly id: string;
  readonly reason: string;
  /** Constructs it may be found at, by path. */
  readonly at: RegExp;
  /** Stages it may be found in. @default all */
  readonly in?: (plan: Plan) => boolean;
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

export const ACKNOWLEDGED_FINDINGS: readonly AcknowledgedFinding[] = [
  {
    id: 'EC23',
    at: /-network\/(SecurityGroups|Network\/EndpointGroup-)/,
    reason:
      'Entries answer the internet on the ports of the web, endpoints the network; every other rule follows from a flow (test/stacks/security-groups.test.ts).',
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
    reason: 'Scheduler and controller manager write much that nobody reads; api, audit and authenticator are kept.',
  },
  {
    id: 'EC28',
    at: /\/Box\/Instance$/,
    in: downWithItsZone,
    reason: 'Minute metrics cost a tenth of the machine; five minutes are enough for a stage that accepts to be down.',
  },
  {
    id: 'IAM4',
    at: /\/(Cluster\/(Node|Network)?Role|Box\/Role)\/Resource$/,
    reason: 'EKS, its network plugin and SSM change what they need with their versions; AWS maintains these policies for them.',
  },
  {
    id: 'IAM5',
    at: /\/(Identity-(cluster-autoscaler|aws-load-balancer-controller)|Box)\/Role\/DefaultPolicy\/Resource$/,
    reason:
      'Describe actions take no resource; node groups and scaling groups get their names from EKS, and their tags say whose they are.',
  },
  {
    id: 'IAM5',
    at: /\/(Identity-[^/]+\/Role|Bucket\/ReplicationRole)\/DefaultPolicy\/Resource$/,
    reason:
      'Objects of one bucket, documents of one domain and tables of the system keyspaces have no names at deployment, a Kafka cluster no id.',
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
  { id: 'OS3', at: /-data\/[^/]+\/Resource$/, reason: 'The domain lies in the network and its policy names roles.' },
  { id: 'OS4', at: /-data\/[^/]+\/Resource$/, reason: 'The plan adds dedicated masters from the size at which they pay.' },
  { id: 'AEC4', at: /-data\/[^/]+\/Resource$/, in: downWithItsZone, reason: 'A replica in another zone is for stages that outlive one.' },
];

/**
 * Why a finding is kept, or undefined for one to be fixed. cdk-nag's own acknowledgements take each finding's exact id, which
 * for policies holds names of outputs; these go by rule and place.
 * @param rule id with or without its finding: `AwsSolutions-IAM5[Resource::*]`
 */
export const acknowledgement = (rule: string, path: string, plan: Plan): AcknowledgedFinding | undefined =>
  ACKNOWLEDGED_FINDINGS.find(
    (finding) => rule.replace(/\[.*/s, '') === `AwsSolutions-${finding.id}` && finding.at.test(path) && (finding.in?.(plan) ?? true),
  );
