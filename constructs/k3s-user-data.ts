import { Fn } from 'aws-cdk-lib';
import { multipartUserData, SHELL_SCRIPT } from './multipart-user-data';

/** https://github.com/k3s-io/k3s/releases/tag/v1.36.1%2Bk3s1; its install script checks what it downloads against the release's checksums. */
export const K3S_VERSION = 'v1.36.1+k3s1';

/** A port of the machine. */
export interface BoxListener {
  /** Of the entry point from which routes in the cluster lead on: lower-case letters, digits and dashes, 15 at most. */
  readonly name: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** Port its web server itself has it at: from 1024 upwards, as it runs without privileges. */
  readonly ownPort: number;
}

export interface K3sUserData {
  /** Bucket whose `manifests/` are applied. */
  readonly bucket: string;
  readonly region: string;
  /** Names to ask Let's Encrypt a certificate for. */
  readonly domainNames: readonly string[];
  /** Ports besides 80 and 443. @default none */
  readonly listeners?: readonly BoxListener[];
  /** Seconds between two looks into the bucket. */
  readonly syncSeconds: number;
  /** Log group that gets what pods write. */
  readonly logGroupName: string;
}

const MANIFESTS = '/var/lib/rancher/k3s/server/manifests';
const RELEASE = encodeURIComponent(K3S_VERSION);
const AGENT = '/opt/aws/amazon-cloudwatch-agent';
/** Without it cloud-init runs a script once in a machine's life: https://repost.aws/knowledge-center/execute-user-data-ec2 (2026-11-22). */
const AT_EVERY_START = ['#cloud-config', 'cloud_final_modules:', '- [scripts-user, always]'];

/**
 * Script that the machine runs at every start, base64: k3s with its own web server, a timer that keeps its manifests in step with a bucket,
 * and the CloudWatch agent for the pods' logs. The agent comes last: k3s does not wait for a package that cannot be had.
 *
 * When it changes, with another name or another k3s, CloudFormation stops the machine and starts it again. So the change arrives a minute or
 * two later on the same disk (certificates, secrets of k3s, what pods keep) under the same id, which alarms know it by. A new machine would
 * lose both, and CloudFormation makes none for a name that is a parameter: a logical id can only follow what is known before it deploys.
 */
export function k3sUserData({ bucket, region, domainNames, listeners = [], syncSeconds, logGroupName }: K3sUserData): string {
  const script = [
    '#!/bin/bash',
    'set -euo pipefail',
    `mkdir -p ${MANIFESTS}/scaleprint`,
    `cat > ${MANIFESTS}/traefik-config.yaml <<'END'`,
    ...webServer(domainNames, listeners),
    'END',
    "cat > /etc/systemd/system/manifests.service <<'END'",
    '[Service]',
    'Type=oneshot',
    `ExecStart=/usr/bin/aws s3 sync --delete --region ${region} s3://${bucket}/manifests ${MANIFESTS}/scaleprint`,
    'END',
    "cat > /etc/systemd/system/manifests.timer <<'END'",
    '[Timer]',
    'OnActiveSec=0',
    `OnUnitInactiveSec=${syncSeconds}`,
    '[Install]',
    'WantedBy=timers.target',
    'END',
    'systemctl daemon-reload',
    'systemctl enable manifests.timer',
    'systemctl restart manifests.timer',
    // The machine has no public address before its Elastic IP is attached.
    `until curl -sfL --max-time 20 -o /run/install-k3s.sh https://raw.githubusercontent.com/k3s-io/k3s/${RELEASE}/install.sh; do sleep 5; done`,
    // It downloads k3s, and what fails here nobody tries again; where nothing is new it leaves k3s running. SELinux only watches on Amazon Linux
    // 2023, and the policy for it is another package from another place (https://docs.aws.amazon.com/linux/al2023/ug/default-SELinux-modes-states.html).
    `until INSTALL_K3S_VERSION='${K3S_VERSION}' INSTALL_K3S_SKIP_SELINUX_RPM=true sh /run/install-k3s.sh server --secrets-encryption; do sleep 5; done`,
    'dnf install -y amazon-cloudwatch-agent',
    `cat > ${AGENT}/etc/pods.json <<'END'`,
    podLogs(logGroupName),
    'END',
    `${AGENT}/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:${AGENT}/etc/pods.json`,
  ];
  return Fn.base64(
    multipartUserData({ type: 'text/cloud-config; charset="us-ascii"', lines: AT_EVERY_START }, { type: SHELL_SCRIPT, lines: script }),
  );
}

/** Every container's log, each in a stream of its own, as the agent's wildcards otherwise follow the newest file alone. */
const podLogs = (logGroupName: string): string => {
  const files = { file_path: '/var/log/containers/*.log', log_stream_name: '{instance_id}', publish_multi_logs: true };
  return JSON.stringify({ logs: { logs_collected: { files: { collect_list: [{ ...files, log_group_name: logGroupName }] } } } });
};

/** Settings of k3s's Traefik: HTTPS everywhere, with a certificate it renews itself, and what else it listens on. */
function webServer(domainNames: readonly string[], listeners: readonly BoxListener[]): string[] {
  const [main, ...others] = domainNames;
  const domains = `--entrypoints.websecure.http.tls.domains[0].main=${main}`;
  const sans = others.length > 0 ? [`--entrypoints.websecure.http.tls.domains[0].sans=${others.join(',')}`] : [];
  const settings = [
    '--entrypoints.web.http.redirections.entrypoint.to=:443',
    '--entrypoints.web.http.redirections.entrypoint.scheme=https',
    '--certificatesresolvers.public.acme.tlschallenge=true',
    '--certificatesresolvers.public.acme.storage=/data/acme.json',
    '--entrypoints.websecure.http.tls.certresolver=public',
    domains,
    ...sans,
  ];
  return [
    'apiVersion: helm.cattle.io/v1',
    'kind: HelmChartConfig',
    'metadata:',
    '  name: traefik',
    '  namespace: kube-system',
    'spec:',
    '  valuesContent: |-',
    '    persistence:',
    '      enabled: true',
    ...(listeners.length > 0 ? ['    ports:', ...listeners.flatMap(entryPoint)] : []),
    '    additionalArguments:',
    ...settings.map((setting) => `      - "${setting}"`),
  ];
}

/** https://github.com/traefik/traefik-helm-chart/blob/master/EXAMPLES.md (2026-11-22): a port of its own, and of the service before it. */
const entryPoint = ({ name, port, protocol, ownPort }: BoxListener): string[] => [
  `      ${name}:`,
  `        port: ${ownPort}`,
  `        exposedPort: ${port}`,
  `        protocol: ${protocol === 'udp' ? 'UDP' : 'TCP'}`,
  '        expose:',
  '          default: true',
];
