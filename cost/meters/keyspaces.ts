import { grouped, hourly, monthly, perMillion, times, withoutZeros } from '../charges';
import type { Charge, Meter, PriceKey } from '../meter';
import { flagAt, listAt, numberAt, property, textAt } from '../property';
import type { Resource } from '../template';
import type { UsageByType } from '../usage';
import { type CountedUnits, scaledUnits } from './scaled-units';

type TableUsage = Partial<UsageByType['AWS::Cassandra::Table']>;

const keyspaces = (dimension: string): PriceKey => ({ service: 'Keyspaces', dimension });

/**
 * Amazon Keyspaces tables, on demand or provisioned. Usage tells the load of the table's own region; the copy of every row and
 * write that the other regions of a multi-Region table hold is billed here too, at this region's prices.
 * https://aws.amazon.com/keyspaces/pricing/
 */
export const keyspacesMeters: Meter<'AWS::Cassandra::Table'>[] = [
  {
    type: 'AWS::Cassandra::Table',
    needs: ['writeUnitsPerMonth', 'readUnitsPerMonth', 'storedGb', 'ttlDeletesPerMonth'],
    charges(table, usage) {
      const { storedGb = 0, ttlDeletesPerMonth = 0 } = usage;
      const regions = listAt(table, 'ReplicaSpecifications').length || 1;
      const recoverableGb = flagAt(table, 'PointInTimeRecoveryEnabled') ? storedGb * regions : 0;
      const inRegions = `${grouped(storedGb)} GB x ${regions} regions`;
      return [
        ...(textAt(table, 'BillingMode.Mode', 'ON_DEMAND') === 'PROVISIONED'
          ? provisioned(table, usage, regions)
          : onDemand(usage, regions)),
        monthly('storage', storedGb * regions, inRegions, keyspaces('storage')),
        ...withoutZeros([
          perMillion('TTL deletes', ttlDeletesPerMonth, 'rows deleted by TTL', keyspaces('TTL deletes'), '1M deletes'),
          monthly('point-in-time recovery', recoverableGb, inRegions, keyspaces('PITR backup storage')),
        ]),
      ];
    },
  },
];

function onDemand(usage: TableUsage, regions: number): Charge[] {
  const { writeUnitsPerMonth: writes = 0, readUnitsPerMonth: reads = 0, replicatedWriteUnitsPerMonth: arriving = 0 } = usage;
  const replicated = `replicated write units (${grouped(arriving)} arriving + ${grouped(writes)} x ${regions - 1} other regions)`;
  return [
    perMillion('on-demand writes', writes, 'write units', keyspaces('on-demand writes'), '1M WRU'),
    perMillion('on-demand reads', reads, 'read units', keyspaces('on-demand reads'), '1M RRU'),
    ...withoutZeros([
      perMillion('replicated writes', arriving + writes * (regions - 1), replicated, keyspaces('on-demand writes'), '1M WRU'),
    ]),
  ];
}

/** Every region provides, and is billed for, the capacity for the writes of all. Reads are provided where they happen: here. */
function provisioned(table: Resource, usage: TableUsage, regions: number): Charge[] {
  const write = capacityOf(table, 'Write', (usage.writeUnitsPerMonth ?? 0) + (usage.replicatedWriteUnitsPerMonth ?? 0));
  const read = capacityOf(table, 'Read', usage.readUnitsPerMonth ?? 0);
  return [
    hourly(
      'provisioned write capacity',
      times(write.units, regions),
      `${write.counted} x ${regions} regions`,
      keyspaces('provisioned write capacity'),
      'WCU-hour',
    ),
    hourly('provisioned read capacity', read.units, read.counted, keyspaces('provisioned read capacity'), 'RCU-hour'),
  ];
}

/** Capacity units of one side: as declared or, when they scale, what the average load takes at the scaling target. */
function capacityOf(table: Resource, side: 'Write' | 'Read', unitsPerMonth: number): CountedUnits {
  const scaling = `AutoScalingSpecifications.${side}CapacityAutoScaling`;
  if (property(table, scaling) === undefined || flagAt(table, `${scaling}.AutoScalingDisabled`)) {
    const units = numberAt(table, `BillingMode.ProvisionedThroughput.${side}CapacityUnits`);
    return { units, counted: `${units} units` };
  }
  const min = numberAt(table, `${scaling}.MinimumUnits`);
  const max = numberAt(table, `${scaling}.MaximumUnits`);
  const target = numberAt(table, `${scaling}.ScalingPolicy.TargetTrackingScalingPolicyConfiguration.TargetValue`);
  return scaledUnits(min, max, target, unitsPerMonth);
}
