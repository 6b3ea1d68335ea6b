import { aws_ec2 as ec2, type Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Watchable } from '../constructs/watchable';
import type { Plan } from '../plan/plan';
import { ComputeStack } from './compute-stack';
import { DataStack } from './data-stack';
import { type EdgeCell, EdgeStack } from './edge-stack';
import { entriesOf } from './entries';
import { NetworkStack } from './network-stack';
import { OperationsStack } from './operations-stack';
import { nameOf, type Place, type Room, type StageOptions, stackProps, stackPropsOf } from './place';

/** Region of certificates and firewalls that CloudFront uses. */
const CLOUDFRONT_REGION = 'us-east-1';

/**
 * Lays a plan into stacks: network, data, compute and operations for every cell of every region, and one edge for the stage.
 * @param scope an app or a stage of one
 */
export function synthesizeStage(scope: Construct, plan: Plan, options: StageOptions = {}): void {
  const { system, stage, deployments } = plan;
  const places = deployments.flatMap((deployment) =>
    Array.from({ length: deployment.cells }, (_, i): Place => ({ system, stage, deployment, cell: i + 1 })),
  );
  const isHome = ({ deployment }: Place) => deployment === deployments[0];
  // The home region copies its data to the others, so they have to be there first.
  const others = places.filter((place) => !isHome(place)).map((place) => layCell(scope, plan, place, undefined, options));
  const home = places.filter(isHome).map((place) =>
    layCell(
      scope,
      plan,
      place,
      others.filter(({ cell }) => cell === place.cell),
      options,
    ),
  );
  layEdge(scope, plan, [...home, ...others], options);
}

/** A cell that has been laid out. */
interface LaidCell extends EdgeCell {
  readonly data: DataStack;
}

function layCell(
  scope: Construct,
  { deployments }: Plan,
  place: Place,
  replicas: readonly LaidCell[] | undefined,
  options: StageOptions,
): LaidCell {
  const { deployment, cell, system, stage } = place;
  const { disposable } = options;
  const props = (room: Room) => ({ ...stackProps(place, room, options), deployment, disposable });
  const id = (room: Room) => `${nameOf(place)}-${room}`;
  const network = new NetworkStack(scope, id('network'), { ...props('network'), regions: deployments.length });
  const data = new DataStack(scope, id('data'), {
    ...props('data'),
    vpc: network.vpc,
    isolatedSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    securityGroups: network.securityGroups.byPart,
    replication:
      deployments.length > 1
        ? {
            name: `${system}-${stage}${deployment.cells > 1 ? `-cell${cell}` : ''}`,
            replicas: replicas?.map((replica) => replica.data.asReplica),
          }
        : undefined,
  });
  const { reachable } = data;
  const compute = new ComputeStack(scope, id('compute'), {
    ...props('compute'),
    network,
    reachable,
    clusterName: nameOf(place),
    namespace: system,
  });
  const operations = new OperationsStack(scope, id('operations'), {
    ...props('operations'),
    watchable: new Map<string, Watchable>([...reachable, ...compute.watchable]),
  });
  [network, data, compute, operations].forEach(tagResources);
  return { deployment, cell, compute, data, reachable };
}

/** Names, distributions and firewall, if the outside comes in anywhere. */
function layEdge(scope: Construct, { system, stage, deployments }: Plan, cells: readonly EdgeCell[], options: StageOptions): void {
  const [home] = deployments;
  const entries = entriesOf(home!);
  if (entries.length === 0) return;
  const region = entries.some(({ kind }) => kind === 'edge') ? CLOUDFRONT_REGION : home!.region.name;
  const name = `${system}-${stage}-${region}-edge`;
  tagResources(new EdgeStack(scope, name, { ...stackPropsOf(name, { system, region, stage, room: 'edge' }, options), cells }));
}

/** CloudFormation would hand a stack's tags on by itself; in the template a review sees them, and nothing is missed. */
function tagResources(stack: Stack): void {
  Object.entries(stack.tags.tagValues()).forEach(([key, value]) => Tags.of(stack).add(key, value));
}
