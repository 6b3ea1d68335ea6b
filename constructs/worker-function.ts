import {
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  aws_scheduler as scheduler,
  type CfnResource,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Watched } from '../plan/alarm';
import { requireInRange } from './in-range';
import { recordGiven, type Usage } from './managed-service';
import { math, metric, MILLISECONDS, highest } from './metric-math';
import { schedulerOf } from './scheduler';
import { shown, type Watchable } from './watchable';

export interface WorkerFunctionProps {
  readonly description: string;
  /** MiB, 128 to 10,240. */
  readonly memoryMib: number;
  /** Longest run, seconds, 1 to 900. */
  readonly timeoutSeconds: number;
  /** What its code is told. @default nothing */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default one month */
  readonly logRetention?: logs.RetentionDays;
  /** @default none */
  readonly usage?: Usage<'AWS::Lambda::Function' | 'AWS::Logs::LogGroup' | 'AWS::Scheduler::Schedule'>;
}

/** How messages reach a function. */
export interface Consumption {
  readonly queueArn: string;
  /** Messages a run takes at most, 1 to 10. @default 1 */
  readonly batch?: number;
  /** Most runs at once, 2 to 1000. */
  readonly concurrency: number;
}

const PLACEHOLDER = readFileSync(join(__dirname, 'worker-function.handler.js'), 'utf8');

/**
 * A function that runs for the messages of a queue, or by the clock, outside of any network of ours. Its role may write to its own log group, and
 * what is granted to it. Until its own code is deployed (`aws lambda update-function-code`) it gives every message back.
 */
export class WorkerFunction extends Construct implements iam.IGrantable, Watchable {
  readonly grantPrincipal: iam.IPrincipal;
  readonly resource: lambda.CfnFunction;
  private readonly role: iam.Role;

  /** @throws {Error} on sizes and times that Lambda refuses */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkerFunctionProps,
  ) {
    super(scope, id);
    const { memoryMib, timeoutSeconds, environment, usage } = props;
    requireInRange(this, 'memoryMib', memoryMib, 128, 10_240);
    requireInRange(this, 'timeoutSeconds', timeoutSeconds, 1, 900);
    const logGroup = new logs.LogGroup(this, 'Logs', {
      retention: props.logRetention ?? logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    recordGiven(logGroup.node.defaultChild as CfnResource, 'AWS::Logs::LogGroup', usage);
    this.role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    this.role.addToPolicy(
      new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
    );
    this.grantPrincipal = this.role.grantPrincipal;
    this.resource = new lambda.CfnFunction(this, 'Function', {
      description: props.description,
      code: { zipFile: PLACEHOLDER },
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X.name,
      architectures: [lambda.Architecture.ARM_64.name],
      memorySize: memoryMib,
      timeout: timeoutSeconds,
      role: this.role.roleArn,
      environment: environment && { variables: environment },
      loggingConfig: { logGroup: logGroup.logGroupName, logFormat: 'JSON' },
    });
    recordGiven(this.resource, 'AWS::Lambda::Function', usage);
  }

  /** Runs it for the messages of a queue, which it has been granted; those it gives back come again, and at last to the dead letters. */
  consume(id: string, { queueArn, batch = 1, concurrency }: Consumption): void {
    requireInRange(this, 'batch', batch, 1, 10);
    requireInRange(this, 'concurrency', concurrency, 2, 1000);
    const source = new lambda.CfnEventSourceMapping(this, `From-${id}`, {
      functionName: this.resource.ref,
      eventSourceArn: queueArn,
      batchSize: batch,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: concurrency },
    });
    // Lambda asks the queue when it is made.
    source.node.addDependency(this.role);
  }

  /** Runs it by the clock. @param expression such as `cron(0 2 * * ? *)`, UTC */
  runAt(expression: string): void {
    const role = new iam.Role(this, 'ScheduleRole', { assumedBy: schedulerOf(this) });
    const mayStart = new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.resource.attrArn] });
    const { policyDependable } = role.addToPrincipalPolicy(mayStart);
    const schedule = new scheduler.CfnSchedule(this, 'Schedule', {
      description: this.props.description,
      scheduleExpression: expression,
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: this.resource.attrArn, roleArn: role.roleArn },
    });
    schedule.node.addDependency(policyDependable!);
    recordGiven(schedule, 'AWS::Scheduler::Schedule', this.props.usage);
  }

  /** @throws {Error} when Lambda publishes no such metric */
  metric(watched: Watched) {
    const of = (name: string, statistic: string) => metric('AWS/Lambda', name, statistic, { FunctionName: this.resource.ref });
    return shown(
      this.node.path,
      {
        'error share': [math('FILL(m0, 0) / m1', [of('Errors', 'Sum'), of('Invocations', 'Sum')], 'failed runs')],
        'latency p99': highest([of('Duration', 'p99')], 'run', MILLISECONDS),
      },
      watched,
    );
  }
}
