import { createHash } from 'node:crypto';
import { DeleteObjectCommand, paginateListObjectsV2, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { namespaceOf } from '../../k8s/cell';
import type { Account } from '../account';
import { explained } from '../failure';
import { progressOf, type Tally } from './steps';
import { computeOutput, type TierFiles } from './tier-files';

/** Where the machine looks; constructs/k3s-user-data.ts. */
const PREFIX = 'manifests/';

/** What makes a bucket hold exactly some files. */
export interface Sync {
  put: { key: string; text: string }[];
  remove: string[];
}

/**
 * @param present keys and entity tags: of what S3 encrypts with its own keys, the MD5 of the content
 * @param wanted files below the prefix
 */
export function syncOf(present: ReadonlyMap<string, string>, wanted: readonly { path: string; text: string }[]): Sync {
  const files = wanted.map(({ path, text }) => ({ key: `${PREFIX}${path}`, text }));
  const keys = new Set(files.map(({ key }) => key));
  return {
    put: files.filter(({ key, text }) => present.get(key) !== `"${createHash('md5').update(text).digest('hex')}"`),
    remove: [...present.keys()].filter((key) => !keys.has(key)),
  };
}

/**
 * Puts the manifests where the cell's machine fetches them. Whether they run only the machine knows: it tells nobody but who logs in.
 * @returns how to look
 */
export async function bringUpBox(files: TierFiles, { credentials, profile }: Account, tally: Tally): Promise<string[]> {
  const [bucket, machine] = [computeOutput(files, 'ManifestsBucket'), computeOutput(files, 'InstanceId')];
  const region = files.cell.deployment.region.name;
  const s3 = new S3Client({ region, credentials });
  try {
    await explained(
      async () => {
        const present = new Map<string, string>();
        for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: PREFIX }))
          for (const { Key, ETag } of Contents) present.set(Key!, ETag!);
        const { put, remove } = syncOf(present, files.manifests);
        const progress = progressOf(files.name, put.length + remove.length, tally);
        for (const { key, text } of put)
          await progress.step(key, 'manifest', () =>
            s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType: 'application/yaml' })),
          );
        for (const key of remove)
          await progress.step(key, 'manifest that is gone', () => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })));
      },
      { region, profile },
    );
  } finally {
    s3.destroy();
  }
  const login = `aws ssm start-session --region ${region}${profile ? ` --profile ${profile}` : ''} --target ${machine}`;
  return [`${login}   # then: sudo k3s kubectl -n ${namespaceOf(files.cell)} get pods; it looks for manifests every five minutes`];
}
