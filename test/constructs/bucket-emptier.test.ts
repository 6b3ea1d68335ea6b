import {
  type DeleteObjectsCommand,
  GetBucketPolicyCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { App, aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BucketEmptier } from '../../constructs/bucket-emptier';
// The file itself, as Lambda runs it.
import { handler } from '../../constructs/bucket-emptier.handler';

describe('in a stack', () => {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  const bucket = new s3.Bucket(stack, 'Files', { enforceSSL: true });
  new BucketEmptier(stack, 'Emptier', { bucket });
  const template = Template.fromStack(stack);
  const [logGroup] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
  const [files] = Object.keys(template.findResources('AWS::S3::Bucket'));

  test('it is told of its bucket, and so goes before it', () => {
    template.hasResourceProperties('Custom::BucketEmptier', { Bucket: { Ref: files }, ServiceTimeout: '960' });
  });

  test('the policy of the bucket goes before it, so that nothing takes away what closes the bucket', () => {
    const [id] = Object.keys(template.findResources('Custom::BucketEmptier'));
    template.hasResource('AWS::S3::BucketPolicy', { DependsOn: Match.arrayWith([id]) });
  });

  test('its code is in the template, and its log group one of the stack', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogGroup: { Ref: logGroup } }, Timeout: 900 });
    const [{ Properties }] = Object.values(template.findResources('AWS::Lambda::Function')) as [
      { Properties: { Code: { ZipFile: string } } },
    ];
    expect(Properties.Code.ZipFile).toContain('exports.handler');
    expect(Properties.Code.ZipFile.length).toBeLessThan(4096);
    template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete', Properties: { RetentionInDays: 7 } });
  });

  test('it is told of its role, which is all that may go on deleting', () => {
    const [role] = Object.keys(template.findResources('AWS::IAM::Role'));
    const arn = { 'Fn::GetAtt': [role, 'Arn'] };
    template.hasResourceProperties('AWS::Lambda::Function', { Role: arn, Environment: { Variables: { ROLE_ARN: arn } } });
  });

  test('it may write that group and empty that bucket, by a policy that stays as long as its role', () => {
    const arn = { 'Fn::GetAtt': [files, 'Arn'] };
    template.hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [logGroup, 'Arn'] } },
              { Action: ['s3:ListBucketVersions', 's3:GetBucketPolicy', 's3:PutBucketPolicy'], Resource: arn },
              { Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'], Resource: { 'Fn::Join': ['', [arn, '/*']] } },
            ],
          },
        },
      ],
    });
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });
});

describe('the function', () => {
  let server: Server;
  let answers: Record<string, unknown>[];
  /** Objects as S3 holds them: keys with their versions. */
  let held: { Key: string; VersionId: string; mark?: boolean }[];
  let refuses: string | undefined;
  let missing = false;
  const calls: string[] = [];
  /** The bucket's policy. */
  let policy: { Version: string; Statement: object[] } | undefined;

  const ROLE_ARN = 'arn:aws-cn:iam::123456789012:role/emptier';

  beforeAll(async () => {
    process.env.ROLE_ARN = ROLE_ARN;
    server = createServer((request, response) => {
      let body = '';
      request
        .on('data', (chunk) => (body += chunk))
        .on('end', () => {
          answers.push({ method: request.method, type: request.headers['content-type'], ...JSON.parse(body) });
          response.end();
        });
    }).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    jest.spyOn(S3Client.prototype, 'send').mockImplementation(((
      command: ListObjectVersionsCommand | DeleteObjectsCommand | GetBucketPolicyCommand | PutBucketPolicyCommand,
    ) => {
      calls.push(command.constructor.name);
      if (missing) throw Object.assign(new Error('The specified bucket does not exist'), { name: 'NoSuchBucket' });
      if (command instanceof GetBucketPolicyCommand)
        return policy
          ? Promise.resolve({ Policy: JSON.stringify(policy) })
          : Promise.reject(Object.assign(new Error(), { name: 'NoSuchBucketPolicy' }));
      if (command instanceof PutBucketPolicyCommand) return void (policy = JSON.parse(command.input.Policy!));
      if (command instanceof ListObjectVersionsCommand) {
        const page = held.slice(0, 1000);
        return { Versions: page.filter((o) => !o.mark), DeleteMarkers: page.filter((o) => o.mark) };
      }
      const gone = command.input.Delete!.Objects!;
      expect(gone.length).toBeLessThanOrEqual(1000);
      if (refuses) return { Errors: [{ Key: refuses, Message: 'Access Denied' }] };
      held = held.filter((o) => !gone.some((g) => g.Key === o.Key && g.VersionId === o.VersionId));
      return {};
    }) as never);
  });
  afterAll(() => {
    delete process.env.ROLE_ARN;
    jest.restoreAllMocks();
    server.close();
  });
  beforeEach(() => {
    answers = [];
    calls.length = 0;
    refuses = undefined;
    missing = false;
    policy = undefined;
    held = Array.from({ length: 1500 }, (_, i) => ({ Key: `k${i % 700}`, VersionId: `v${i}`, mark: i % 3 === 0 }));
  });

  const run = (RequestType: 'Create' | 'Update' | 'Delete', millisecondsLeft = 900_000) =>
    handler(
      {
        RequestType,
        ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer`,
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'Emptier',
        ResourceProperties: { Bucket: 'files' },
      },
      { getRemainingTimeInMillis: () => millisecondsLeft, invokedFunctionArn: 'arn:aws-cn:lambda:cn-north-1:123456789012:function:f' },
    );
  const answer = {
    method: 'PUT',
    type: '',
    PhysicalResourceId: 'files',
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'Emptier',
  };

  test.each(['Create', 'Update'] as const)('leaves everything where it is on %s', async (type) => {
    await run(type);
    expect(answers).toEqual([{ ...answer, Status: 'SUCCESS' }]);
    expect(calls).toEqual([]);
  });

  test('deletes all versions and marks, and answers once', async () => {
    await run('Delete');
    expect(held).toEqual([]);
    expect(answers).toEqual([{ ...answer, Status: 'SUCCESS' }]);
  });

  const deny = { Effect: 'Deny', Principal: '*', Resource: 'arn:aws-cn:s3:::files/*' };
  const closed = [
    { ...deny, Sid: 'Emptying', Action: ['s3:PutObject', 's3:ReplicateObject', 's3:ReplicateDelete'] },
    {
      ...deny,
      Sid: 'EmptyingByOthers',
      Action: 's3:DeleteObject',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': ROLE_ARN } },
    },
  ];

  test('lets nothing be written, replicated or marked by others any more before it looks what there is', async () => {
    await run('Delete');
    expect(calls.indexOf('PutBucketPolicyCommand')).toBeLessThan(calls.indexOf('ListObjectVersionsCommand'));
    expect(policy).toEqual({ Version: '2012-10-17', Statement: closed });
  });

  test('keeps what else the policy says, however often it is called', async () => {
    const secure = { Sid: 'Secure', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };
    policy = { Version: '2012-10-17', Statement: [secure] };
    await run('Delete');
    await run('Delete');
    expect(policy).toEqual({ Version: '2012-10-17', Statement: [secure, ...closed] });
  });

  test('says what it may not delete', async () => {
    refuses = 'k7';
    await run('Delete');
    expect(answers).toEqual([{ ...answer, Status: 'FAILED', Reason: 'k7 of files: Access Denied' }]);
  });

  test('answers before its time is up, to be called again', async () => {
    await run('Delete', 29_000);
    expect(answers).toEqual([{ ...answer, Status: 'FAILED', Reason: 'files is not empty yet; delete the stack again to go on' }]);
  });

  test('is content with a bucket that is gone', async () => {
    missing = true;
    await run('Delete');
    expect(answers).toEqual([{ ...answer, Status: 'SUCCESS' }]);
  });
});
