import { Cron, Duration } from 'cdk8s';
import { ConcurrencyPolicy, CronJob, RestartPolicy, type ServiceAccount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { JobPart } from '../plan/sizing/job';
import type { Cell } from './cell';
import { workloadLabels } from './labels';
import { patchManifest, withoutAddress } from './patch';
import { onTier, withGpus } from './placement';
import { podOf } from './pod';

/** Runs a job by the clock, one pod at a time. */
export function addCronJob(scope: Construct, cell: Cell, job: JobPart, account: ServiceAccount): void {
  const [minute, hour, day, month, weekDay] = job.schedule.split(' ');
  const cronJob = new CronJob(scope, 'cron-job', {
    ...podOf(scope, cell, job, account),
    metadata: { name: job.id, annotations: { 'kubernetes.io/description': job.does } },
    podMetadata: { labels: workloadLabels(cell, job) },
    schedule: Cron.schedule({ minute, hour, day, month, weekDay }),
    timeZone: 'Etc/UTC',
    concurrencyPolicy: ConcurrencyPolicy.FORBID,
    restartPolicy: RestartPolicy.NEVER,
    backoffLimit: 2,
    // A run that hangs would keep every later one from starting.
    activeDeadline: Duration.hours(1),
    startingDeadline: Duration.minutes(3),
  });
  const template = '/spec/jobTemplate/spec/template';
  patchManifest(cronJob, withoutAddress(template), ...onTier(cell, `${template}/spec`, job.tier), ...withGpus(`${template}/spec`, job));
}
