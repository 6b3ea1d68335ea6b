import type { Stack } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import type { Plan } from '../../plan/plan';
import { plan } from '../../plan/plan';
import type { RelationalPart } from '../../plan/sizing/relational';
import { GIB, MONTH } from '../../plan/units';
import { endpointValues } from '../../k8s/cell';
import { loadSystem } from '../../systems';
import { resource, usageOf } from '../constructs/stateful';
import { synthesized, templateOf } from './synthesized';
import { twoRegionsPlan } from './two-regions';

type Stacks = ReadonlyMap<string, Stack>;
interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
}

const resourcesOf = (template: Template): Resource[] => Object.values(template.toJSON().Resources as Record<string, Resource>);
const copiesIn = (stacks: Stacks): string[] => [...stacks.keys()].filter((name) => name.endsWith('-copies'));
const databaseOf = (p: Plan, region: number, id: string) => p.deployments[region]!.parts.find((part) => part.id === id) as RelationalPart;

/** Stacks in an order they can be deployed in. @throws {Error} when they wait for each other */
function deploymentOrder(stacks: Stacks): string[] {
  const left = new Map(stacks);
  const order: string[] = [];
  while (left.size > 0) {
    const ready = [...left].filter(([, stack]) => stack.dependencies.every((other) => ![...left.values()].includes(other)));
    if (ready.length === 0) throw new Error(`stacks wait for each other: ${[...left.keys()].join(', ')}`);
    for (const [name] of ready) {
      order.push(name);
      left.delete(name);
    }
  }
  return order;
}

const cases: [string, Plan][] = [
  ['two regions', twoRegionsPlan()],
  ['marketplace massive', plan(loadSystem('marketplace'), 'massive')],
  ['payment-processing multi-region', plan(loadSystem('payment-processing'), 'multi-region')],
];

describe.each(cases)('%s', (_, planned) => {
  const stacks = synthesized(planned);
  const order = deploymentOrder(stacks);
  const isHome = (name: string): boolean => name.startsWith(planned.deployments[0]!.region.name);

  test('deploys data of the other regions, then of the home region, then the copies of its databases', () => {
    const position = (wanted: (name: string) => boolean) => order.flatMap((name, i) => (wanted(name) ? [i] : []));
    const home = position((name) => isHome(name) && name.endsWith('-data'));
    expect(copiesIn(stacks).length).toBeGreaterThan(0);
    expect(Math.max(...position((name) => !isHome(name) && name.endsWith('-data')))).toBeLessThan(Math.max(...home));
    expect(Math.min(...position((name) => name.endsWith('-copies')))).toBeGreaterThan(Math.min(...home));
    for (const name of copiesIn(stacks)) {
      const cell = name.slice(name.indexOf('-cell'));
      const followed = stacks.get(
        `${planned.deployments[0]!.region.name}${name.includes('-cell') ? cell.replace('copies', 'data') : '-data'}`,
      );
      expect(stacks.get(name)!.dependencies).toContain(followed);
    }
  });

  test('every copy follows a database of the home region and is encrypted with the key of its own', () => {
    const home = [...stacks.keys()].filter((name) => isHome(name) && name.endsWith('-data'));
    const primaries = home.flatMap((name) => resourcesOf(templateOf(stacks, name)));
    const followed = new Set(
      primaries.flatMap(({ Type, Properties }) =>
        Type === 'AWS::RDS::GlobalCluster' ? [Properties.GlobalClusterIdentifier] : [Properties.DBInstanceIdentifier],
      ),
    );
    const copies = copiesIn(stacks).flatMap((name) =>
      resourcesOf(templateOf(stacks, name))
        .filter(
          ({ Type, Properties }) => Type === 'AWS::RDS::DBCluster' || (Type === 'AWS::RDS::DBInstance' && !Properties.DBClusterIdentifier),
        )
        .map(({ Properties }) => ({ name, Properties })),
    );
    expect(copies.length).toBeGreaterThan(0);
    for (const { name, Properties } of copies) {
      const source =
        Properties.GlobalClusterIdentifier ?? JSON.stringify(Properties.SourceDBInstanceIdentifier).match(/:db:([a-z0-9-]+)/)![1];
      expect(followed).toContain(source);
      expect(Properties.SourceRegion).toBe(planned.deployments[0]!.region.name);
      const key = Properties.KmsKeyId as { 'Fn::GetStackOutput': { StackName: string } };
      expect(key['Fn::GetStackOutput'].StackName).toBe(stacks.get(name.replace('copies', 'data'))!.stackName);
      expect(Object.keys(Properties).filter((property) => /^Master|^ManageMaster/.test(property))).toEqual([]);
    }
  });

  test('the copy of a password is encrypted with the key of its region, and found by its name', () => {
    const replicas = [...stacks.keys()]
      .filter((name) => isHome(name) && name.endsWith('-data'))
      .flatMap((name) => resourcesOf(templateOf(stacks, name)))
      .filter(({ Properties }) => Properties?.ReplicaRegions);
    expect(replicas.length).toBeGreaterThan(0);
    for (const { Properties } of replicas) {
      for (const { Region, KmsKeyId } of Properties.ReplicaRegions as { Region: string; KmsKeyId: unknown }[]) {
        expect(JSON.stringify(KmsKeyId)).toContain(`"Region":"${Region}"`);
        const outputs = copiesIn(stacks)
          .filter((name) => name.startsWith(Region))
          .map((name) => JSON.stringify(templateOf(stacks, name).toJSON().Outputs));
        expect(outputs.join()).toContain(`:secret:${Properties.Name as string}`);
      }
    }
  });

  test('somebody is told when a copy falls 30 seconds behind', () => {
    for (const name of copiesIn(stacks)) {
      const alarms = resourcesOf(templateOf(stacks, name.replace('copies', 'operations'))).filter(
        ({ Type }) => Type === 'AWS::CloudWatch::Alarm',
      );
      const lag = alarms.filter(
        (alarm) => /ReplicaLag|AuroraGlobalDBProgressLag/.test(JSON.stringify(alarm)) && alarm.Properties.Threshold === 30,
      );
      expect([name, lag.length > 0]).toEqual([name, true]);
    }
  });
});

describe('two regions', () => {
  const planned = twoRegionsPlan();
  const stacks = synthesized(planned);
  const template = (name: string) => templateOf(stacks, name);

  test("the home region's database is sized for everybody's data and writes, its copies to take over", () => {
    const [home, copy] = [databaseOf(planned, 0, 'stock'), databaseOf(planned, 1, 'stock')];
    expect(home.load.writes.peak).toBeCloseTo(1000);
    expect(copy).toMatchObject({
      copyOf: 'us-east-1',
      shards: home.shards,
      instanceClass: home.instanceClass,
      load: { writes: home.load.writes },
    });
    expect(copy.load.reads.peak).toBeCloseTo(250);
    for (const { dimensions } of [home, copy]) expect(dimensions.find((d) => d.name === 'storage')!.demand).toBeCloseTo(1000 * GIB, -6);
    expect(copy.reason).toContain("1 copy of us-east-1's");
  });

  test('a copy in RDS has no standby and no backups, and is down with its zone', () => {
    expect(databaseOf(planned, 1, 'books')).toMatchObject({ count: 1, topology: 'single', pitrDays: 0, utilisationZoneLost: null });
  });

  test('pods in the other region are told where the copies are', () => {
    const cell = { system: 'two-regions', environment: 'usual', deployment: planned.deployments[1]!, number: 1, outputs: {}, vpcCidr: '' };
    const values = endpointValues(cell, databaseOf(planned, 1, 'stock'));
    expect(values.STOCK_HOSTS).toBe('stack-output:two-regions-usual-eu-west-1-copies.StockHosts');
    expect(Object.keys(template('eu-west-1-copies').toJSON().Outputs)).toEqual(expect.arrayContaining(['StockHosts', 'BooksSecretArns']));
  });

  test('tables, keyspaces and objects are copied too', () => {
    const home = template('us-east-1-data');
    expect(resource(home, 'AWS::DynamoDB::GlobalTable', 'carts').Properties.Replicas).toHaveLength(2);
    expect(resource(home, 'AWS::Cassandra::Keyspace', 'inbox').Properties.ReplicationSpecification.RegionList).toHaveLength(2);
    expect(resource(home, 'AWS::S3::Bucket', 'photos').Properties.ReplicationConfiguration.Rules).toHaveLength(1);
  });

  test('what is written at home is billed once more for each copy, and what it sends there', () => {
    const writes = 250 * 2 * MONTH; // two I/Os each, of both regions
    const readsBeyondMemory = 0.1 * (1 - (0.75 * 128) / 1000); // of 1000 GiB on a db.r7g.4xlarge
    expect(usageOf(template('us-east-1-data'), 'AWS::RDS::GlobalCluster', 'stock')).toEqual({ replicatedWriteIosPerMonth: writes });
    expect(usageOf(template('us-east-1-data'), 'AWS::RDS::DBCluster', 'stock')).toMatchObject({
      ioRequestsPerMonth: expect.closeTo(writes + 187.5 * readsBeyondMemory * MONTH, -5),
    });
    expect(usageOf(template('eu-west-1-copies'), 'AWS::RDS::DBCluster', 'stock')).toMatchObject({
      ioRequestsPerMonth: expect.closeTo(62.5 * readsBeyondMemory * MONTH, -4),
    });
  });
});

test('one region has no copies', () => {
  const stacks = synthesized(plan(loadSystem('payment-processing'), 'production'));
  expect(copiesIn(stacks)).toEqual([]);
});
