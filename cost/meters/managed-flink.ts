import { grouped, monthly, withoutZeros } from '../charges';
import { HOURS_PER_MONTH } from '../meter';
import type { Meter, PriceKey } from '../meter';
import { numberAt, property } from '../property';

/** KPUs that AWS adds to each application, for its job manager. */
const ORCHESTRATION = 1;
/** GB of running storage that each other KPU has. */
const STORAGE_GB = 50;
const PARALLELISM = 'ApplicationConfiguration.FlinkApplicationConfiguration.ParallelismConfiguration';

const flink = (dimension: string): PriceKey => ({ service: 'ManagedFlink', dimension });

/**
 * Managed Service for Apache Flink: KPUs and their running storage while an application runs, and snapshots. What automatic scaling adds, no template
 * tells. https://aws.amazon.com/managed-service-apache-flink/pricing/
 */
export const managedFlinkMeters: Meter<'AWS::KinesisAnalyticsV2::Application'>[] = [
  {
    type: 'AWS::KinesisAnalyticsV2::Application',
    needs: ['runningHoursPerMonth', 'snapshotGb'],
    charges(application, { runningHoursPerMonth: hours = 0, snapshotGb = 0 }) {
      const isCustom = property(application, `${PARALLELISM}.ConfigurationType`) === 'CUSTOM';
      const kpus = isCustom
        ? Math.ceil(numberAt(application, `${PARALLELISM}.Parallelism`, 1) / numberAt(application, `${PARALLELISM}.ParallelismPerKPU`, 1))
        : 1;
      const storage = (kpus * STORAGE_GB * hours) / HOURS_PER_MONTH;
      return [
        monthly(
          'KPUs',
          (kpus + ORCHESTRATION) * hours,
          `(${kpus} + ${ORCHESTRATION} for orchestration) KPUs x ${grouped(hours)} h`,
          flink('KPU'),
          'KPU-hour',
        ),
        monthly('running storage', storage, `${kpus} KPUs x ${STORAGE_GB} GB`, flink('running application storage')),
        ...withoutZeros([monthly('snapshots', snapshotGb, `${grouped(snapshotGb)} GB kept`, flink('durable backups'))]),
      ];
    },
  },
];
