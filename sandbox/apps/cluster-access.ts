import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import type { Account } from '../account';
import { explained } from '../failure';
import { SandboxError } from '../sandbox-error';
import type { ClusterAccess } from './kubeconfig';

/**
 * Where a cluster of EKS answers.
 * @throws {SandboxError} when it does not answer yet, or AWS does not tell
 */
export async function accessTo(name: string, region: string, { credentials, profile }: Account): Promise<ClusterAccess> {
  const eks = new EKSClient({ region, credentials });
  try {
    const { cluster } = await explained(() => eks.send(new DescribeClusterCommand({ name })), { region, profile });
    const { endpoint, certificateAuthority } = cluster ?? {};
    if (!endpoint || !certificateAuthority?.data)
      throw new SandboxError(
        `cluster ${name} is ${cluster?.status ?? 'not there'} and has no endpoint yet; run the same command again in a minute`,
      );
    return { name, region, endpoint, authority: certificateAuthority.data };
  } finally {
    eks.destroy();
  }
}
