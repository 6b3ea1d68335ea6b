import { aws_ec2 as ec2, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ObjectStore } from '../constructs/object-store';
import type { Watchable } from '../constructs/watchable';
import type { Plan } from '../plan/plan';
import { isCopy } from '../plan/copy';
import { CdnAccessStack, type CdnReader } from './cdn-access-stack';
import { ComputeStack } from './compute-stack';
import { CopiesStack } from './copies-stack';
import type { Replication } from './data-replication';
import { DataStack } from './data-stack';
import { type EdgeCell, EdgeStack } from './edge-stack';
import { entriesOf } from './entries';
import { layExpiry } from './expiry-stack';
import { NetworkStack } from './network-stack';
import { OperationsStack } from './operations-stack';
import { nameOf, type Place, type Room, type StageOptions, stackProps, stackPropsOf } from './place';
import { cellName, cellSuffix, stackNameOf } from './stack-name';
import type { StatefulStackProps } from './stateful/around';
import { watchesOf } from './watches';

/** Region of certificates and firewalls that CloudFront uses. */
const CLOUDFRONT_REGION = 'us-east-1';

/**
 * Lays a plan into stacks: network, data, compute and operations for every cell of every region, and one edge for the stage;
 * where the edge reads buckets, who may read them comes last. A sandbox gets one more in every region, which ends it.
 * @param scope an app or a stage of one
 */
export function synthesizeStage(scope: Construct, plan: Plan, options: StageOptions = {}): void {
  const { sandbox } = options;
  const others = new Set(scope.node.children);
  const laid = { ...options, disposable: options.disposable || sandbox !== undefined };
  layStage(scope, plan, laid);
  if (!sandbox) return;
  const stacks = scope.node.children.filter(Stack.isStack).filter((stack) => !others.has(stack));
  layExpiry(scope, plan, stacks, { ...laid, sandbox }).forEach(tagResources);
}

function layStage(scope: Construct, plan: Plan, options: StageOptions): void {
  const { system, stage, environment, deployments } = plan;
  const [home = [], ...others] = deployments.map((deployment) =>
    Array.from({ length: deployment.cells }, (_, i): Place => ({ system, stage, environment, deployment, cell: i + 1 })),
  );
  const several = deployments.length > 1;
  // The home region copies tables and objects to the others, so theirs are there first. Their copies of its databases come last.
  const elsewhere = others.flat().map((place) => layData(scope, plan, place, several ? {} : undefined, options));
  const atHome = home.map((place) => {
    const replicas = elsewhere.filter((other) => other.place.cell === place.cell).map(({ data }) => data.asReplica);
    return layData(scope, plan, place, several ? { replicas } : undefined, options);
  });
  const cells = [...atHome, ...elsewhere].map((cell) =>
    layServices(
      scope,
      cell,
      atHome.find(({ place }) => place.cell === cell.place.cell),
      options,
    ),
  );
  const edge = layEdge(scope, plan, cells, options);
  if (edge) cells.forEach((cell) => layCdnAccess(scope, plan, cell, edge, options));
}

/** A cell whose network and data have been laid out. */
interface CellData {
  readonly place: Place;
  readonly network: NetworkStack;
  readonly data: DataStack;
  /** What the stacks of its data are given. */
  readonly stateful: StatefulStackProps;
}

function layData(
  scope: Construct,
  { deployments }: Plan,
  place: Place,
  replication: Pick<Replication, 'replicas'> | undefined,
  options: StageOptions,
): CellData {
  const { deployment, cell, system, environment } = place;
  const name = nameOf(place);
  const network = new NetworkStack(scope, `${name}-network`, {
    ...stackProps(place, 'network', options),
    deployment,
    regions: deployments.length,
  });
  const stateful: StatefulStackProps = {
    deployment,
    disposable: options.disposable,
    vpc: network.vpc,
    isolatedSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    securityGroups: network.securityGroups.byPart,
    dataName: `${system}-${environment}${cellSuffix(cell)}`,
    replication,
  };
  const data = new DataStack(scope, `${name}-data`, { ...stackProps(place, 'data', options), ...stateful });
  [network, data].forEach(tagResources);
  return { place, network, data, stateful };
}

function layServices(
  scope: Construct,
  { place, network, data, stateful }: CellData,
  home: CellData | undefined,
  options: StageOptions,
): EdgeCell {
  const { deployment, cell, system } = place;
  const { disposable } = options;
  const name = nameOf(place);
  const props = (room: Room) => ({ ...stackProps(place, room, options), deployment, disposable });
  const copies =
    home && deployment.parts.some(isCopy)
      ? new CopiesStack(scope, `${name}-copies`, { ...stateful, ...props('copies'), data, home: home.data })
      : undefined;
  const reachable = new Map([...data.reachable, ...(copies?.reachable ?? [])]);
  const compute = new ComputeStack(scope, `${name}-compute`, {
    ...props('compute'),
    cell,
    network,
    reachable,
    keyOf: (part) => data.keyOf(part),
    clusterName: name,
    namespace: system,
  });
  const [watches = [], ...more] = watchesOf(deployment, new Map<string, Watchable>([...reachable, ...compute.watchable]));
  const operations = new OperationsStack(scope, `${name}-operations`, { ...props('operations'), watches });
  const others = more.map((rest, i) => {
    const stackName = stackNameOf(name, 'operations', i + 2);
    return new OperationsStack(scope, stackName, { ...props('operations'), stackName, watches: rest, topic: operations.topic });
  });
  [...(copies ? [copies] : []), compute, operations, ...others].forEach(tagResources);
  return { deployment, cell, compute, reachable, addresses: network.addresses };
}

/** Names, distributions and firewall, if the outside comes in anywhere. */
function layEdge(
  scope: Construct,
  { system, stage, environment, deployments }: Plan,
  cells: readonly EdgeCell[],
  options: StageOptions,
): EdgeStack | undefined {
  const [home] = deployments;
  const entries = entriesOf(home!);
  if (entries.length === 0) return undefined;
  const region = entries.some(({ kind }) => kind === 'edge') || home!.mail ? CLOUDFRONT_REGION : home!.region.name;
  const name = stackNameOf(cellName(`${system}-${environment}`, region), 'edge');
  const edge = new EdgeStack(scope, name, {
    ...stackPropsOf(name, { system, region, stage, room: 'edge' }, options),
    cells,
    disposable: options.disposable,
  });
  tagResources(edge);
  return edge;
}

/** What lets distributions read a cell's buckets, if they do. */
function layCdnAccess(
  scope: Construct,
  { system, stage, environment }: Plan,
  cell: EdgeCell,
  { distributions }: EdgeStack,
  options: StageOptions,
): void {
  const { deployment, reachable } = cell;
  const readers = [...reachable].flatMap(([id, store]): CdnReader[] => {
    const distributionIds = deployment.flows.flatMap((f) => (f.to === id && distributions.has(f.from) ? [distributions.get(f.from)!] : []));
    return store instanceof ObjectStore && distributionIds.length > 0 ? [{ id, store, distributionIds }] : [];
  });
  if (readers.length === 0) return;
  const place: Place = { system, stage, environment, deployment, cell: cell.cell };
  tagResources(new CdnAccessStack(scope, `${nameOf(place)}-cdn-access`, { ...stackProps(place, 'cdn-access', options), readers }));
}

/** CloudFormation would hand a stack's tags on by itself; in the template a review sees them, and nothing is missed. */
function tagResources(stack: Stack): void {
  Object.entries(stack.tags.tagValues()).forEach(([key, value]) => Tags.of(stack).add(key, value));
}
