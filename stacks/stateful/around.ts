import type { aws_ec2 as ec2, aws_kms as kms, Stack } from 'aws-cdk-lib';
import type { Deployment } from '../../plan/plan';
import type { Replication } from '../data-replication';

/** What surrounds a part in its stack. */
export interface Around {
  readonly stack: Stack;
  readonly deployment: Deployment;
  readonly encryptionKey: kms.IKey;
  readonly disposable: boolean;
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  /** @throws {Error} for a part that has none */
  readonly securityGroup: (partId: string) => ec2.ISecurityGroup;
  /** @default the data of this region is its own */
  readonly replication?: Replication;
}

/** Props of whatever holds data. */
export const standard = ({ encryptionKey, disposable }: Around) => ({ encryptionKey, disposable });

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
