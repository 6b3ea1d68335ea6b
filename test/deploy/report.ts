import Table from 'cli-table3';

/** What became of a resource of a template, in the order of the report's columns. */
export const FATES = ['created', 'listed', 'skipped', 'left out', 'failed'] as const;
export type Fate = (typeof FATES)[number];

/** A resource of a deployed system. */
export interface Outcome {
  logicalId: string;
  type: string;
  /** created: confirmed by its own service; listed: only CloudFormation says so; skipped: the emulator does not know it. */
  fate: Fate;
  /** It was still there after its stack was deleted, as the table of gaps says it would. */
  stayed: boolean;
}

/** Share of a system's resources that really exist in the emulator; of nothing, nothing does. */
export const shareOf = (outcomes: readonly Outcome[]): number =>
  outcomes.filter(({ fate }) => fate === 'created' || fate === 'listed').length / Math.max(1, outcomes.length);

/** A table of what became of each resource type. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const right = 'right' as const;
  const table = new Table({
    head: ['resource type', 'in template', ...FATES, 'stayed'],
    colAligns: ['left', right, ...FATES.map(() => right), right],
    style: { head: [], border: [], compact: true },
  });
  const row = (name: string, rows: readonly Outcome[]) => {
    const counts = FATES.map((fate) => rows.filter((outcome) => outcome.fate === fate).length);
    table.push([name, ...[rows.length, ...counts, rows.filter(({ stayed }) => stayed).length].map((n) => (n === 0 ? '' : String(n)))]);
  };
  for (const type of [...new Set(outcomes.map(({ type }) => type))].sort())
    row(
      type,
      outcomes.filter((outcome) => outcome.type === type),
    );
  row('total', outcomes);
  return table.toString();
}
