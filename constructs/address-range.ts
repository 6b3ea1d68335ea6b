import { Token } from 'aws-cdk-lib';

const BYTE = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** Addresses are allotted in blocks of /8 at most (https://www.iana.org/assignments/ipv4-address-space), so whatever is wider is not one's own. */
const PREFIX = '([89]|[12]\\d|3[0-2])';

/** Shape of an IPv4 range that somebody can call their own: `203.0.113.0/24`, and neither `0.0.0.0/0` nor half of it. */
export const ADDRESS_RANGE = `(${BYTE}\\.){3}${BYTE}/${PREFIX}`;
/** What it takes, in words. */
export const ADDRESS_RANGES = 'IPv4 ranges of /8 to /32 such as 203.0.113.0/24; not 0.0.0.0/0, which is everybody, and not IPv6';

/**
 * What only the deployment knows passes; stacks/parameters.ts has CloudFormation check it.
 * @throws {Error} naming the first that is no range, or is everybody's
 */
export function requireAddressRanges(name: string, ranges: readonly string[]): void {
  if (Token.isUnresolved([...ranges])) return;
  if (ranges.length === 0) throw new Error(`${name} is empty, which EKS takes for everybody; it takes ${ADDRESS_RANGES}`);
  const wrong = ranges.find((range) => !Token.isUnresolved(range) && !new RegExp(`^(?:${ADDRESS_RANGE})$`).test(range));
  if (wrong !== undefined) throw new Error(`${name} has "${wrong}"; it takes ${ADDRESS_RANGES}`);
}
