import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { Watched } from '../../plan/alarm';
import type { Plan } from '../../plan/plan';
import { alarmsOf } from '../../stacks/alarms';
import { watchesOf } from '../../stacks/watches';
import { synthesized, templateOf } from './synthesized';
import { tinyPlan } from './tiny-shop';

const [deployment] = tinyPlan('zones').deployments;
const parts = [...new Set(alarmsOf(deployment!).map(({ part }) => part))];
const metric = new cloudwatch.Metric({ namespace: 'Test', metricName: 'x' });
/** Parts that show so many metrics of everything. */
const showing = (count: number) =>
  new Map(parts.map((id) => [id, { metric: (_: Watched) => Array<cloudwatch.IMetric>(count).fill(metric) }]));
const named = (lists: ReturnType<typeof watchesOf>) => lists.flat().map(({ part, watched }) => `${part} ${watched}`);

test('one template holds the alarms of a usual cell', () => {
  expect(watchesOf(deployment!, showing(1))).toHaveLength(1);
});

test('parts of many nodes share out to several, each alarm in one of them', () => {
  const lists = watchesOf(deployment!, showing(50));
  expect(lists.length).toBeGreaterThan(1);
  expect(named(lists)).toEqual(alarmsOf(deployment!).map(({ part, watched }) => `${part} ${watched}`));
  for (const list of lists) expect(list.reduce((n, { metrics }) => n + metrics.length, 0)).toBeLessThanOrEqual(100);
});

test('an alarm on a part that shows nothing is a mistake', () => {
  expect(() => watchesOf(deployment!, new Map())).toThrow('which shows no metrics to AWS');
});

test('the stacks of a cell tell one topic, and other charges are told once', () => {
  const plan = tinyPlan('zones');
  const large = structuredClone(plan) as Plan;
  for (const p of large.deployments[0]!.parts)
    if (p.kind === 'cache') Object.assign(p, { topology: 'cluster', shards: 250, replicasPerShard: 1 });
  const stacks = synthesized(large);
  const names = [...stacks.keys()].filter((name) => name.includes('operations'));
  expect(names).toEqual(['us-east-1-operations', 'us-east-1-operations-2']);
  const [first, second] = names.map((name) => templateOf(stacks, name));
  first!.resourceCountIs('AWS::SNS::Topic', 1);
  second!.resourceCountIs('AWS::SNS::Topic', 0);
  expect(JSON.stringify(Object.values(second!.findResources('AWS::CloudWatch::Alarm'))[0]!.Properties.AlarmActions)).toContain('Topic');
  expect([first!, second!].map((t) => t.toJSON().Metadata !== undefined)).toEqual([true, false]);
});
