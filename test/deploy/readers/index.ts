import { computeReaders } from './compute';
import { databaseReaders } from './databases';
import { edgeReaders } from './edge';
import { identityReaders } from './identity';
import { lakeReaders } from './lakes';
import { machineReaders } from './machines';
import { networkReaders } from './network';
import { operationsReaders } from './operations';
import type { Readers } from './reader';
import { storageReaders } from './storage';

/** A reader for every type that the emulator creates. */
export const READERS: Readers = {
  ...computeReaders,
  ...databaseReaders,
  ...edgeReaders,
  ...identityReaders,
  ...lakeReaders,
  ...machineReaders,
  ...networkReaders,
  ...operationsReaders,
  ...storageReaders,
};
