import { monthly } from '../charges';
import type { Meter, PriceKey } from '../meter';
import { textAt } from '../property';

const kms = (dimension: string, spec?: string): PriceKey => ({ service: 'KMS', dimension, spec });

const SYMMETRIC = 'symmetric and RSA 2048, beyond 20k free';
const ASYMMETRIC = 'asymmetric except RSA 2048';

/** AWS KMS: the key and requests to it; what rotation adds in later years is left out. https://aws.amazon.com/kms/pricing/ */
const key: Meter<'AWS::KMS::Key'> = {
  type: 'AWS::KMS::Key',
  needs: ['requestsPerMonth'],
  charges(key, { requestsPerMonth = 0 }) {
    const kind = textAt(key, 'KeySpec', 'SYMMETRIC_DEFAULT');
    const spec = ['SYMMETRIC_DEFAULT', 'RSA_2048'].includes(kind) || kind.startsWith('HMAC') ? SYMMETRIC : ASYMMETRIC;
    const requests = `${requestsPerMonth.toLocaleString('en-US')} requests / 10k`;
    return [
      monthly('customer managed key', 1, '1 key', kms('customer managed key'), 'key-month'),
      monthly('requests', requestsPerMonth / 10_000, requests, kms('requests', spec), '10k requests'),
    ];
  },
};

/** A multi-Region key is billed in every region; its requests there are part of the replica's usage. */
const replicaKey: Meter = { ...key, type: 'AWS::KMS::ReplicaKey' } as Meter;

export const kmsMeters: Meter[] = [key, replicaKey];
