import { isDeepStrictEqual } from 'node:util';
import type { Clients } from './clients';
import { expected, isUnknown, type Known } from './expected';
import { machineReaders } from './readers/machines';
import { networkReaders } from './readers/network';
import type { Comparison, Properties, Readers } from './readers/reader';
import { roleReaders } from './readers/roles';
import { securityGroupReaders } from './readers/security-groups';
import { storageReaders } from './readers/storage';

const READERS: Readers = { ...networkReaders, ...securityGroupReaders, ...machineReaders, ...roleReaders, ...storageReaders };

/** What reading a resource from its own service came to. */
export type ReadBack = { state: 'no reader' } | { state: 'absent' } | { state: 'there'; differences: Difference[] };

/** A property that is not what the template says. */
export interface Difference {
  property: string;
  text: string;
}

/** Reads a deployed resource from its own service and compares it with its template. */
export async function readBack(clients: Clients, logicalId: string, known: Known): Promise<ReadBack> {
  const { Type, Properties: properties = {} } = known.template.Resources[logicalId]!;
  const reader = READERS[Type];
  if (!reader) return { state: 'no reader' };
  const others = (type: string) =>
    Object.values(known.template.Resources)
      .filter((other) => other.Type === type)
      .map((other) => expected(other.Properties ?? {}, known) as Properties);
  const id = known.ids.get(logicalId) ?? '';
  try {
    const comparison = await reader({ clients, id, properties: expected(properties, known) as Properties, others });
    return comparison ? { state: 'there', differences: differencesOf(comparison) } : { state: 'absent' };
  } catch (error) {
    if (saysAbsent(error as Error)) return { state: 'absent' };
    throw error;
  }
}

/** Every way services say that there is no such thing. */
const saysAbsent = ({ name }: Error): boolean => /NotFound|NoSuchEntity|NoSuchBucket/.test(name);

function differencesOf(comparison: Comparison): Difference[] {
  const compared = Object.entries(comparison).filter(([, [wanted]]) => wanted !== undefined && !isUnknown(wanted));
  if (compared.length === 0) return [{ property: '', text: 'nothing of it could be compared' }];
  return compared
    .filter(([, [wanted, found]]) => !isDeepStrictEqual(wanted, found))
    .map(([property, [wanted, found]]) => ({
      property,
      text: `${property} is ${JSON.stringify(found)}, its template says ${JSON.stringify(wanted)}`,
    }));
}
