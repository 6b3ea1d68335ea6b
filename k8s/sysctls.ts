import type { Sysctl } from 'cdk8s-plus-28';

/** Kernel settings a pod may set for itself under the restricted pod security standard; the rest is the node's. */
const SAFE = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_syncookies',
]);

export const safeSysctls = (kernel: Record<string, string>): Sysctl[] =>
  Object.entries(kernel)
    .filter(([name]) => SAFE.has(name))
    .map(([name, value]) => ({ name, value }));
