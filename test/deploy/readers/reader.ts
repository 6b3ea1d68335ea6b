import type { Clients } from '../clients';

export type Properties = Record<string, unknown>;

/** A resource to be read back. */
export interface Reading {
  clients: Clients;
  /** Its physical id; empty where CloudFormation gives none. */
  id: string;
  /** What its template says, references resolved. */
  properties: Properties;
  /** What the template says of all resources of a type, references resolved. */
  others: (type: string) => Properties[];
}

/** Expected and found values by what they are; what the template does not say is not compared. */
export type Comparison = Record<string, [expected: unknown, found: unknown]>;

/**
 * Reads a resource from its own service.
 * @returns nothing when the service does not know it
 * @throws the service's error when it says so by an error
 */
export type Reader = (reading: Reading) => Promise<Comparison | undefined>;

export type Readers = Readonly<Record<string, Reader>>;
