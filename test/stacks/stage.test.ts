import type { Stack } from 'aws-cdk-lib';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { THIRD_PARTY_KEY, USAGE_KEY } from '../../cost/usage';
import { synthesizePlan } from '../../stacks/synthesize';
import { synthesized, templateOf } from './synthesized';
import { tinyPlan } from './tiny-shop';

const text = (stacks: ReadonlyMap<string, Stack>, name: string): string => JSON.stringify(templateOf(stacks, name).toJSON());

describe('a stage in one region', () => {
  const stacks = synthesized(tinyPlan('zones'));

  test('has network, data, compute and operations, one edge, and what lets that read buckets', () => {
    const rooms = ['cdn-access', 'compute', 'data', 'edge', 'network', 'operations'];
    expect([...stacks.keys()].sort()).toEqual(rooms.map((room) => `us-east-1-${room}`));
  });

  test('is bound to a region and to no account', () => {
    for (const stack of stacks.values()) {
      expect(stack.region).toBe('us-east-1');
      expect(stack.environment).toBe('aws://unknown-account/us-east-1');
    }
  });

  test('is protected from deletion, unless it is disposable', () => {
    for (const stack of stacks.values()) expect(stack.terminationProtection).toBe(true);
    for (const stack of synthesized(tinyPlan('zones'), { disposable: true }).values()) expect(stack.terminationProtection).toBe(false);
  });

  test('tags stacks and resources with where they belong, and with what it is asked to', () => {
    const tagged = synthesized(tinyPlan('zones'), { tags: { owner: 'me' } });
    expect(tagged.get('us-east-1-network')!.tags.tagValues()).toEqual({
      'scaleprint:system': 'tiny-shop',
      'scaleprint:stage': 'zones',
      'scaleprint:region': 'us-east-1',
      'scaleprint:cell': '1',
      owner: 'me',
    });
    const [vpc] = Object.values(templateOf(tagged, 'us-east-1-network').findResources('AWS::EC2::VPC'));
    const tags = vpc!.Properties.Tags as { Key: string; Value: string }[];
    expect(tags).toEqual(
      expect.arrayContaining([
        { Key: 'scaleprint:stage', Value: 'zones' },
        { Key: 'owner', Value: 'me' },
      ]),
    );
  });

  test('holds stacks together by stack outputs, never by exports', () => {
    const all = [...stacks.keys()].map((name) => text(stacks, name)).join();
    expect(all).toContain('Fn::GetStackOutput');
    expect(all).not.toContain('Fn::ImportValue');
    expect(all).not.toContain('"Export"');
  });

  test('has no Lambda function behind any resource', () => {
    const types = [...stacks.keys()].flatMap((name) =>
      Object.values(templateOf(stacks, name).toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type),
    );
    expect(types.length).toBeGreaterThan(100);
    expect(types.filter((type) => /^(Custom::|AWS::Lambda|AWS::CloudFormation::CustomResource)/.test(type))).toEqual([]);
  });

  test('tells the estimator what other companies charge', () => {
    expect(templateOf(stacks, 'us-east-1-operations').toJSON().Metadata).toEqual({
      [THIRD_PARTY_KEY]: [{ charge: 'card payment', quantity: 1000, description: 'every order' }],
    });
  });

  test('tells the estimator the use of every resource of its own that is billed by use', () => {
    const metered = {
      network: ['AWS::EC2::VPC', 'AWS::EC2::NatGateway', 'AWS::EC2::FlowLog', 'AWS::Logs::LogGroup'],
      compute: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::KMS::Key', 'AWS::Logs::LogGroup'],
      edge: ['AWS::CloudFront::Distribution', 'AWS::WAFv2::WebACL'],
      operations: ['AWS::SNS::Topic', 'AWS::KMS::Key'],
    };
    for (const [room, types] of Object.entries(metered)) {
      for (const type of types) {
        const resources = Object.values(templateOf(stacks, `us-east-1-${room}`).findResources(type));
        expect([type, resources.length > 0, resources.every((resource) => resource.Metadata?.[USAGE_KEY])]).toEqual([type, true, true]);
      }
    }
  });
});

test('cells of a deployment are the same but for their names', () => {
  const stacks = synthesized(tinyPlan('cells'));
  const cells = tinyPlan('cells').deployments[0]!.cells;
  expect(cells).toBeGreaterThan(1);
  const anonymous = (name: string) =>
    text(stacks, name)
      .replaceAll(/-?[cC]ell\d+/g, '')
      .replaceAll(/("scaleprint:cell"(?:,"Value")?[,:])"\d+"/g, '$1"n"');
  for (const room of ['network', 'compute']) {
    const first = JSON.parse(anonymous(`us-east-1-${room}`)) as { Resources: object };
    const last = JSON.parse(anonymous(`us-east-1-cell${cells}-${room}`)) as { Resources: object };
    expect(Object.keys(last.Resources)).toEqual(Object.keys(first.Resources));
    expect(last).toEqual(first);
  }
});

test('regions each get all stacks, and one edge in the region of CloudFront', () => {
  const names = [...synthesized(tinyPlan('regions')).keys()];
  for (const region of ['us-east-1', 'me-south-1', 'eu-west-2']) {
    expect(names).toEqual(expect.arrayContaining(['network', 'data', 'compute', 'operations'].map((room) => `${region}-${room}`)));
  }
  expect(names.filter((name) => name.endsWith('-edge'))).toEqual(['us-east-1-edge']);
});

test('templates are the same every time', () => {
  const [first, second] = [0, 1].map(() => {
    const folder = mkdtempSync(join(tmpdir(), 'scaleprint-'));
    synthesizePlan(tinyPlan('one-zone'), folder);
    const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
    const read = templates.map((file) => [file, readFileSync(join(folder, file), 'utf8')]);
    rmSync(folder, { recursive: true });
    return read;
  });
  expect(first).toHaveLength(6);
  expect(second).toEqual(first);
});
