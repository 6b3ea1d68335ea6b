import { type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CdnBucketPolicy } from '../constructs/cdn-bucket-policy';
import type { ObjectStore } from '../constructs/object-store';
import { StageStack } from './stage-stack';

/** A bucket, and the distributions that read it. */
export interface CdnReader {
  /** Part id of the bucket. */
  readonly id: string;
  readonly store: ObjectStore;
  readonly distributionIds: readonly string[];
}

export interface CdnAccessStackProps extends StackProps {
  readonly readers: readonly CdnReader[];
}

/**
 * Lets the stage's distributions read the buckets of a cell, and no other distribution of the account. It comes last: the edge
 * names the buckets, wherever they are, and is named here. Until then the edge answers 403 for their objects.
 */
export class CdnAccessStack extends StageStack {
  constructor(scope: Construct, id: string, { readers, ...props }: CdnAccessStackProps) {
    super(scope, id, props);
    for (const { id: part, store, distributionIds } of readers)
      new CdnBucketPolicy(this, part, { bucketName: store.bucket.bucketName, distributionIds });
  }
}
