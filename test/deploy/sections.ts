import { MissingTool } from '../../scripts/go-tools';
import { Checks } from './checks';
import { GAPS, gapKey } from './emulator-gaps';
import { makeSurroundings, type Surroundings } from './surroundings';

/** What a section came to. */
export interface Result {
  passed: number;
  failures: string[];
  /** Keys of the gaps of the emulator that were needed. */
  gaps: string[];
}

/** A part of the deployment tests that runs by itself, in a process of its own. */
export interface Section {
  /** Longer than that it may not take. */
  minutes: number;
  /** It uses every core itself. @default false */
  alone?: boolean;
  /** The gaps of the emulator are all met in the sections that say so. @default false */
  meetsGaps?: boolean;
  run(checks: Checks): Promise<string[] | void>;
}

/** In an account of its own in an emulator of its own. */
const inEmulator = (load: () => Promise<(surroundings: Surroundings) => Promise<void>>) => async (checks: Checks) => {
  const surroundings = await makeSurroundings(checks);
  const check = await load();
  await check(surroundings);
  return [...surroundings.gaps, ...surroundings.gateway.usedGaps];
};

/** By name, as `npm run test:deploy -- sandbox` picks them; in the order in which they begin. */
export const SECTIONS: Readonly<Record<string, Section>> = {
  // The first time it builds the engine.
  pulumi: { minutes: 45, run: inEmulator(async () => (await import('./pulumi')).pulumiChecks) },
  sandbox: { minutes: 10, meetsGaps: true, run: inEmulator(async () => (await import('./sandbox')).sandboxChecks) },
  growth: { minutes: 20, meetsGaps: true, run: inEmulator(async () => (await import('./growth')).growthChecks) },
  deployments: { minutes: 20, meetsGaps: true, run: inEmulator(async () => (await import('./deployments')).deploymentChecks) },
  faults: { minutes: 10, run: inEmulator(async () => (await import('./faults')).faultChecks) },
  // The first time they build Kubernetes.
  apps: { minutes: 60, run: async (checks) => (await import('../cluster/apps')).appsChecks(checks) },
  cluster: { minutes: 60, alone: true, run: async (checks) => (await import('../cluster/main')).clusterChecks(checks) },
};

/** Runs a section. Without a tool it needs it is skipped, with how to get it; where CI is set that is a failure. */
export async function resultOf({ run }: Section): Promise<Result> {
  const checks = new Checks();
  let gaps: string[] = [];
  try {
    gaps = (await run(checks)) ?? [];
    checks.check(checks.passed + checks.failures.length > 0, 'nothing was checked');
  } catch (error) {
    if (error instanceof MissingTool && !process.env.CI) console.log(`SKIPPED ${error.message}`);
    else checks.check(false, (error as Error).message);
  }
  return { passed: checks.passed, failures: checks.failures, gaps };
}

/** Rows of the table of gaps that nothing deployed needed. */
export const unusedGaps = (used: readonly string[]): string[] =>
  GAPS.flatMap((gap) => gap.types.map((type) => gapKey(gap, type))).filter((key) => !used.includes(key));
