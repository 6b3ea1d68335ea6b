import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Account } from '../account';
import { clusterToken, TOKEN_SECONDS } from './cluster-token';
import { withTemporaryFolder } from '../temporary-folder';

/** A cluster's API. */
export interface ClusterAccess {
  /** Also the name of the context, which helmfile asks for. */
  name: string;
  region: string;
  /** `https://....eks.amazonaws.com`. */
  endpoint: string;
  /** Certificate authority, PEM in base64. */
  authority: string;
}

/** @param tokenFile file that clients read again from time to time */
export const kubeconfigOf = ({ name, endpoint, authority }: ClusterAccess, tokenFile: string): string =>
  stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: endpoint, 'certificate-authority-data': authority } }],
    users: [{ name, user: { tokenFile } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });

/**
 * Gives a file for KUBECONFIG to whoever needs it, for as long as that takes: nobody else may read it, its token is renewed before it
 * ends, and it is gone afterwards. The user's own configuration is left alone.
 */
export const withKubeconfig = <T>(
  access: ClusterAccess,
  account: Pick<Account, 'credentials'>,
  use: (kubeconfig: string) => Promise<T>,
): Promise<T> =>
  withTemporaryFolder(async (folder) => {
    const [file, tokenFile] = [join(folder, 'config'), join(folder, 'token')];
    // Whoever reads meanwhile gets the one before.
    const renew = async () => {
      await writeFile(`${tokenFile}.new`, await clusterToken(access.name, access.region, account), { mode: 0o600 });
      await rename(`${tokenFile}.new`, tokenFile);
    };
    // A renewal that fails shows in the next call the cluster refuses.
    const renewal = setInterval(() => void renew().catch(() => undefined), (TOKEN_SECONDS * 1000) / 2);
    try {
      await renew();
      await writeFile(file, kubeconfigOf(access, tokenFile), { mode: 0o600 });
      return await use(file);
    } finally {
      clearInterval(renewal);
    }
  });
