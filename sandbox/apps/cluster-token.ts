import { STSClient } from '@aws-sdk/client-sts';
import type { RequestPresigner } from '@smithy/types';
import type { Account } from '../account';

/** The cluster takes it for a quarter of an hour, whatever its signature says. */
export const TOKEN_SECONDS = 15 * 60;
const SIGNED_SECONDS = 60;

/**
 * What a cluster of EKS takes for a password: a signed question to STS for who asks, which the cluster puts to STS itself. It is what
 * `aws eks get-token` prints (aws/aws-cli, awscli/customizations/eks/get_token.py, seen 2026-11-22), so that nobody needs the AWS CLI.
 * @param region of the cluster
 */
export async function clusterToken(cluster: string, region: string, { credentials }: Pick<Account, 'credentials'>): Promise<string> {
  const sts = new STSClient({ region, credentials });
  const hostname = `sts.${region}.amazonaws.com`;
  // The client's own signer: it can sign addresses too, though its type does not tell.
  const signer = (await sts.config.signer()) as unknown as RequestPresigner;
  const request = {
    ...{ method: 'GET', protocol: 'https:', hostname, path: '/' },
    query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    headers: { host: hostname, 'x-k8s-aws-id': cluster },
  };
  const { query } = await signer.presign(request, { expiresIn: SIGNED_SECONDS });
  sts.destroy();
  const url = `https://${hostname}/?${new URLSearchParams(query as Record<string, string>)}`;
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
}
