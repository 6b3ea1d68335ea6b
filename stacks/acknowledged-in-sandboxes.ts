import type { AcknowledgedFinding } from './acknowledged-findings';

/** What is kept on purpose in a sandbox alone: it is small, and it has to go away without anybody's help. */
export const ACKNOWLEDGED_IN_SANDBOXES: readonly AcknowledgedFinding[] = [
  { id: 'RDS10', at: /-(data|copies)\/[^/]+\/shard0\/(Primary|Copy|Resource)$/, reason: 'Its expiry has to be able to delete it.' },
  { id: 'AEC4', at: /-data\/[^/]+\/cluster-\d+$/, reason: 'One node speaks the cluster protocol; nobody misses it for an hour.' },
  { id: 'EC29', at: /\/Machines-[^/]+\/Machine-[^/]+$/, reason: 'Its expiry has to be able to end it.' },
  {
    id: 'EKS2',
    at: /\/Cluster\/Cluster$/,
    finding: /^LogExport::(api|audit|authenticator)$/,
    reason: 'The log group of a control plane comes back after its cluster is deleted (constructs/kubernetes-cluster.ts).',
  },
  {
    id: 'IAM5',
    at: /\/Emptier\/Role\/Resource$/,
    finding: /^Resource::<\w+\.Arn>\/\*$/,
    reason: 'It deletes all objects of the one bucket, whatever their names.',
  },
  {
    id: 'IAM5',
    at: /-expiry\/Expiry\/Role\/DefaultPolicy\/Resource$/,
    finding: /^Resource::arn:aws:cloudformation:[\w-]+:<AWS::AccountId>:stack\/[\w-]+\/\*$/,
    reason: 'The ARN of a stack ends in an id that it gets when it is made.',
  },
];
