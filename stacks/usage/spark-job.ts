import type { UsageByType } from '../../cost/usage';
import type { SparkJobPart } from '../../plan/sizing/spark-job';

export const sparkJobUsage = ({ runs, vcpuHours, gibHours }: SparkJobPart) =>
  ({
    'AWS::EMRServerless::Application': { vcpuHoursPerMonth: vcpuHours, gbHoursPerMonth: gibHours },
    'AWS::Scheduler::Schedule': { invocationsPerMonth: runs },
  }) satisfies Partial<UsageByType>;
