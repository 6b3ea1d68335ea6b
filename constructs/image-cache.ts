import { Aws, aws_ecr as ecr } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { recordUsage } from './access';

export interface ImageCacheProps {
  /** Start of its repositories' names, unique in account and region; 2 to 30 characters. */
  readonly prefix: string;
  /** Repositories of `public.ecr.aws` it holds, such as `docker/library/node`. */
  readonly repositories: readonly string[];
}

/** Assumed: one release of an image of a hundred megabytes. */
const STORED_GB = 0.1;

/**
 * Images of Amazon's public registry for nodes that reach the private one only. What a repository lacks is fetched by the first
 * pull, which has to come from nodes with a route to the internet; the others try until it has.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html
 */
export class ImageCache extends Construct {
  /** What takes the place of `public.ecr.aws` in an image's name. */
  readonly registry: string;

  constructor(scope: Construct, id: string, { prefix, repositories }: ImageCacheProps) {
    super(scope, id);
    const rule = new ecr.CfnPullThroughCacheRule(this, 'Rule', {
      ecrRepositoryPrefix: prefix,
      upstreamRegistry: 'ecr-public',
      upstreamRegistryUrl: 'public.ecr.aws',
    });
    // Made by the first pull otherwise, which would leave them behind and take a permission to create any.
    for (const name of repositories) {
      const repository = new ecr.CfnRepository(this, name.replaceAll('/', '-'), {
        repositoryName: `${prefix}/${name}`,
        emptyOnDelete: true,
        imageScanningConfiguration: { scanOnPush: true },
      });
      repository.addResourceDependency(rule);
      recordUsage(repository, 'AWS::ECR::Repository', { storedGb: STORED_GB });
    }
    this.registry = `${Aws.ACCOUNT_ID}.dkr.ecr.${Aws.REGION}.${Aws.URL_SUFFIX}/${prefix}`;
  }
}
