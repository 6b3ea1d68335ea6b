import type { UsageByType } from '../../cost/usage';
import type { Flow } from '../../plan/flow';
import type { LakePart } from '../../plan/sizing/lake';
import { DAY, GIB, MIB, MONTH } from '../../plan/units';
import { gib, perMonth } from './monthly';

/** What a query is billed for at least, bytes: https://aws.amazon.com/athena/pricing/, remembered. */
const BILLED_AT_LEAST = 10 * MIB;
/** Days that results stay. */
export const RESULT_DAYS = 7;
/** Objects a query leaves: its result and a description of it; each is read once. */
const RESULT_OBJECTS = 2;
/** Look-ups a query makes in the catalogue, assumed: database, table, and both again when it is planned. */
const LOOK_UPS = 4;

export function lakeUsage({ id, load }: LakePart, flows: readonly Flow[]) {
  const queries = flows.filter(({ to }) => to === id);
  const scanned = queries.reduce((sum, { rate, scannedBytes = 0 }) => sum + rate.average * Math.max(scannedBytes, BILLED_AT_LEAST), 0);
  const results = queries.reduce((sum, { rate, returnedBytes }) => sum + rate.average * returnedBytes, 0);
  const perQuery = perMonth(load.reads);
  return {
    'AWS::Athena::WorkGroup': { scannedTbPerMonth: (scanned * MONTH) / (1024 * GIB) },
    'AWS::Glue::Database': { requestsPerMonth: perQuery * LOOK_UPS },
    'AWS::S3::Bucket': {
      standardGb: gib(results * RESULT_DAYS * DAY),
      putRequestsPerMonth: perQuery * RESULT_OBJECTS,
      getRequestsPerMonth: perQuery * RESULT_OBJECTS,
    },
  } satisfies Partial<UsageByType>;
}
