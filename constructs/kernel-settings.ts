import { multipartUserData, SHELL_SCRIPT } from './multipart-user-data';

/**
 * User data of an AL2023 EKS node as MIME parts: the kubelet's configuration for nodeadm, and the kernel's settings. What
 * belongs to a network namespace, such as `net.core.somaxconn`, reaches the node and host-network pods; other pods set
 * theirs in their security context.
 * @param maxPods pods the kubelet takes
 * @param kernel values by sysctl name
 * @throws {Error} on a name or value that a sysctl file cannot hold
 */
export function nodeUserData(maxPods: number, kernel: Readonly<Record<string, string>>): string {
  const settings = Object.entries(kernel);
  for (const [name, value] of settings) {
    if (!/^[a-z0-9_.-]+$/.test(name) || !/^[\w .:-]+$/.test(value))
      throw new Error(`kernel setting "${name}" is "${value}"; it takes a sysctl name and a plain value`);
  }
  const kubelet = [
    'apiVersion: node.eks.aws/v1alpha1',
    'kind: NodeConfig',
    'spec:',
    '  kubelet:',
    '    config:',
    `      maxPods: ${maxPods}`,
  ];
  const sysctl = [
    '#!/bin/bash',
    "cat > /etc/sysctl.d/99-scaleprint.conf <<'END'",
    ...settings.map(([name, value]) => `${name} = ${value}`),
    'END',
    'sysctl --system',
  ];
  return multipartUserData(
    { type: 'application/node.eks.aws', lines: kubelet },
    ...(settings.length > 0 ? [{ type: SHELL_SCRIPT, lines: sysctl }] : []),
  );
}
