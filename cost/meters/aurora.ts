import { grouped, hourly, monthly, perMillion, times, withoutZeros } from '../charges';
import { Unpriceable } from '../meter';
import type { Charge, Meter, PriceKey, Surroundings } from '../meter';
import { numberAt, property, textAt } from '../property';
import type { Resource } from '../template';
import { masterUserSecret } from './secrets-manager';

const aurora = (dimension: string, spec?: string): PriceKey => ({ service: 'Aurora', dimension, spec });

/** How the price book words an Aurora cluster's storage configuration, which also decides the price of its instances. */
interface Edition {
  instance: string;
  storage: string;
  serverless: string;
}

const STANDARD: Edition = {
  instance: 'instance (Aurora Standard)',
  storage: 'storage (Aurora Standard)',
  serverless: 'serverless v2 capacity (Aurora Standard)',
};

const IO_OPTIMIZED: Edition = {
  instance: 'instance (I/O-Optimized)',
  storage: 'storage (I/O-Optimized)',
  serverless: 'serverless v2 capacity (I/O-Optimized)',
};

const editionOf = (cluster: Resource): Edition => (textAt(cluster, 'StorageType', 'aurora') === 'aurora-iopt1' ? IO_OPTIMIZED : STANDARD);

/** Charges of an instance that belongs to an Aurora cluster: its hours, or the range of capacity units it scales over. */
export function auroraMember(instance: Resource, around: Surroundings): Charge[] {
  const cluster = around.follow(property(instance, 'DBClusterIdentifier'));
  if (!cluster) throw new Unpriceable('its cluster is in none of these templates, so whether it is Standard or I/O-Optimized is unknown');
  const edition = editionOf(cluster);
  const instanceClass = textAt(instance, 'DBInstanceClass');
  if (instanceClass === 'db.serverless') return [serverlessHours(cluster, edition)];
  const hours = hourly(`Aurora instance ${instanceClass}`, 1, '1 instance', aurora(edition.instance, instanceClass));
  return [edition === IO_OPTIMIZED ? premiumOnStandard(hours, instanceClass, around) : hours];
}

/** Where the book lists a class for Standard alone, I/O-Optimized is that price times the premium, itself a row of the book. */
function premiumOnStandard(hours: Charge, instanceClass: string, around: Surroundings): Charge {
  const standard = aurora(STANDARD.instance, instanceClass);
  const premium = around.find(aurora('instance premium for I/O-Optimized'));
  if (around.find(hours.price) || !around.find(standard) || !premium) return hours;
  const formula = `${hours.formula} x ${premium.usd} (I/O-Optimized premium; only the Standard price is listed)`;
  return { ...hours, quantity: times(hours.quantity, premium.usd), price: standard, formula };
}

/** Nothing in a template tells how much of its range a serverless instance uses, so the middle of it is expected. */
function serverlessHours(cluster: Resource, edition: Edition): Charge {
  const min = numberAt(cluster, 'ServerlessV2ScalingConfiguration.MinCapacity');
  const max = numberAt(cluster, 'ServerlessV2ScalingConfiguration.MaxCapacity');
  const expected = (min + max) / 2;
  const counted = `${expected} ACU (the middle of ${min} to ${max})`;
  return hourly('Aurora serverless v2 capacity', { min, expected, max }, counted, aurora(edition.serverless), 'ACU-hour');
}

/** Amazon Aurora clusters: storage, I/O of Standard clusters, backups, the secret that RDS makes. Members bill themselves. https://aws.amazon.com/rds/aurora/pricing/ */
const cluster: Meter<'AWS::RDS::DBCluster'> = {
  type: 'AWS::RDS::DBCluster',
  needs: ['storedGb', 'ioRequestsPerMonth', 'backupGbBeyondFree'],
  charges(cluster, { storedGb = 0, ioRequestsPerMonth = 0, backupGbBeyondFree = 0 }) {
    if (property(cluster, 'DBClusterInstanceClass') !== undefined) {
      throw new Unpriceable('a Multi-AZ DB cluster of RDS has no meter; Aurora clusters and DB instances have');
    }
    const edition = editionOf(cluster);
    return [
      monthly('Aurora storage', storedGb, `${grouped(storedGb)} GB`, aurora(edition.storage)),
      ...(edition === STANDARD ? [ioRequests('Aurora I/O requests', ioRequestsPerMonth, 'I/O requests')] : []),
      ...masterUserSecret(cluster),
      ...withoutZeros([
        monthly(
          'Aurora backup storage',
          backupGbBeyondFree,
          `${grouped(backupGbBeyondFree)} GB beyond free`,
          aurora('backup storage beyond retention allowance'),
        ),
      ]),
    ];
  },
};

/** Aurora Global Database: writes replicated to other regions, which AWS lists at the price of Standard I/O; the book has no row for them. */
const globalCluster: Meter<'AWS::RDS::GlobalCluster'> = {
  type: 'AWS::RDS::GlobalCluster',
  needs: ['replicatedWriteIosPerMonth'],
  charges: (_, { replicatedWriteIosPerMonth = 0 }) => [
    ioRequests('Aurora replicated writes', replicatedWriteIosPerMonth, 'replicated write I/Os, at the price of an I/O request'),
  ],
};

const ioRequests = (dimension: string, count: number, counted: string) =>
  perMillion(dimension, count, counted, aurora('I/O requests (Aurora Standard)'));

export const auroraMeters: Meter[] = [cluster, globalCluster];
