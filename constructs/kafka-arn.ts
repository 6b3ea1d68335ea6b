import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** A cluster as permissions name it. */
export interface KafkaName {
  readonly clusterName: string;
  /** @default region of the stack */
  readonly region?: string;
}

/**
 * ARN of a topic, consumer group or transaction. Between names it has an id that only a running cluster knows; the name is enough, as no two
 * clusters of a region share it.
 */
export const kafkaArn = (
  scope: Construct,
  { clusterName, region }: KafkaName,
  of: 'topic' | 'group' | 'transactional-id',
  name: string,
): string => Stack.of(scope).formatArn({ service: 'kafka', region, resource: of, resourceName: `${clusterName}/*/${name}` });
