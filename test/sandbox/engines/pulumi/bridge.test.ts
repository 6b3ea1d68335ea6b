import { isLeftOut, typeFacts, whyWrapped, WRAPPED } from '../../../../sandbox/engines/pulumi/bridge';

test.each([
  ['a type without handlers', { Type: 'AWS::IAM::Policy' }, true],
  ['a custom resource', { Type: 'Custom::BucketEmptier' }, true],
  [
    'a dynamic reference, however deep',
    {
      Type: 'AWS::AmazonMQ::Broker',
      Properties: { Users: [{ Password: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'S' }]] } }] },
    },
    true,
  ],
  ['anything else', { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } }, false],
] as const)('%s goes into a stack of its own: %#', (_, resource, wrapped) => {
  expect(whyWrapped(resource as Parameters<typeof whyWrapped>[0]) !== undefined).toBe(wrapped);
});

test('of the expiry stack only the budget is made, of others everything', () => {
  expect(isLeftOut('expiry', { Type: 'AWS::Scheduler::Schedule' })).toBe(true);
  expect(isLeftOut('expiry', { Type: 'AWS::IAM::Role' })).toBe(true);
  expect(isLeftOut('expiry', { Type: 'AWS::Budgets::Budget' })).toBe(false);
  expect(isLeftOut('compute', { Type: 'AWS::IAM::Role' })).toBe(false);
});

test('what AWS publishes of types is known', () => {
  expect(typeFacts('AWS::EC2::EIP')!.ref).toEqual(['PublicIp']);
  expect(typeFacts('AWS::S3::Bucket')!.createOnly).toContain('BucketName');
  expect(typeFacts('AWS::KMS::Key')!.writeOnly).toEqual(['PendingWindowInDays']);
  expect(typeFacts('Custom::Anything')).toBeUndefined();
});

test('types of their own stacks are types that AWS has', () => {
  expect(Object.keys(WRAPPED).filter((type) => !typeFacts(type))).toEqual([]);
});
