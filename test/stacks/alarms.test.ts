import { alarmsOf } from '../../stacks/alarms';
import { tinyPlan as everyKind } from '../k8s/tiny-system';
import { synthesized, templateOf } from './synthesized';
import { tinyPlan } from './tiny-shop';

test('what a system asks for wins over the usual alarm', () => {
  const deployment = tinyPlan('zones').deployments[0]!;
  const usual = alarmsOf(deployment).find(({ part, watched }) => part === 'hot' && watched === 'cpu')!;
  const asked = alarmsOf({ ...deployment, alarms: [{ ...usual, threshold: 0.123 }] }).filter(
    ({ part, watched }) => part === 'hot' && watched === 'cpu',
  );
  expect(usual.threshold).not.toBe(0.123);
  expect(asked.map(({ threshold }) => threshold)).toEqual([0.123]);
});

test('every part with a usual alarm shows the metric it watches', () => {
  const template = templateOf(synthesized(everyKind('zones')), 'us-east-1-operations');
  const described = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => (Properties.AlarmDescription as string).split(':')[0],
  );
  expect(new Set(described)).toEqual(
    new Set(['orders-db', 'hot', 'carts', 'history', 'mails', 'events', 'tasks', 'index', 'front', 'lines']),
  );
});

test('every alarm tells the topic, and the dashboard shows it', () => {
  const template = templateOf(synthesized(tinyPlan('zones')), 'us-east-1-operations');
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
  expect(alarms.length).toBeGreaterThan(4);
  const [topic] = Object.keys(template.findResources('AWS::SNS::Topic'));
  for (const { Properties } of alarms) expect(Properties.AlarmActions).toEqual([{ Ref: topic }]);
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  expect(JSON.stringify(dashboard!.Properties.DashboardBody)).toContain('hot: evictions');
});
