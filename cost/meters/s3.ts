import { monthly, withoutZeros } from '../charges';
import type { Charge, Meter, PriceKey, Surroundings } from '../meter';
import { listAt, property } from '../property';
import type { Resource } from '../template';

const s3 = (dimension: string, spec: string): PriceKey => ({ service: 'S3', dimension, spec });

/** Storage classes as lifecycle rules and the price book name them. */
const CLASSES: Record<string, string> = {
  STANDARD_IA: 'Standard-IA',
  ONEZONE_IA: 'One Zone-IA',
  INTELLIGENT_TIERING: 'Intelligent-Tiering',
  GLACIER_IR: 'Glacier Instant Retrieval',
  GLACIER: 'Glacier Flexible Retrieval',
  DEEP_ARCHIVE: 'Glacier Deep Archive',
};

/**
 * Amazon S3: GB held by class, requests at Standard prices, lifecycle moves, GB that went through an edge, and GB replicated to other regions
 * (whose copies are on the buckets there). Events are free. Minimum ages and sizes of the colder classes are left out. https://aws.amazon.com/s3/pricing/
 */
const bucket: Meter<'AWS::S3::Bucket'> = {
  type: 'AWS::S3::Bucket',
  needs: ['standardGb', 'putRequestsPerMonth', 'getRequestsPerMonth'],
  charges(bucket, usage, around) {
    const { standardGb = 0, standardIaGb = 0, glacierInstantGb = 0, deepArchiveGb = 0 } = usage;
    const { putRequestsPerMonth = 0, getRequestsPerMonth = 0, lifecycleTransitionsPerMonth = 0, replicatedGbPerMonth = 0 } = usage;
    const { tieredFrequentGb = 0, tieredInfrequentGb = 0, tieredArchiveGb = 0, tieredObjects = 0 } = usage;
    const { acceleratedGbPerMonth = 0, acceleratedElsewhereGbPerMonth = 0 } = usage;
    const toOthers = { service: 'DataTransfer', dimension: 'inter-region out', spec: 'to most other regions' };
    return [
      held('Standard', standardGb),
      requests('PUT, COPY, POST, LIST requests', 'Standard', putRequestsPerMonth),
      requests('GET and other requests', 'Standard', getRequestsPerMonth),
      ...withoutZeros([
        held('Standard-IA', standardIaGb),
        held('Glacier Instant Retrieval', glacierInstantGb),
        held('Glacier Deep Archive', deepArchiveGb),
        held('Intelligent-Tiering frequent access', tieredFrequentGb),
        held('Intelligent-Tiering infrequent access', tieredInfrequentGb),
        held('Intelligent-Tiering archive instant access', tieredArchiveGb),
        watched(tieredObjects),
        accelerated('edge in US, EU, Japan', acceleratedGbPerMonth),
        accelerated('edge elsewhere', acceleratedElsewhereGbPerMonth),
        monthly('data replicated to other regions', replicatedGbPerMonth, `${replicatedGbPerMonth} GB`, toOthers, 'GB'),
      ]),
      ...(lifecycleTransitionsPerMonth > 0
        ? [requests('lifecycle transitions in', dearestTarget(bucket, around), lifecycleTransitionsPerMonth)]
        : []),
    ];
  },
};

export const s3Meters: Meter[] = [bucket];

const held = (storageClass: string, gb: number): Charge => monthly(`storage, ${storageClass}`, gb, `${gb} GB`, s3('storage', storageClass));

const watched = (objects: number): Charge =>
  monthly(
    'monitoring, Intelligent-Tiering',
    objects / 1000,
    `${objects.toLocaleString('en-US')} objects / 1k`,
    s3('monitoring and automation', 'Intelligent-Tiering'),
    '1k objects-month',
  );

const accelerated = (edge: string, gb: number): Charge =>
  monthly(`transfer acceleration, ${edge}`, gb, `${gb} GB`, s3('transfer acceleration', edge), 'GB');

const requests = (dimension: string, storageClass: string, count: number): Charge =>
  monthly(
    `${dimension}, ${storageClass}`,
    count / 1000,
    `${count.toLocaleString('en-US')} / 1k`,
    s3(dimension, storageClass),
    '1k requests',
  );

/** Usage counts moves into all classes together; the dearest class of the bucket's rules bounds them from above. */
function dearestTarget(bucket: Resource, around: Surroundings): string {
  const targets = listAt(bucket, 'LifecycleConfiguration.Rules').flatMap((_, i) => {
    const rule = `LifecycleConfiguration.Rules.${i}`;
    return listAt(bucket, `${rule}.Transitions`).map((_, j) => CLASSES[String(property(bucket, `${rule}.Transitions.${j}.StorageClass`))]);
  });
  const priced = targets.flatMap((target) =>
    target ? [{ target, usd: around.find(s3('lifecycle transitions in', target))?.usd ?? 0 }] : [],
  );
  return priced.sort((a, b) => b.usd - a.usd)[0]?.target ?? 'Standard-IA';
}
