import type { aws_iam as iam, CfnResource } from 'aws-cdk-lib';
import { USAGE_KEY, type MeteredType, type UsageByType } from '../cost/usage';

/** What a caller does with a part; each construct turns it into the fewest actions that do it. */
export type Access = 'reads' | 'writes' | 'publishes' | 'consumes' | 'sends';

/** A part that other parts use. */
export interface Reachable {
  /**
   * What a caller has to know, by upper-case suffix: `{ HOST: ..., PORT: ... }`. Lists (shards) are joined by commas.
   */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Lets a role use the part in one way, and nothing else. */
  grant(grantee: iam.IGrantable, access: Access): void;
}

/** More would only be noise in templates and their diffs. */
const DIGITS = 6;

/** Writes down what the bill of a resource depends on, where the estimator looks for it. */
export function recordUsage<T extends MeteredType>(resource: CfnResource, _type: T, usage: UsageByType[T]): void {
  const rounded = Object.fromEntries(
    Object.entries(usage).map(([figure, value]) => [figure, Number((value as number).toPrecision(DIGITS))]),
  );
  resource.addMetadata(USAGE_KEY, rounded);
}
