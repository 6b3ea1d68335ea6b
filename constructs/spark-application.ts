import { aws_emrserverless as emr, aws_iam as iam, aws_scheduler as scheduler, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { requireInRange } from './in-range';
import { recordGiven, type Usage } from './managed-service';
import { schedulerOf } from './scheduler';

export interface SparkApplicationProps {
  /** Most that runs have at once, drivers included. */
  readonly maximum: { readonly vcpu: number; readonly memoryGib: number };
  /** @default none */
  readonly usage?: Usage<'AWS::EMRServerless::Application' | 'AWS::Scheduler::Schedule'>;
}

/** A program that is started by the clock. */
export interface SparkRun {
  readonly description: string;
  /** Such as `cron(0 2 * * ? *)`, UTC. */
  readonly schedule: string;
  /** `s3://bucket/jobs/rank.py` */
  readonly entryPoint: string;
  readonly executors: number;
  /** Of an executor, and of the driver. */
  readonly worker: { readonly vcpu: number; readonly memoryGib: number };
  /** After which a run is given up and tried once more, 5 minutes or more. */
  readonly timeoutMinutes: number;
  /** Whether the clock starts it. @default true */
  readonly enabled?: boolean;
}

const RELEASE = 'emr-7.5.0';
const ATTEMPTS = 2;
/** Minutes without a run after which its machines are let go of. */
const IDLE_MINUTES = 5;
/** Share of a worker's memory that Spark keeps for what is outside of the heap: Spark docs, spark.executor.memoryOverheadFactor, 2026-11-22. */
const OVERHEAD = 0.1;

/**
 * Spark without a cluster: EMR Serverless, outside of any network of ours, where it reaches S3 and DynamoDB of its region. Runs have the
 * permissions of {@link grantPrincipal}. EMR keeps their logs for a month, for nothing.
 */
export class SparkApplication extends Construct implements iam.IGrantable {
  readonly grantPrincipal: iam.IPrincipal;
  readonly resource: emr.CfnApplication;
  private readonly role: iam.Role;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SparkApplicationProps,
  ) {
    super(scope, id);
    const { vcpu, memoryGib } = props.maximum;
    this.resource = new emr.CfnApplication(this, 'Application', {
      type: 'Spark',
      releaseLabel: RELEASE,
      architecture: 'ARM64',
      maximumCapacity: { cpu: `${vcpu} vCPU`, memory: `${memoryGib} GB` },
      autoStartConfiguration: { enabled: true },
      autoStopConfiguration: { enabled: true, idleTimeoutMinutes: IDLE_MINUTES },
    });
    recordGiven(this.resource, 'AWS::EMRServerless::Application', props.usage);
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('emr-serverless.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnEquals: { 'aws:SourceArn': this.resource.attrArn },
        },
      }),
    });
    this.grantPrincipal = this.role.grantPrincipal;
  }

  /** @throws {Error} on a time that EMR Serverless refuses */
  run(run: SparkRun): void {
    requireInRange(this, 'timeoutMinutes', run.timeoutMinutes, 5, 1_000_000);
    const starter = new iam.Role(this, 'ScheduleRole', { assumedBy: schedulerOf(this) });
    const mayStart = new iam.PolicyStatement({ actions: ['emr-serverless:StartJobRun'], resources: [this.resource.attrArn] });
    const { policyDependable } = starter.addToPrincipalPolicy(mayStart);
    starter.addToPolicy(
      new iam.PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [this.role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'emr-serverless.amazonaws.com' } },
      }),
    );
    const schedule = new scheduler.CfnSchedule(this, 'Schedule', {
      description: run.description,
      scheduleExpression: run.schedule,
      state: (run.enabled ?? true) ? 'ENABLED' : 'DISABLED',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: `arn:${Stack.of(this).partition}:scheduler:::aws-sdk:emrserverless:startJobRun`,
        roleArn: starter.roleArn,
        input: Stack.of(this).toJsonString({
          ApplicationId: this.resource.attrApplicationId,
          // One firing starts one run, however often it is delivered.
          ClientToken: '<aws.scheduler.execution-id>',
          ExecutionRoleArn: this.role.roleArn,
          ExecutionTimeoutMinutes: run.timeoutMinutes,
          JobDriver: { SparkSubmit: { EntryPoint: run.entryPoint, SparkSubmitParameters: parametersOf(run) } },
          RetryPolicy: { MaxAttempts: ATTEMPTS },
        }),
      },
    });
    schedule.node.addDependency(policyDependable!);
    recordGiven(schedule, 'AWS::Scheduler::Schedule', this.props.usage);
  }
}

function parametersOf({ executors, worker: { vcpu, memoryGib } }: SparkRun): string {
  const heap = `${Math.floor((memoryGib * 1024) / (1 + OVERHEAD))}m`;
  const settings = {
    'spark.driver.cores': vcpu,
    'spark.driver.memory': heap,
    'spark.executor.cores': vcpu,
    'spark.executor.memory': heap,
    'spark.dynamicAllocation.maxExecutors': executors,
  };
  return Object.entries(settings)
    .map(([name, value]) => `--conf ${name}=${value}`)
    .join(' ');
}
