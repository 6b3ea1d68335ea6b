import type { aws_kms as kms, Stack } from 'aws-cdk-lib';
import type { Reachable } from '../constructs/access';
import { KafkaCluster } from '../constructs/kafka-cluster';
import { StreamApplication } from '../constructs/stream-application';
import { streamMetrics } from '../constructs/stream-metrics';
import { shown, type Watchable } from '../constructs/watchable';
import { numbersTo } from '../plan/fleets';
import type { Deployment } from '../plan/plan';
import type { StreamJobPart } from '../plan/sizing/stream-job';
import { environmentOf } from './functions';
import { grantAll, permissionsOfOne } from './identities';
import type { NetworkStack } from './network-stack';
import { onceAnswered } from './parameters';
import { streamJobUsage } from './usage/stream-job';

/** What stream jobs of a cell stand in. */
export interface Around {
  readonly deployment: Deployment;
  readonly network: NetworkStack;
  readonly reachable: ReadonlyMap<string, Reachable>;
  /** What their state is kept under, by part. */
  readonly keyOf: (partId: string) => kms.IKey;
  readonly disposable?: boolean;
}

/** The stream jobs of a cell, by part. */
export const layStreamJobs = (stack: Stack, around: Around): Map<string, Watchable> =>
  new Map(around.deployment.parts.flatMap((part) => (part.kind === 'streamJob' ? [[part.id, layAll(stack, part, around)]] : [])));

/** Equal applications, as one thing to watch. */
function layAll(stack: Stack, part: StreamJobPart, around: Around): Watchable {
  const applications = numbersTo(part.applications).map((number) => lay(stack, part, number, around));
  const metrics = streamMetrics(applications.map(({ applicationName }) => applicationName));
  return { metric: (watched) => shown(applications[0]!.node.path, metrics, watched) };
}

function lay(stack: Stack, part: StreamJobPart, number: number, around: Around): StreamApplication {
  const { deployment, network, reachable, keyOf, disposable } = around;
  const used = new Set(deployment.flows.flatMap((flow) => (flow.from === part.id ? [flow.to] : [])));
  // The first keeps its name, and with it its state, when others take partitions over.
  const application = new StreamApplication(stack, `Stream-${part.id}${number > 1 ? `-${number}` : ''}`, {
    description: part.does,
    vpcId: network.vpc.vpcId,
    subnetIds: network.vpc.privateSubnets.slice(0, deployment.zones).map((subnet) => subnet.subnetId),
    securityGroupId: network.securityGroups.byPart.get(part.id)!.securityGroupId,
    kpus: part.kpus,
    encryptionKey: keyOf(part.id),
    checkpointSeconds: part.checkpointSeconds,
    // Nobody puts a program where nothing is to run.
    ...(!part.paused && {
      program: {
        bucketArn: stack.formatArn({ service: 's3', region: '', account: '', resource: reachable.get(part.program)!.endpoints.BUCKET! }),
        key: `jobs/${part.id}.jar`,
      },
      programIsThere: onceAnswered(stack, 'StreamPrograms'),
    }),
    environment: { ...environmentOf(used, deployment, reachable), SHARD: String(number), SHARDS: String(part.applications) },
    disposable,
    usage: streamJobUsage(part),
  });
  grantAll(application, permissionsOfOne(part.id, deployment, reachable));
  for (const { from, to, verb } of deployment.flows) {
    const cluster = reachable.get(to);
    if (from === part.id && verb === 'publishes' && cluster instanceof KafkaCluster) cluster.grantTransactions(application);
  }
  return application;
}
