import { grouped, hourly, monthly, perMillion, withoutZeros } from '../charges';
import { Unpriceable } from '../meter';
import type { Charge, Meter, PriceKey } from '../meter';
import { flagAt, listAt, numberAt, property, textAt } from '../property';
import type { Resource } from '../template';
import type { UsageByType } from '../usage';
import { scaledUnits } from './scaled-units';

/** A `Table` is told its usage in the figures of a `GlobalTable`. */
type TableUsage = Partial<UsageByType['AWS::DynamoDB::GlobalTable']>;

const needs = ['writeUnitsPerMonth', 'readUnitsPerMonth', 'storedGb'];

const PITR = 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled';

const dynamoDb = (dimension: string, spec?: string): PriceKey => ({ service: 'DynamoDB', dimension, spec });

/**
 * Amazon DynamoDB tables of one or more regions, on demand; or of one region and without indexes, provisioned. Usage tells the load of the table's own region; what follows from it
 * in the other replicas, a copy of every item and of every write, is billed here too, at this region's prices. Reads and writes
 * that start in other regions are not, except as the replicated writes that arrive here.
 *
 * Reading a stream is free for Lambda and, up to 2.5 million calls a month, for pods; beyond that no usage figure counts it.
 * https://aws.amazon.com/dynamodb/pricing/
 */
const globalTable: Meter<'AWS::DynamoDB::GlobalTable'> = {
  type: 'AWS::DynamoDB::GlobalTable',
  needs,
  charges(table, usage) {
    const replicas = listAt(table, 'Replicas').map((_, i) => `Replicas.${i}`);
    const own = replicas.find((replica) => property(table, `${replica}.Region`) === table.region) ?? replicas[0];
    const tableClass = textAt(table, `${own}.TableClass`, 'STANDARD');
    const { writeUnitsPerMonth: writes = 0, replicatedWriteUnitsPerMonth: arriving = 0 } = usage;
    const others = Math.max(0, replicas.length - 1);
    const counted = `replicated write units (${grouped(arriving)} arriving + ${grouped(writes)} x ${others} other replicas)`;
    const isOnDemand = textAt(table, 'BillingMode', 'PROVISIONED') === 'PAY_PER_REQUEST';
    if (!isOnDemand && (others > 0 || listAt(table, 'GlobalSecondaryIndexes').length > 0)) {
      throw new Unpriceable('BillingMode is PROVISIONED, and the load of each replica and index is unknown; PAY_PER_REQUEST can be priced');
    }
    return [
      ...(isOnDemand ? onDemand(usage, tableClass) : scaled(table, String(own), usage)),
      ...withoutZeros([
        perMillion('replicated writes', arriving + writes * others, counted, dynamoDb('global table replicated writes'), '1M rWRU'),
      ]),
      ...storage(usage, tableClass, replicas.length || 1, replicas.filter((replica) => flagAt(table, `${replica}.${PITR}`)).length),
    ];
  },
};

/** Amazon DynamoDB tables of one region. Provisioned capacity is billed as declared, that of the indexes included. */
const table: Meter = {
  type: 'AWS::DynamoDB::Table',
  needs,
  charges(table, usage) {
    const tableClass = textAt(table, 'TableClass', 'STANDARD');
    const onDemandMode = textAt(table, 'BillingMode', 'PROVISIONED') === 'PAY_PER_REQUEST';
    return [
      ...(onDemandMode ? onDemand(usage, tableClass) : provisioned(table)),
      ...storage(usage, tableClass, 1, flagAt(table, PITR) ? 1 : 0),
    ];
  },
};

export const dynamodbMeters: Meter[] = [globalTable, table];

function onDemand({ writeUnitsPerMonth = 0, readUnitsPerMonth = 0 }: TableUsage, tableClass: string): Charge[] {
  const spec = tableClass === 'STANDARD' ? undefined : 'Standard-IA class';
  return [
    perMillion('on-demand writes', writeUnitsPerMonth, 'write units', dynamoDb('on-demand writes', spec), '1M WRU'),
    perMillion('on-demand reads', readUnitsPerMonth, 'read units', dynamoDb('on-demand reads', spec), '1M RRU'),
  ];
}

function provisioned(table: Resource): Charge[] {
  const owners = ['', ...listAt(table, 'GlobalSecondaryIndexes').map((_, i) => `GlobalSecondaryIndexes.${i}.`)];
  return (['Write', 'Read'] as const).map((side) => {
    const units = owners.map((owner) => numberAt(table, `${owner}ProvisionedThroughput.${side}CapacityUnits`));
    const dimension = `provisioned ${side.toLowerCase()} capacity`;
    const total = units.reduce((sum, unit) => sum + unit, 0);
    return hourly(dimension, total, `(${units.join(' + ')}) units of the table and its indexes`, dynamoDb(dimension), `${side[0]}CU-hour`);
  });
}

/** Capacity of a table that scales; `own` is the path of its one replica, which has the settings for reads. */
function scaled(table: Resource, own: string, { writeUnitsPerMonth = 0, readUnitsPerMonth = 0 }: TableUsage): Charge[] {
  const charge = (side: 'Write' | 'Read', owner: string, unitsPerMonth: number) => {
    const scaling = `${owner}${side}ProvisionedThroughputSettings.${side}CapacityAutoScalingSettings`;
    const target = `${scaling}.TargetTrackingScalingPolicyConfiguration.TargetValue`;
    const [min, max, percent] = [`${scaling}.MinCapacity`, `${scaling}.MaxCapacity`, target].map((path) => numberAt(table, path));
    const { units, counted } = scaledUnits(min!, max!, percent!, unitsPerMonth);
    const dimension = `provisioned ${side.toLowerCase()} capacity`;
    return hourly(dimension, units, counted, dynamoDb(dimension), `${side[0]}CU-hour`);
  };
  return [charge('Write', '', writeUnitsPerMonth), charge('Read', `${own}.`, readUnitsPerMonth)];
}

function storage({ storedGb = 0 }: TableUsage, tableClass: string, replicas: number, recoverable: number): Charge[] {
  const spec = tableClass === 'STANDARD' ? 'Standard class, after 25 GB free' : 'Standard-IA class';
  return [
    monthly('table storage', storedGb * replicas, `${grouped(storedGb)} GB x ${replicas} replicas`, dynamoDb('table storage', spec)),
    ...withoutZeros([
      monthly(
        'point-in-time recovery',
        storedGb * recoverable,
        `${grouped(storedGb)} GB x ${recoverable} replicas with recovery`,
        dynamoDb('PITR backup storage'),
      ),
    ]),
  ];
}
