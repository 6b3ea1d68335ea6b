import { Fn } from 'aws-cdk-lib';

/** ARN of a topic or consumer group, which repeats the cluster's name and id: `...:topic/name/uuid/orders`. */
export function kafkaArn(clusterArn: string, of: 'topic' | 'group', name: string): string {
  const [prefix, nameAndId] = [0, 1].map((i) => Fn.select(i, Fn.split(':cluster/', clusterArn)));
  return `${prefix}:${of}/${nameAndId}/${name}`;
}
