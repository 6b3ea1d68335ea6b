import type { Construct } from 'constructs';
import { requireInRange } from './in-range';

/** Units per second between which capacity follows the load. */
export interface ScaledUnits {
  /** 1 or more. */
  readonly min: number;
  /** No less than `min`. */
  readonly max: number;
  /** Percentage of the units that is kept in use, 20 to 90. */
  readonly targetPercent: number;
}

/** Provisioned capacity of a table in DynamoDB or Amazon Keyspaces: units of 1 KiB written, and of 4 KiB read. */
export interface ScaledCapacity {
  readonly write: ScaledUnits;
  readonly read: ScaledUnits;
}

/** @throws {Error} on units and targets that auto scaling refuses */
export function requireCapacity(scope: Construct, table: string, { write, read }: ScaledCapacity): void {
  for (const [side, { min, max, targetPercent }] of Object.entries({ write, read })) {
    requireInRange(scope, `min ${side} units of ${table}`, min, 1, max);
    requireInRange(scope, `targetPercent of ${side} units of ${table}`, targetPercent, 20, 90);
  }
}
