import type { Clients } from '../clients';

export type Properties = Record<string, unknown>;

/** A resource to be read back. */
export interface Reading {
  clients: Clients;
  /** Its physical id. */
  id: string;
  /** What its template says, references resolved: where else to look than by the id. */
  properties: Properties;
  /** What its template says of all resources of a type. */
  others: (type: string) => Properties[];
}

/**
 * Reads a resource from its own service.
 * @returns its properties as a template would say them, whatever of them the service tells; nothing when the service does not know it
 * @throws the service's error when it says so by an error
 */
export type Reader = (reading: Reading) => Promise<Properties | undefined>;

export type Readers = Readonly<Record<string, Reader>>;

/** An answer of a service whose fields start in lower case, as templates spell them. */
export function capitalized(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(capitalized);
  if (typeof node !== 'object' || node === null || node instanceof Date) return node;
  return Object.fromEntries(Object.entries(node).map(([key, child]) => [key[0]!.toUpperCase() + key.slice(1), capitalized(child)]));
}

/** What a service tells, or nothing where it says that there is none. */
export const orNothing = <T extends object>(asking: Promise<T>): Promise<Partial<T>> =>
  asking.catch((error: Error) => {
    if (/^NoSuch(?!Bucket)|NotFound/.test(error.name)) return {};
    throw error;
  });

/** Tags of a service that gives a map. */
export const tagList = (tags: Record<string, string> | undefined) => tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** A policy as services give it: as text, of IAM with escapes. */
export const policyOf = (document: string | undefined): unknown =>
  document && JSON.parse(document.startsWith('%') ? decodeURIComponent(document) : document);
