/** A violation that CDK's validation engine reports and that is none. */
export interface IgnoredViolation {
  readonly rule: string;
  /** Type and property it is reported at. */
  readonly where: { readonly type: string; readonly property: string };
  readonly why: string;
  /** When to look again. */
  readonly until: string;
}

export const IGNORED_VIOLATIONS: readonly IgnoredViolation[] = [
  {
    rule: 'W9009',
    where: { type: 'AWS::EKS::Cluster', property: 'EncryptionConfig.*.Resources' },
    why: 'EKS still asks what to encrypt and takes "secrets" only; clusters made by CDK itself say the same.',
    until: 'the EKS API takes a key without it',
  },
];
