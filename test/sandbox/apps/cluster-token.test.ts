import { clusterToken } from '../../../sandbox/apps/cluster-token';
import { refusal } from '../../cluster/login';
import { account } from './made-up';

const decoded = async (cluster: string, region: string) => {
  const token = await clusterToken(cluster, region, account);
  expect(token).toMatch(/^k8s-aws-v1\.[\w-]+$/);
  return new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());
};

test("is a signed question to the region's STS that names the cluster", async () => {
  const url = await decoded('shop-eu', 'eu-west-1');
  expect(url.origin + url.pathname).toBe('https://sts.eu-west-1.amazonaws.com/');
  const query = Object.fromEntries(url.searchParams);
  expect(query).toMatchObject({
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Expires': '60',
    // The cluster adds the header itself before it asks; a token for another cluster has another signature.
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
    'X-Amz-Security-Token': 'a+b/c==',
  });
  expect(query['X-Amz-Credential']).toMatch(/^AKIAEXAMPLE\/\d{8}\/eu-west-1\/sts\/aws4_request$/);
  expect(query['X-Amz-Signature']).toMatch(/^[0-9a-f]{64}$/);
});

test('lets its owner into that cluster, and into no other', async () => {
  const { accessKeyId, secretAccessKey } = await account.credentials();
  const token = await clusterToken('shop', 'us-east-1', account);
  const keys = new Map([[accessKeyId, secretAccessKey]]);
  expect(refusal(token, 'shop', keys)).toBeUndefined();
  expect(refusal(token, 'stock', keys)).toBe('is not signed for cluster stock');
  expect(refusal(token, 'shop', new Map([[accessKeyId, 'another']]))).toBe('is not signed for cluster shop');
  expect(refusal(token, 'shop', keys, Date.now() + 16 * 60_000)).toBe('is too old');
});
