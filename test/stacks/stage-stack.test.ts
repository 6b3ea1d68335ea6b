import { App, CfnOutput } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { StageStack } from '../../stacks/stage-stack';

test('outputs come in the order of their names, whatever came first', () => {
  const stack = new StageStack(new App(), 'Test');
  for (const id of ['B', 'C', 'A']) new CfnOutput(stack, id, { value: id });
  expect(Object.keys(Template.fromStack(stack).toJSON().Outputs as object)).toEqual(['A', 'B', 'C']);
});

test('a stack without outputs says nothing of them', () => {
  expect(Template.fromStack(new StageStack(new App(), 'Test')).toJSON()).not.toHaveProperty('Outputs');
});
