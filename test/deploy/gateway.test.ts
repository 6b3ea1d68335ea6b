import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { HeadBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { type Fault, type Gateway, startGateway } from './gateway';

let emulator: Server;
let gateway: Gateway;
const seen: string[] = [];
const faults: Fault[] = [];

beforeAll(async () => {
  emulator = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => response.end('{"clusters":["one"]}'));
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => emulator.once('listening', listening));
  gateway = await startGateway({
    emulator: { endpoint: `http://127.0.0.1:${(emulator.address() as AddressInfo).port}` },
    faults,
    rewrite: ({ service }, answer) =>
      service === 'eks' ? { ...answer, body: Buffer.from(String(answer.body).replace('one', 'two')) } : answer,
  });
});
afterAll(async () => {
  await gateway.stop();
  emulator.close();
});
beforeEach(() => faults.splice(0));

const config = () => ({
  endpoint: gateway.endpoint,
  region: 'eu-west-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});

test('calls pass by service and action, and answers can be rewritten', async () => {
  const { clusters } = await new EKSClient(config()).send(new ListClustersCommand({}));
  expect(clusters).toEqual(['two']);
  expect(seen).toEqual(['GET /clusters']);
  expect([...gateway.counts]).toEqual([['eks GET /clusters', 1]]);
});

const s3 = () => new S3Client({ ...config(), forcePathStyle: true });

test.each<[string, () => Promise<unknown>]>([
  ['cloudformation', () => new CloudFormationClient(config()).send(new DeleteStackCommand({ StackName: 'x' }))],
  ['ec2', () => new EC2Client(config()).send(new DescribeVpcsCommand({}))],
  ['eks', () => new EKSClient(config()).send(new ListClustersCommand({}))],
  ['s3', () => s3().send(new ListBucketsCommand({}))],
  ['sns', () => new SNSClient(config()).send(new ListTopicsCommand({}))],
])('a fault of %s is named as the service would', async (service, call) => {
  faults.push({ service, times: 1, status: 400, code: 'Throttling', message: 'Rate <exceeded>' });
  await expect(call()).rejects.toMatchObject({ name: 'Throttling', message: 'Rate <exceeded>' });
  expect(faults[0]!.times).toBe(0);
});

test('a fault hits its action only, as often as it says', async () => {
  faults.push({ service: 'cloudformation', action: 'CreateStack', times: 1, status: 400, code: 'No', message: 'no' });
  faults.push({ service: 's3', times: 1, status: 403, code: 'AccessDenied', message: 'no' });
  await new CloudFormationClient(config()).send(new DeleteStackCommand({ StackName: 'x' })).catch(() => undefined);
  expect(faults.map(({ times }) => times)).toEqual([1, 1]);
  await expect(s3().send(new HeadBucketCommand({ Bucket: 'x' }))).rejects.toThrow();
  expect(faults.map(({ times }) => times)).toEqual([1, 0]);
  await expect(s3().send(new HeadBucketCommand({ Bucket: 'x' }))).resolves.toBeDefined();
});
