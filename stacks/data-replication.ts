import { aws_kms as kms, aws_s3 as s3 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Deployment } from '../plan/plan';
import { worldFactor as ofWorld } from '../plan/regions';
import { fittingName } from './fitting-name';

/** A region that holds copies of the home region's data. */
export interface ReplicaRegion {
  readonly deployment: Deployment;
  readonly account: string;
  /** Key that encrypts a part there. */
  readonly keyArnOf: (partId: string) => string;
}

/** How data is shared with the same cell of the stage's other regions. */
export interface Replication {
  /**
   * The other regions, as the home region sees them. They are deployed before it, because their keys and buckets must exist.
   *
   * @default this region is not the home region and holds copies
   */
  readonly replicas?: readonly ReplicaRegion[];
}

/** An account is known when its templates are deployed. */
const ACCOUNT_DIGITS = 12;

/** Tables have one name in all regions, also where there is one region yet; copies of buckets one in each, unique in the world. */
export const tableName = (dataName: string, partId: string): string => `${dataName}-${partId}`;
export const keyspaceName = (dataName: string, partId: string): string => fittingName(tableName(dataName, partId), 48).replaceAll('-', '_');
export const bucketName = (dataName: string, partId: string, region: string, account: string): string => {
  const end = `-${region}-`;
  return fittingName(tableName(dataName, partId), 63 - end.length - ACCOUNT_DIGITS) + end + account;
};

/** Of a database, which keeps it in all regions; shards and readers add to it, and RDS takes 63 characters. */
export const databaseName = (dataName: string, partId: string): string => fittingName(tableName(dataName, partId), 45);

export const replicaRegions = ({ replicas = [] }: Replication): string[] => replicas.map(({ deployment }) => deployment.region.name);

/** The buckets of a part in the other regions, by the names they have there. */
export const replicaBuckets = (scope: Construct, dataName: string, { replicas = [] }: Replication, partId: string): s3.IBucket[] =>
  replicas.map(({ deployment, account, keyArnOf }) => {
    const region = deployment.region.name;
    return s3.Bucket.fromBucketAttributes(scope, `${partId}-${region}`, {
      bucketName: bucketName(dataName, partId, region, account),
      encryptionKey: kms.Key.fromKeyArn(scope, `${partId}-${region}-key`, keyArnOf(partId)),
      region,
      account,
    });
  });

/** How many times this region's traffic all active regions have together, of those its data is replicated to. */
export function worldFactor({ region }: Deployment, { replicas = [] }: Replication): number {
  return ofWorld(region, [region, ...replicas.map(({ deployment }) => deployment.region)]);
}
