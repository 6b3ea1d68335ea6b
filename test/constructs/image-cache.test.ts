import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ImageCache } from '../../constructs/image-cache';
import { usageOf } from './stateful';

const stack = new Stack(new App(), 'Test', { env: { account: '111111111111', region: 'eu-west-1' } });
const cache = new ImageCache(stack, 'Images', { prefix: 'shop', repositories: ['docker/library/node'] });
const template = Template.fromStack(stack);

test('images come from the account’s own registry, which fetches what it lacks', () => {
  expect(stack.resolve(cache.registry)).toEqual({
    'Fn::Join': ['', [{ Ref: 'AWS::AccountId' }, '.dkr.ecr.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/shop']],
  });
  template.hasResourceProperties('AWS::ECR::PullThroughCacheRule', { EcrRepositoryPrefix: 'shop', UpstreamRegistryUrl: 'public.ecr.aws' });
});

test('repositories are there before the first pull, under the name it asks for, and go with the stack', () => {
  template.hasResource('AWS::ECR::Repository', {
    Properties: { RepositoryName: 'shop/docker/library/node', EmptyOnDelete: true },
    DependsOn: [Match.stringLikeRegexp('Rule')],
  });
  expect(usageOf(template, 'AWS::ECR::Repository', 'Images')).toEqual({ storedGb: 0.1 });
});
