import type { aws_ec2 as ec2, aws_kms as kms, Stack, StackProps } from 'aws-cdk-lib';
import type { ManagedService } from '../../constructs/managed-service';
import type { ObjectStore } from '../../constructs/object-store';
import type { Deployment } from '../../plan/plan';
import type { Replication } from '../data-replication';

/** What surrounds a part in its stack. */
export interface Around {
  readonly stack: Stack;
  readonly deployment: Deployment;
  readonly encryptionKey: kms.IKey;
  readonly disposable: boolean;
  /** {@link StatefulStackProps.dataName} */
  readonly dataName: string;
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  /** @throws {Error} for a part that has none */
  readonly securityGroup: (partId: string) => ec2.ISecurityGroup;
  /** @default the data of this region is its own */
  readonly replication?: Replication;
  /** Parts of the stack that were built before this one. */
  readonly built: ReadonlyMap<string, ManagedService>;
}

/** What a stack of parts that hold data takes. */
export interface StatefulStackProps extends StackProps {
  readonly deployment: Deployment;
  readonly vpc: ec2.IVpc;
  /** Subnets in two zones or more, whatever the zones of the deployment: RDS, ElastiCache and MSK ask for them. */
  readonly isolatedSubnets: ec2.SubnetSelection;
  /** Security group of each part that lives in the VPC, by part id. */
  readonly securityGroups: ReadonlyMap<string, ec2.ISecurityGroup>;
  /** Whether the data may go with the stack. @default false */
  readonly disposable?: boolean;
  /** Start of the names that data keeps in every region and as the stage grows: `chat-production`, with the cell from the second on. */
  readonly dataName: string;
  /** @default the data of this region is its own */
  readonly replication?: Replication;
}

/** The surroundings of each part of a stack. @param keyOf what its data is encrypted with */
export const aroundIn =
  (stack: Stack, props: StatefulStackProps, keyOf: (partId: string) => kms.IKey) =>
  (part: string): Omit<Around, 'built'> => ({
    ...props,
    stack,
    encryptionKey: keyOf(part),
    disposable: props.disposable ?? false,
    subnets: props.isolatedSubnets,
    securityGroup(partId) {
      const group = props.securityGroups.get(partId);
      if (!group) throw new Error(`${stack.node.path}: part "${partId}" lives in the VPC and has no security group`);
      return group;
    },
  });

/** Props of whatever holds data. */
export const standard = ({ encryptionKey, disposable }: Around) => ({ encryptionKey, disposable });

/** A bucket of the same stack. */
export const builtStore = (partId: string, { built }: Around): ObjectStore => built.get(partId) as ObjectStore;

/** Props of what has addresses in the network. */
export const inNetwork = (around: Around, partId: string) => ({
  ...standard(around),
  vpc: around.vpc,
  subnets: around.subnets,
  securityGroup: around.securityGroup(partId),
});

/** How a part is copied to other regions, if it is to be and there are any. */
export const replicationOf = (isMultiRegion: boolean | undefined, { replication }: Around): Replication | undefined =>
  isMultiRegion ? replication : undefined;
