import type { Template } from '../../../../sandbox/engines/pulumi/assembly';
import { endsOf, mentionedIn } from '../../../../sandbox/engines/pulumi/order';

test('what is asked of a resource is found, by resource', () => {
  const found = mentionedIn({
    a: [{ Ref: 'A' }, { 'Fn::GetAtt': ['A', 'Arn'] }],
    b: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['B', 'Endpoint.Port'] }]] },
  });
  expect([...found].map(([id, what]) => [id, [...what]])).toEqual([
    ['A', ['Ref', 'Arn']],
    ['B', ['Endpoint.Port']],
  ]);
});

test('a stack begins with what waits for nothing and ends with what nothing waits for', () => {
  const Resources: Template['Resources'] = {
    Network: { Type: 'T' },
    Subnet: { Type: 'T', Properties: { network: { Ref: 'Network' }, zone: { Ref: 'AWS::Region' } } },
    Route: { Type: 'T', DependsOn: 'Subnet' },
    Alone: { Type: 'T', DependsOn: [] },
  };
  const { first, last } = endsOf({ Resources });
  expect([...first]).toEqual(['Network', 'Alone']);
  expect([...last]).toEqual(['Route', 'Alone']);
});
