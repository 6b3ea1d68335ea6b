import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inEnvironment } from '../../plan/environment';
import { growInPlace } from '../../plan/growth';
import { type Plan, plan } from '../../plan/plan';
import { growthPath, type System } from '../../plan/system';
import { synthesizePlan } from '../../stacks/synthesize';
import { allSystems } from '../../systems';
import { setsThatMove } from '../k8s/immutable-sets';
import { type Change, changesBetween, identityOf, IN_PLACE, type UpdatedTemplate } from './stack-update';
import { STATEFUL } from './stateful-types';

const ENVIRONMENT = 'production';

interface Step {
  from: string;
  to: string;
  plan: Plan;
  /** `<region> <part>` of volumes that the manifests alone do not bring where they have to be. */
  claims: string[];
  changes: Change[];
  /** What earlier stages left behind outside the stacks, by the names it keeps. */
  left: string[];
  templates: ReadonlyMap<string, UpdatedTemplate>;
}

/** The steps of a system's environment from stage to stage, each over what the one before left. */
function stepsOf(system: System): Step[] {
  const steps: Step[] = [];
  let [before, templates]: [Plan | undefined, ReadonlyMap<string, UpdatedTemplate>] = [undefined, new Map()];
  const left: string[] = [];
  for (const stage of growthPath(system)) {
    const next = inEnvironment(before ? growInPlace(before, plan(system, stage)) : plan(system, stage), ENVIRONMENT);
    const written = synthesized(next);
    if (before) {
      const changes = changesBetween(templates, written);
      steps.push({
        from: before.stage,
        to: stage,
        plan: next,
        claims: setsThatMove(before, next),
        changes,
        left: [...left],
        templates: written,
      });
      left.push(...changes.flatMap((c) => (isLost(c) ? [identityOf(c.before!) ?? []] : [])).flat());
    }
    [before, templates] = [next, written];
  }
  return steps;
}

function synthesized(planned: Plan): ReadonlyMap<string, UpdatedTemplate> {
  const folder = mkdtempSync(join(tmpdir(), 'scaleprint-growth-'));
  try {
    const { stacks } = synthesizePlan(planned, folder);
    return new Map(stacks.map(({ stackName, template }) => [stackName, template as UpdatedTemplate]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const isLost = ({ type, fate }: Change): boolean =>
  (STATEFUL.has(type) || type === 'AWS::Logs::LogGroup') && (fate === 'removed' || fate === 'replaced');
const named = (changes: readonly Change[]): string[] => changes.map((c) => `${c.stack} ${c.id} ${c.fate} ${c.because.join('; ')}`.trim());

const systems = allSystems().map((system): [string, Step[]] => [system.id, stepsOf(system)]);
const everyStep = systems.flatMap(([id, steps]) => steps.map((step): [string, Step] => [`${id} from ${step.from} to ${step.to}`, step]));

test('every system has stages to grow through, and data that is updated in place', () => {
  expect(systems.filter(([, steps]) => steps.length === 0).map(([id]) => id)).toEqual([]);
  const updated = everyStep.flatMap(([, { changes }]) => changes.filter((c) => c.fate === 'updated' && STATEFUL.has(c.type)));
  expect(new Set(updated.map((c) => c.type)).size).toBeGreaterThan(5);
});

test('every exception from the schema is needed', () => {
  const changes = everyStep.flatMap(([, step]) => step.changes);
  const isUsed = ({ type, property, when }: (typeof IN_PLACE)[number]) =>
    changes.some((c) => {
      const [was, is] = [c.before?.Properties?.[property], c.after?.Properties?.[property]];
      return c.type === type && c.fate === 'updated' && JSON.stringify(was) !== JSON.stringify(is) && when(was, c);
    });
  expect(IN_PLACE.filter((exception) => !isUsed(exception)).map(({ type, property }) => `${type} ${property}`)).toEqual([]);
});

describe.each(everyStep)('%s', (_, { plan: { growth, system, deployments }, claims, changes, left, templates }) => {
  const regionOf = (stack: string) => deployments.map(({ region }) => region.name).find((name) => stack.includes(`-${name}-`))!;
  const partOf = ({ stack, owner }: Change) => `${regionOf(stack)} ${owner.toLowerCase()}`;

  test('keeps what holds data where it is, or names the part that moves; and names no other', () => {
    expect(growth!.migrations.every(({ steps }) => steps.length > 1)).toBe(true);
    const hasPrimary = (part: string) => changes.some((c) => isPrimary(c, 'updated') && partOf(c) === part);
    const moving = new Set(growth!.migrations.map(({ region, part }) => `${region} ${part}`));
    const lost = changes.filter(isLost);
    expect(named(lost.filter((c) => !moving.has(partOf(c))))).toEqual([]);
    const inTemplates = [...lost, ...changes.filter((c) => isPrimary(c, 'added') && hasPrimary(partOf(c)))].map(partOf);
    const needed = new Set([...inTemplates, ...claims]);
    expect([...moving].filter((part) => !needed.has(part))).toEqual([]);
    expect([...needed].filter((part) => !moving.has(part))).toEqual([]);
  });

  test('names what another size interrupts, and nothing else', () => {
    const resized = changes.filter(({ type, fate, before, after }) => {
      const size = SIZES[type];
      return fate === 'updated' && size && size(before!) !== size(after!);
    });
    const anew = changes.filter((c) => c.type === 'AWS::ElastiCache::CacheCluster' && c.fate === 'added');
    const changed = anew.filter((c) => changes.some((o) => o.type === c.type && o.fate === 'removed' && partOf(o) === partOf(c)));
    const told = growth!.interruptions.map(({ region, part }) => `${region} ${part}`);
    expect(new Set([...resized, ...changed].map(partOf))).toEqual(new Set(told));
  });

  test('asks nothing of CloudFormation that it refuses', () => {
    expect(changes.filter((c) => c.retyped).map((c) => `${c.stack} ${c.id}`)).toEqual([]);
    const replaced = changes.filter((c) => c.fate === 'replaced');
    // What is named by something that is replaced with it has another name.
    const isNamedAnew = ({ stack, because }: Change) =>
      because.some((why) => replaced.some((r) => r.stack === stack && why.includes(`{"Ref":"${r.id} (replaced)"}`)));
    const sameName = replaced.filter(
      (c) => !isNamedAnew(c) && identityOf(c.before!) !== undefined && identityOf(c.before!) === identityOf(c.after!),
    );
    expect(named(sameName)).toEqual([]);
    const gone = new Set([...left, ...changes.flatMap((c) => (c.fate === 'removed' ? [identityOf(c.before!)] : []))]);
    const taken = changes.filter((c) => c.fate !== 'updated' && c.after && identityOf(c.after) && gone.has(identityOf(c.after)));
    expect(named(taken)).toEqual([]);
  });

  test('opens no rule and binds no identity a second time', () => {
    const unique = [
      'AWS::EC2::SecurityGroupIngress',
      'AWS::EC2::SecurityGroupEgress',
      'AWS::EC2::Route',
      'AWS::EKS::PodIdentityAssociation',
    ];
    const of = (c: Change, properties: unknown) => JSON.stringify([c.stack, c.type, properties]);
    const rules = changes.filter((c) => unique.includes(c.type));
    const removed = new Set(rules.flatMap((c) => (c.fate === 'removed' ? [of(c, c.before!.Properties)] : [])));
    expect(named(rules.filter((c) => c.fate === 'added' && removed.has(of(c, c.after!.Properties))))).toEqual([]);
  });

  test('leaves the network under running data as it is', () => {
    const network = changes.filter((c) => ['AWS::EC2::VPC', 'AWS::EC2::Subnet'].includes(c.type));
    expect(named(network.filter((c) => c.fate === 'removed' || c.fate === 'replaced'))).toEqual([]);
  });

  test('shrinks nothing that AWS does not', () => {
    const shrunk = changes.filter((c) => c.fate === 'updated').filter((c) => NEVER_LESS.some((size) => size(c.after!) < size(c.before!)));
    expect(named(shrunk)).toEqual([]);
  });

  test('lets a name of the zone go on under one resource, before others share it', () => {
    for (const [stack, { Resources }] of templates) {
      const records = changes.filter((c) => c.stack === stack && c.type === 'AWS::Route53::RecordSet');
      const nameOf = (properties: Record<string, unknown> | undefined) => JSON.stringify([properties?.Name, properties?.Type]);
      const removed = new Set(records.flatMap((c) => (c.fate === 'removed' ? [nameOf(c.before!.Properties)] : [])));
      for (const added of records.filter((c) => c.fate === 'added')) {
        const name = nameOf(added.after!.Properties);
        expect([system, added.id, removed.has(name)]).toEqual([system, added.id, false]);
        const first = Object.entries(Resources).filter(
          ([id, r]) => id !== added.id && r.Type === added.type && nameOf(r.Properties) === name,
        );
        const waitsFor = [added.after!.DependsOn ?? []].flat();
        if (first.length > 0 && !isFirst(added.id, first)) expect(first.some(([id]) => waitsFor.includes(id))).toBe(true);
      }
    }
  });
});

/** Of a database's shard. */
const isPrimary = ({ type, fate, after }: Change, expected: Change['fate']): boolean =>
  fate === expected &&
  (type === 'AWS::RDS::DBCluster' || (type === 'AWS::RDS::DBInstance' && after?.Properties?.MasterUsername !== undefined));

const isFirst = (id: string, others: readonly (readonly [string, { DependsOn?: string | string[] }])[]): boolean =>
  others.every(([, { DependsOn = [] }]) => [DependsOn].flat().includes(id));

/** What a resource runs on, where changing it interrupts. */
const SIZES: Readonly<Record<string, (resource: NonNullable<Change['after']>) => unknown>> = {
  'AWS::RDS::DBInstance': ({ Properties }) => Properties?.DBInstanceClass,
  'AWS::ElastiCache::ReplicationGroup': ({ Properties }) => Properties?.CacheNodeType,
  'AWS::MSK::Cluster': ({ Properties }) => (Properties?.BrokerNodeGroupInfo as { InstanceType: string }).InstanceType,
  'AWS::AmazonMQ::Broker': ({ Properties }) => Properties?.HostInstanceType,
  'AWS::EC2::Instance': ({ Properties }) => Properties?.InstanceType,
};

/** Sizes that only grow. */
const NEVER_LESS: readonly ((resource: NonNullable<Change['after']>) => number)[] = [
  ({ Properties }) => Number(Properties?.AllocatedStorage ?? 0),
  ({ Type, Properties }) =>
    Type === 'AWS::MSK::Cluster' ? Number(/"VolumeSize":(\d+)/.exec(JSON.stringify(Properties?.BrokerNodeGroupInfo))![1]) : 0,
  ({ Type, Properties }) => (Type === 'AWS::MSK::Topic' ? Number(Properties?.PartitionCount) : 0),
];
