import { Fn } from 'aws-cdk-lib';

export interface HostUserData {
  readonly region: string;
  /** Of the Auto Scaling group, and of the hook that waits before a host of it is terminated. */
  readonly groupName: string;
  readonly hookName: string;
  /** TCP port, and path on it, at which the host tells whether it is well and is handed sessions. */
  readonly port: number;
  readonly healthPath: string;
  /** UDP ports that clients speak to, both included. */
  readonly clientPorts: { readonly from: number; readonly to: number };
  /** Parameter with what the host has to know about what it uses. */
  readonly parameter: string;
  readonly logGroupName: string;
}

/** A file for each session on the host, by whatever holds them: a host that is to go does so as soon as there is none. */
export const SESSIONS = '/run/sessions';
const METADATA = 'http://169.254.169.254/latest';
const AGENT = '/opt/aws/amazon-cloudwatch-agent';

/**
 * First-boot script of a host, base64. What holds sessions is installed by its operator; until then something answers for it at the path that tells
 * whether the host is well, and sends clients' packets back to them, with nothing but what the image has. Draining is here for good: a host that
 * Auto Scaling is about to terminate lets it go on as soon as its last session has ended. The agent for logs comes last: nothing waits for it.
 */
export function hostUserData(host: HostUserData): string {
  const { region, groupName, hookName, port, healthPath, clientPorts, parameter, logGroupName } = host;
  const files = { file_path: '/var/log/host/*.log', log_stream_name: '{instance_id}', log_group_name: logGroupName };
  return Fn.base64(
    [
      '#!/bin/bash',
      'set -euo pipefail',
      `mkdir -p /srv/placeholder /var/log/host && echo ok > /srv/placeholder${healthPath}`,
      "cat > /srv/echo.py <<'END'",
      'import selectors, socket',
      'ready = selectors.DefaultSelector()',
      `for port in range(${clientPorts.from}, ${clientPorts.to + 1}):`,
      '    listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)',
      "    listening.bind(('', port))",
      '    ready.register(listening, selectors.EVENT_READ)',
      'while True:',
      '    for key, _ in ready.select():',
      '        packet, client = key.fileobj.recvfrom(2048)',
      '        key.fileobj.sendto(packet[:64], client)',
      'END',
      "cat > /srv/drain.sh <<'END'",
      '#!/bin/bash',
      'while sleep 5; do',
      `  token=$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' ${METADATA}/api/token) || continue`,
      `  tell() { curl -sf -H "X-aws-ec2-metadata-token: $token" ${METADATA}/meta-data/$1; }`,
      '  [ "$(tell autoscaling/target-lifecycle-state)" = Terminated ] || continue',
      `  [ -z "$(ls ${SESSIONS})" ] || continue`,
      `  aws autoscaling complete-lifecycle-action --region ${region} --auto-scaling-group-name ${groupName} --lifecycle-hook-name ${hookName} --lifecycle-action-result CONTINUE --instance-id "$(tell instance-id)"`,
      'done',
      'END',
      ...unit('placeholder', `/usr/bin/python3 -m http.server ${port} --directory /srv/placeholder`, [
        `ExecStartPre=+/bin/sh -c '/usr/bin/aws ssm get-parameter --region ${region} --name ${parameter} --query Parameter.Value --output text > /etc/endpoints.json'`,
        'DynamicUser=true',
      ]),
      ...unit('echo', '/usr/bin/python3 /srv/echo.py', ['DynamicUser=true', 'LimitNOFILE=65536']),
      ...unit('drain', '/bin/bash /srv/drain.sh', [`RuntimeDirectory=${SESSIONS.split('/').at(-1)}`, 'RuntimeDirectoryPreserve=yes']),
      'systemctl enable --now placeholder.service echo.service drain.service',
      'dnf install -y amazon-cloudwatch-agent',
      `cat > ${AGENT}/etc/host.json <<'END'`,
      JSON.stringify({ logs: { logs_collected: { files: { collect_list: [files] } } } }),
      'END',
      `${AGENT}/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:${AGENT}/etc/host.json`,
      '',
    ].join('\n'),
  );
}

/** A service that systemd starts at every boot, and again whenever it ends. */
const unit = (name: string, command: string, settings: readonly string[]): string[] => [
  `cat > /etc/systemd/system/${name}.service <<'END'`,
  '[Unit]',
  'After=network-online.target',
  '[Service]',
  ...settings,
  `ExecStart=${command}`,
  'Restart=always',
  'RestartSec=10',
  '[Install]',
  'WantedBy=multi-user.target',
  'END',
];
