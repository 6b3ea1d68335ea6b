import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parameter } from '../../stacks/parameters';

const stack = () => new Stack(new App(), 'Test');

test('is made once a stack, whoever asks', () => {
  const one = stack();
  expect(parameter(one, 'DomainName')).toBe(parameter(one, 'DomainName'));
  expect(Object.keys(Template.fromStack(one).toJSON().Parameters).filter((name) => name === 'DomainName')).toHaveLength(1);
});

test('CloudFormation itself refuses an API for everybody, and says what it takes', () => {
  const one = stack();
  parameter(one, 'ApiCidrs');
  const { ApiCidrs } = Template.fromStack(one).toJSON().Parameters;
  expect(ApiCidrs.Type).toBe('CommaDelimitedList');
  expect('0.0.0.0/0').not.toMatch(new RegExp(`^(?:${ApiCidrs.AllowedPattern})$`));
  expect('203.0.113.0/24').toMatch(new RegExp(`^(?:${ApiCidrs.AllowedPattern})$`));
  expect(ApiCidrs.ConstraintDescription).toContain('not 0.0.0.0/0, which is everybody');
});
