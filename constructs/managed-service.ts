import {
  type aws_cloudwatch as cloudwatch,
  type aws_iam as iam,
  type aws_kms as kms,
  type CfnResource,
  Duration,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { MeteredType, UsageByType } from '../cost/usage';
import type { Watched } from '../plan/alarm';
import { type Access, type Reachable, recordUsage } from './access';

/** Usage of the billed resources that a construct makes, by their type. */
export type Usage<T extends MeteredType> = Partial<Pick<UsageByType, T>>;

/** What every service that holds data takes. */
export interface ManagedServiceProps {
  /** Key for everything at rest: data, backups, logs and secrets. */
  readonly encryptionKey: kms.IKey;
  /**
   * Whether the data may go with the stack. Otherwise it is protected from deletion and stays behind when the stack is deleted.
   *
   * @default false
   */
  readonly disposable?: boolean;
}

/** Metrics by what an alarm watches: one a node group, instance or shard, or fewer where AWS or metric math adds them up. */
export type Metrics = Partial<Record<Watched, cloudwatch.IMetric[]>>;

/** A service AWS runs: callers reach it by its endpoints, an operator watches its metrics. */
export abstract class ManagedService extends Construct implements Reachable {
  abstract readonly endpoints: Readonly<Record<string, string>>;
  /** Name by which CloudWatch knows what consumers read from; of each shard, joined by commas. @default nobody consumes it */
  readonly metricName?: string;

  abstract grant(grantee: iam.IGrantable, access: Access): void;

  /** Made once: those of a large cluster are thousands. */
  private known?: Metrics;

  protected abstract metrics(): Metrics;

  /**
   * What shows the watched quantity: shares as 0 to 1, times in seconds, evictions a minute.
   * @throws {Error} when the service publishes no such metric
   */
  metric(watched: Watched): cloudwatch.IMetric[] {
    const metrics = (this.known ??= this.metrics());
    const found = metrics[watched];
    if (!found?.length)
      throw new Error(`${this.node.path} has no metric for "${watched}"; it has ${Object.keys(metrics).join(', ') || 'none'}`);
    return found;
  }
}

export const removalPolicy = (disposable = false): RemovalPolicy => (disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN);

/** Least time a key waits before it is gone, for nothing: AWS docs, ScheduleKeyDeletion (kms/latest/APIReference), 2026-11-22. */
const KEY_WAITS = Duration.days(7);

/** What becomes of a key when its stack is deleted. */
export const keyRemoval = (disposable = false): Pick<kms.KeyProps, 'removalPolicy' | 'pendingWindow'> => ({
  removalPolicy: removalPolicy(disposable),
  ...(disposable && { pendingWindow: KEY_WAITS }),
});

/** Writes down the usage of one resource, if it was given. */
export function recordGiven<T extends MeteredType>(resource: CfnResource, type: T, usage: Usage<T> | undefined): void {
  const figures = usage?.[type];
  if (figures) recordUsage(resource, type, figures as UsageByType[T]);
}
