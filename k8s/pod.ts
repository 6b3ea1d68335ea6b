import { Duration, Size } from 'cdk8s';
import {
  type AbstractPodProps,
  Capability,
  type ContainerPort,
  type ContainerProps,
  Cpu,
  EnvValue,
  ImagePullPolicy,
  Probe,
  Protocol,
  SeccompProfileType,
  type ServiceAccount,
  Volume,
} from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { podListenersOf } from '../plan/listeners';
import { MIB } from '../plan/units';
import type { Cell, Workload } from './cell';
import { endpointVariables } from './endpoints-config';
import { placeholderCommand, placeholderImage, placeholderMount, placeholderVariables } from './placeholder';
import { HEALTH_PATH, POD_PORT } from '../plan/reach';
import { portName } from './service';
import { safeSysctls } from './sysctls';

/** Any unprivileged user does; files an image wants to write go to /tmp. */
export const USER = 1000;
/** Below `/tmp`, where nothing is said of files. */
const SCRATCH_BYTES = 64 * MIB;

/** Pod of a workload: sized as planned, restricted, told about its endpoints. */
export function podOf(scope: Construct, cell: Cell, workload: Workload, account: ServiceAccount): AbstractPodProps {
  return {
    serviceAccount: account,
    automountServiceAccountToken: false,
    securityContext: {
      ensureNonRoot: true,
      user: USER,
      group: USER,
      sysctls: workload.kind !== 'job' ? safeSysctls(workload.kernel) : [],
    },
    containers: [container(scope, cell, workload)],
  };
}

function container(scope: Construct, cell: Cell, workload: Workload): ContainerProps {
  const memory = Size.mebibytes(Math.ceil(workload.memoryBytes / MIB));
  const { scratchBytes } = workload.kind === 'stateful' ? {} : workload;
  const sizeLimit = Size.mebibytes(Math.ceil((scratchBytes ?? SCRATCH_BYTES) / MIB));
  const scratch = Volume.fromEmptyDir(scope, 'scratch', 'scratch', { sizeLimit });
  return {
    name: workload.id,
    image: cell.image?.replaceAll('{service}', workload.id) ?? placeholderImage(cell),
    imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
    ...(!cell.image && { command: placeholderCommand(cell, workload) }),
    envVariables: environment(scope, cell, workload),
    volumeMounts: [{ path: '/tmp', volume: scratch }, ...(cell.image ? [] : [placeholderMount(scope)])],
    // Memory that was not requested is taken from a neighbour; idle processor time is there to be used, so it has no limit.
    resources: {
      cpu: { request: Cpu.millis(Math.ceil(workload.vcpu * 1000)) },
      memory: { request: memory, limit: memory },
      ...(scratchBytes && { ephemeralStorage: { request: sizeLimit } }),
    },
    securityContext: {
      ensureNonRoot: true,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: [Capability.ALL] },
      seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
      user: USER,
      group: USER,
    },
    ...(workload.kind !== 'job' && { ports: [{ name: 'http', number: POD_PORT }, ...portsOf(cell, workload.id)], ...PROBES }),
  };
}

const portsOf = ({ deployment: { flows } }: Cell, id: string): ContainerPort[] =>
  podListenersOf(id, flows).map(({ podPort, ...listener }) => ({
    name: portName(listener),
    number: podPort,
    ...(listener.protocol === 'udp' && { protocol: Protocol.UDP }),
  }));

/** Where it gets what clients send to a port: `TCP_25=10025`. */
const portVariables = ({ deployment: { flows } }: Cell, id: string): Record<string, string> =>
  Object.fromEntries(
    podListenersOf(id, flows).map(({ podPort, ...listener }) => [portName(listener).toUpperCase().replace('-', '_'), String(podPort)]),
  );

function environment(scope: Construct, cell: Cell, workload: Workload): Record<string, EnvValue> {
  const fixed = {
    SERVICE_NAME: workload.id,
    AWS_REGION: cell.deployment.region.name,
    ...(workload.kind !== 'job' && { PORT: String(POD_PORT), DRAIN_SECONDS: String(workload.drainSeconds) }),
  };
  const values = (of: Record<string, string>) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [name, EnvValue.fromValue(value)]));
  // A variable can only refer to those above it, so the placeholder's come last.
  return {
    ...values({ ...fixed, ...portVariables(cell, workload.id) }),
    ...endpointVariables(scope, cell, workload.id),
    ...(!cell.image && values(placeholderVariables(cell, workload))),
  };
}

const healthz = (period: number, failureThreshold: number): Probe =>
  Probe.fromHttpGet(HEALTH_PATH, {
    port: POD_PORT,
    periodSeconds: Duration.seconds(period),
    timeoutSeconds: Duration.seconds(2),
    failureThreshold,
  });

/** A minute to start; out of the service after ten seconds, restarted after thirty. */
const PROBES = { startup: healthz(2, 30), readiness: healthz(5, 2), liveness: healthz(10, 3) };
