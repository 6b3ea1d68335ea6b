import type { Clients } from './clients';
import { type Difference, differences } from './compare';
import { expected, type Known } from './expected';
import { READERS } from './readers';
import type { Properties } from './readers/reader';
import { IMPLIED, UNTOLD } from './readers/untold';

/** What reading a resource from its own service came to. */
export type ReadBack = { state: 'no reader' } | { state: 'absent' } | { state: 'there'; differences: Difference[] };

/** Reads a deployed resource from its own service and compares every property of its template. */
export async function readBack(clients: Clients, logicalId: string, known: Known): Promise<ReadBack> {
  const { Type, Properties: template = {} } = known.template.Resources[logicalId]!;
  const reader = READERS[Type];
  if (!reader) return { state: 'no reader' };
  const properties = expected(template, known) as Properties;
  const others = (type: string) =>
    Object.values(known.template.Resources)
      .filter((other) => other.Type === type)
      .map((other) => expected(other.Properties ?? {}, known) as Properties);
  const id = known.ids.get(logicalId)!;
  try {
    const found = await reader({ clients, id, properties, others });
    if (!found) return { state: 'absent' };
    const compared = Object.entries({ ...IMPLIED[Type], ...properties }).filter(([name]) => !UNTOLD[Type]?.includes(name));
    return { state: 'there', differences: compared.flatMap(([name, wanted]) => differences(wanted, found[name], name)) };
  } catch (error) {
    if (saysAbsent(error as Error)) return { state: 'absent' };
    throw error;
  }
}

/** Every way services say that there is no such thing. */
const saysAbsent = ({ name }: Error): boolean => /NotFound|NoSuch|Non[eE]xistent|DoesNotExist/.test(name);
