import type { Tool } from '../../apps/tools';

/** The command that the engine drives; it fetches the provider by itself. How to get it: https://www.pulumi.com/docs/install/ (2026-11-22). */
export const PULUMI: Tool = {
  name: 'pulumi',
  for: 'sandbox up --engine pulumi',
  probe: ['pulumi', 'version'],
  install: 'curl -fsSL https://get.pulumi.com | sh',
};
