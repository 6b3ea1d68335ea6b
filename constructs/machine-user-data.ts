import { Fn } from 'aws-cdk-lib';

export interface MachineUserData {
  readonly port: number;
  readonly healthPath: string;
  /** Parameter with what the machine has to know about what it uses. */
  readonly parameter: string;
  readonly region: string;
}

/**
 * First-boot script of a machine, base64. What is to run there is installed by its operator; until then something answers for it at the path
 * that tells whether it is well, with nothing but what the image has. Time comes from the hypervisor: Amazon Linux 2023 asks it by itself.
 */
export const machineUserData = ({ port, healthPath, parameter, region }: MachineUserData): string =>
  Fn.base64(
    [
      '#!/bin/bash',
      'set -euo pipefail',
      `mkdir -p /srv/placeholder && echo ok > /srv/placeholder${healthPath}`,
      "cat > /etc/systemd/system/placeholder.service <<'END'",
      '[Unit]',
      'After=network-online.target',
      '[Service]',
      `ExecStartPre=+/bin/sh -c '/usr/bin/aws ssm get-parameter --region ${region} --name ${parameter} --query Parameter.Value --output text > /etc/endpoints.json'`,
      `ExecStart=/usr/bin/python3 -m http.server ${port} --directory /srv/placeholder`,
      'DynamicUser=true',
      'Restart=always',
      'RestartSec=10',
      '[Install]',
      'WantedBy=multi-user.target',
      'END',
      'systemctl enable --now placeholder.service',
      '',
    ].join('\n'),
  );
