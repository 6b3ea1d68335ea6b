import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Refuses a whole number outside of what a service takes; values known only at deployment pass.
 * @throws {Error} naming the construct, the property, what it got and what it takes
 */
export function requireInRange(scope: Construct, name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new Error(`${scope.node.path}: ${name} is ${value}; it takes a whole number from ${least} to ${most}`);
}
