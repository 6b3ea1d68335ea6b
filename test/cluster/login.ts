import { createHash, createHmac } from 'node:crypto';

const PREFIX = 'k8s-aws-v1.';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
/** RFC 3986, as signatures have it: what JavaScript leaves alone besides. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Whether a token lets its owner into a cluster, as EKS and STS would decide between them: it is a question to STS for who asks, less than a
 * quarter of an hour old, and its signature holds only with the header that names this cluster. Written anew from
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html (2026-11-22), so that it does not share a mistake with the product.
 * @returns why not; undefined where it does
 */
export function refusal(token: string, cluster: string, keys: ReadonlyMap<string, string>, now = Date.now()): string | undefined {
  if (!token.startsWith(PREFIX) || token.endsWith('=')) return 'is no token of EKS';
  const url = new URL(Buffer.from(token.slice(PREFIX.length), 'base64url').toString());
  const query = new Map(url.searchParams);
  if (query.get('Action') !== 'GetCallerIdentity' || !/^sts\.[a-z0-9-]+\.amazonaws\.com$/.test(url.host))
    return 'asks something else than who asks';
  const [keyId, date, region, service, end] = query.get('X-Amz-Credential')!.split('/') as [string, string, string, string, string];
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(query.get('X-Amz-Date')!)!.map(Number) as number[];
  if (Math.abs(now - Date.UTC(y!, mo! - 1, d!, h!, mi!, s!)) > 15 * 60_000) return 'is too old';
  if (query.get('X-Amz-SignedHeaders') !== 'host;x-k8s-aws-id') return 'does not sign the name of a cluster';
  const secret = keys.get(keyId);
  if (!secret) return 'is of an unknown key';
  const pairs = [...query].filter(([name]) => name !== 'X-Amz-Signature').map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  const canonical = [
    'GET',
    '/',
    pairs.sort().join('&'),
    `host:${url.host}`,
    `x-k8s-aws-id:${cluster}`,
    '',
    'host;x-k8s-aws-id',
    sha256(''),
  ].join('\n');
  const scope = [date, region, service, end].join('/');
  const key = [date, region, service, end].reduce<string | Buffer>((last, part) => hmac(last, part), `AWS4${secret}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', query.get('X-Amz-Date'), scope, sha256(canonical)].join('\n')).toString('hex');
  return signature === query.get('X-Amz-Signature') ? undefined : `is not signed for cluster ${cluster}`;
}
