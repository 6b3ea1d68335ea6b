import Table from 'cli-table3';
import type { Checks } from './checks';

/** What became of a resource of a template, in the order of the report's columns. */
export const FATES = ['created', 'listed', 'skipped', 'left out', 'failed'] as const;
export type Fate = (typeof FATES)[number];

/** A resource of a deployed system. */
export interface Outcome {
  logicalId: string;
  type: string;
  /**
   * created: its own service has it, with every property of its template that the emulator keeps; listed: only CloudFormation says so;
   * skipped: not even that; left out: taken out of the template, as the emulator cannot do it; failed: it is there, and is something else.
   */
  fate: Fate;
}

/** How much of a deployment has to be created for real, in the emulator. */
export interface Floor {
  system: string;
  stage: string;
  /** Of all its resources, 0 to 1. It only rises. */
  floor: number;
}

/** How far a share may rise above its floor before the floor has to follow. */
const SLACK = 0.05;

/** Prints what became of a deployment, and holds it against its floor. */
export function report({ system, stage, floor }: Floor, outcomes: readonly Outcome[], checks: Checks): void {
  const share = shareOf(outcomes);
  const figures = `${percent(share)} of ${outcomes.length} resources are created, the floor is ${percent(floor)}`;
  console.log(`${system} ${stage}: ${figures}\n${tableOf(outcomes)}\n`);
  checks.check(share >= floor, `${system} ${stage}: ${figures}`);
  const higher = Math.floor(share * 100) / 100;
  checks.check(
    share - floor < SLACK,
    `${system} ${stage}: ${figures}; raise it to ${higher} in test/deploy/floors.json, so that it stays so`,
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** Share of a deployment's resources that really exist in the emulator; of nothing, nothing does. */
export const shareOf = (outcomes: readonly Outcome[]): number =>
  outcomes.filter(({ fate }) => fate === 'created').length / Math.max(1, outcomes.length);

/** A table of what became of each resource type. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const right = 'right' as const;
  const table = new Table({
    head: ['resource type', 'in template', ...FATES],
    colAligns: ['left', right, ...FATES.map(() => right)],
    style: { head: [], border: [], compact: true },
  });
  const row = (name: string, rows: readonly Outcome[]) => {
    const counts = FATES.map((fate) => rows.filter((outcome) => outcome.fate === fate).length);
    table.push([name, ...[rows.length, ...counts].map((n) => (n === 0 ? '' : String(n)))]);
  };
  for (const type of [...new Set(outcomes.map(({ type }) => type))].sort())
    row(
      type,
      outcomes.filter((outcome) => outcome.type === type),
    );
  row('total', outcomes);
  return table.toString();
}
