import { synthesized, templateOf } from './synthesized';
import { tinyPlan } from './tiny-shop';

describe.each(['zones', 'cells', 'box'])('at %s', (stage) => {
  const planned = tinyPlan(stage);
  const stacks = synthesized(planned);
  const names = [...stacks.keys()].filter((name) => name.endsWith('-cdn-access'));

  test('each cell lets the one distribution read its bucket', () => {
    expect(names).toHaveLength(planned.deployments.reduce((n, { cells }) => n + cells, 0));
    const [distribution] = Object.keys(templateOf(stacks, 'us-east-1-edge').findResources('AWS::CloudFront::Distribution'));
    for (const name of names) {
      const [policy] = Object.values(templateOf(stacks, name).findResources('AWS::S3::BucketPolicy'));
      const text = JSON.stringify(policy!.Properties);
      expect(text).toContain(`"Bucket":{"Fn::GetStackOutput":{"StackName":"${stacks.get(name.replace('cdn-access', 'data'))!.stackName}"`);
      expect(text).toMatch(
        new RegExp(`"aws:SourceArn":\\[?\\{"Fn::Join".*distribution/.*${stacks.get('us-east-1-edge')!.stackName}.*${distribution}`),
      );
    }
  });

  test('after the edge, which names the bucket', () => {
    for (const name of names) expect(stacks.get(name)!.dependencies).toContain(stacks.get('us-east-1-edge'));
  });
});
