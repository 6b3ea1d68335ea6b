/**
 * What the emulator cannot do, where leaving it in would fail a stack or a comparison. Types it merely skips need no row: the report counts
 * them. A row that no deployed template needs any more fails the run, so the table stays short.
 */
export type Gap =
  /** Resources of the type are left out of the deployed copy, references to them replaced by a placeholder. */
  | { type: string; leftOut: true; what: string; since: string }
  /** The property is taken out of the deployed copy and not compared. */
  | { type: string; property: string; what: string; since: string }
  /** References to the attribute are replaced by a placeholder. */
  | { type: string; attribute: string; what: string; since: string }
  /** Resources of the type stay when their stack is deleted. */
  | { type: string; stays: true; what: string; since: string };

export const GAPS: readonly Gap[] = [
  { type: 'AWS::KMS::Key', property: 'Tags', what: 'KeyError TagKey: it reads TagKey where CloudFormation says Key', since: 'moto 5.2.5' },
];
