import { managedFlinkMeters } from '../../../cost/meters/managed-flink';
import { bill } from './bill';

const application = (ParallelismConfiguration?: object) => ({
  It: {
    Type: 'AWS::KinesisAnalyticsV2::Application',
    Properties: { ApplicationConfiguration: { FlinkApplicationConfiguration: { ParallelismConfiguration } } },
  },
});
const usage = { runningHoursPerMonth: 730, snapshotGb: 100 };

test('an application pays its KPUs, one more, the storage of its own, and its snapshots', () => {
  const nine = { ConfigurationType: 'CUSTOM', Parallelism: 9, ParallelismPerKPU: 1 };
  expect(bill(managedFlinkMeters, 'It', application(nine), usage)).toEqual([
    'KPUs: (9 + 1 for orchestration) KPUs x 730 h = 7300 KPU-hour at 0.11 = 803',
    'running storage: 9 KPUs x 50 GB = 450 GB-month at 0.1 = 45',
    'snapshots: 100 GB kept = 100 GB-month at 0.023 = 2.3',
  ]);
});

test('several tasks may share a KPU; one that says nothing has one', () => {
  const four = { ConfigurationType: 'CUSTOM', Parallelism: 7, ParallelismPerKPU: 2 };
  const [kpus] = bill(managedFlinkMeters, 'It', application(four), usage);
  expect(kpus).toContain('(4 + 1 for orchestration)');
  expect(bill(managedFlinkMeters, 'It', application({ ConfigurationType: 'DEFAULT', Parallelism: 7 }), usage)[0]).toContain('(1 + 1');
});

test('one that does not run costs nothing', () => {
  expect(bill(managedFlinkMeters, 'It', application(), { runningHoursPerMonth: 0, snapshotGb: 0 })).toEqual([
    'KPUs: (1 + 1 for orchestration) KPUs x 0 h = 0 KPU-hour at 0.11 = 0',
    'running storage: 1 KPUs x 50 GB = 0 GB-month at 0.1 = 0',
  ]);
});
