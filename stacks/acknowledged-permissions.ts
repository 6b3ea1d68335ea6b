import type { AcknowledgedFinding } from './acknowledged-findings';

/** Roles of services: on a cluster one each, on the one machine one for all; functions, Spark and stream jobs have their own. */
const SERVICES =
  /-compute\/(Cluster\/Identity-[^/]+|(Machines|Hosts)-[^/]+|Box|(Function|Spark|Stream)-[^/]+)\/Role\/DefaultPolicy\/Resource$/;
const REPLICATION = /-data\/[^/]+\/Bucket\/ReplicationRole\/DefaultPolicy\/Resource$/;

const DELIVERIES = /-data\/[^/]+\/Role\/DefaultPolicy\/Resource$/;
const STREAMS = /-compute\/Stream-[^/]+\/Role\/DefaultPolicy\/Resource$/;

/** Managed policies and wildcards that are kept on purpose, each by what it grants: another one beside it is found. */
export const ACKNOWLEDGED_PERMISSIONS: readonly AcknowledgedFinding[] = [
  {
    id: 'IAM4',
    at: /\/(Cluster\/(Node|Network|Volumes)?Role|(Box|(Machines|Hosts)-[^/]+)\/Role)\/Resource$/,
    finding:
      /policy\/(service-role\/AmazonEBSCSIDriverPolicy|Amazon(EKSClusterPolicy|EKSWorkerNodePolicy|EKS_CNI_Policy|EC2ContainerRegistryPullOnly|SSMManagedInstanceCore))$/,
    reason:
      'EKS, its plugins for network and volumes, and SSM change what they need with their versions; AWS maintains these policies for them.',
  },
  {
    id: 'IAM5',
    at: /\/(Identity-(cluster-autoscaler|aws-load-balancer-controller|keda-operator)|Observability)\/Role\/DefaultPolicy\/Resource$/,
    finding: /^Resource::\*$/,
    reason: 'AWS lets nobody narrow these actions to a resource; there are no others (test/rules/permissions.test.ts).',
  },
  {
    id: 'IAM5',
    at: /\/Identity-cluster-autoscaler\/Role\/DefaultPolicy\/Resource$/,
    finding: /^Resource::arn:aws:(eks:.+:nodegroup\/[^*]+\/\*|autoscaling:.+:autoScalingGroup:\*:autoScalingGroupName\/eks-\*)$/,
    reason: 'Node groups and scaling groups get their names from EKS; tags say whose they are.',
  },
  {
    id: 'IAM5',
    at: SERVICES,
    finding: /^Resource::<\w+Bucket\w+\.Arn>\/\*$/,
    reason: 'Objects of the one bucket get their names when they are written.',
  },
  {
    id: 'IAM5',
    at: DELIVERIES,
    finding: /^Resource::(<\w+Bucket\w+\.Arn>\/[\w/]+\/|arn:aws:kafka:.+:(topic|group)\/[^/*]+\/\*\/)([^/*]+|\*)$/,
    reason: 'So do files of a table; and the id of a cluster, and its groups, as below.',
  },
  {
    id: 'IAM5',
    at: STREAMS,
    finding: /^Resource::(\*|arn:aws:ec2:.+:network-interface\/\*|arn:aws:logs:.+:log-group:\*)$/,
    reason:
      'It looks at networks and log groups, which AWS narrows to none, and makes interfaces, in its own subnets (constructs/stream-network.ts).',
  },
  {
    id: 'IAM5',
    at: /\/Box\/Role\/DefaultPolicy\/Resource$/,
    finding: /^Resource::<BoxManifests\w+\.Arn>\/manifests\/\*$/,
    reason: 'So do manifests.',
  },
  { id: 'IAM5', at: SERVICES, finding: /^Resource::arn:aws:es:.+:domain\/[^*]+\/\*$/, reason: 'So do documents of the one domain.' },
  {
    id: 'IAM5',
    at: SERVICES,
    finding: /^Resource::arn:aws:kafka:.+:(topic|group|transactional-id)\/[^/*]+\/\*\/([^/*]+|\*)$/,
    reason: 'The id of a cluster is known once it runs; nobody but MSK chooses its groups and topics of that name.',
  },
  {
    id: 'IAM5',
    at: SERVICES,
    finding: /^Resource::arn:aws:cassandra:.+:\/keyspace\/system\w*\/table\/\*$/,
    reason: 'Drivers read the catalogue, whose tables are the service’s own.',
  },
  {
    id: 'IAM5',
    at: SERVICES,
    finding: /^Resource::arn:aws:(ses:.+:identity|sms-voice:.+:(phone-number|pool))\/\*$/,
    reason: 'Senders are verified by hand, after the deployment.',
  },
  {
    id: 'IAM5',
    at: REPLICATION,
    finding: /^(Action::kms:(GenerateDataKey|ReEncrypt)\*|Resource::(<\w+Bucket\w+\.Arn>|arn:aws:s3:::[^*]+)\/\*)$/,
    reason: 'CDK writes what S3 needs to copy objects of one bucket to another, whatever their names.',
  },
];
