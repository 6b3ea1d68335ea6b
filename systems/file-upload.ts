import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, docs, seed } from '../plan/source';
import { stage, system } from '../plan/system';
import { above, atLeast } from '../plan/trigger';
import { DAY, GIB, HOUR, MINUTE, type Rate, rate, steady, sum, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const text = seed('002', 4);
const ch = (chapter: string) => seed('002', 4, chapter);
const ours = assumed('a stage of our own: no source gives a growth path');
const perUpload = derived(ch('README'), '100K reads a second over 1M uploads a day');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that files are taken and shown', 0.999, assumed('what AWS promises of S3 and CloudFront')),
  uploadsPerDay: figure('per day', 'files uploaded'),
  averageBytes: figure('bytes each', 'an upload on average', 50e6, derived(ch('README'), '50 TB over 1M')),
  imageBytes: figure('bytes each', 'an image', 5e6, ch('README')),
  videoBytes: figure('bytes each', 'a video on average', 500e6, assumed('eight minutes from a phone')),
  largestBytes: figure('bytes each', 'the largest video', 2e9, ch('README')),
  partBytes: figure('bytes each', 'a part of a large file', 5e6, ch('low-level-design')),
  videoVariantShare: figure(
    'ratio',
    'bytes of all renditions of a video over its own',
    0.4,
    assumed('720 and 480 lines, cut into segments'),
  ),
  imageVariantBytes: figure('bytes each', 'variants of an image', 400e3, assumed('150 x 150 and 1080 wide, as WebP and as JPEG')),
  readBytes: figure(
    'bytes each',
    'a file that is read',
    50e3,
    assumed('of ten, eight thumbnails and two medium images; a segment now and then'),
  ),
  peakFactor: figure('ratio', 'evening over the average', 3, assumed('people upload after work')),
  cdnHitRatio: figure('ratio', 'public reads answered at the edge', 0.99, ch('scaling-strategy')),
  privateShare: figure('ratio', 'files that only some may see', 0.1, assumed('drafts and messages')),
  privateReadShare: figure('ratio', 'reads of them', 0.01, assumed('each is seen by few')),
  distantShare: figure('ratio', 'bytes sent from far away', 0.2, assumed('one region serves the world')),
  imageSeconds: figure('seconds', 'to check, scan and convert an image on two vCPU', 4, assumed('1 s of ClamAV, 3 s of sharp')),
  videoSeconds: figure('seconds', 'to scan and convert a video on four vCPU', 600, assumed('a little longer than it plays')),
  yearsKept: figure('each', 'years a file is kept', 2, assumed('no source ends it')),
})
  .and({
    videoShare: figure(
      'ratio',
      'uploads that are videos',
      (w) => (w.averageBytes - w.imageBytes) / (w.videoBytes - w.imageBytes),
      derived(ch('README'), '5 MB images make an average of 50 MB only with 9 % of videos'),
    ),
    uploadsPeak: figure(
      'per second',
      'uploads at the busiest moment',
      (w) => (w.peakFactor * w.uploadsPerDay) / DAY,
      derived(ch('README'), '1M a day'),
    ),
    readsPeak: figure('per second', 'reads at the busiest moment', (w) => 0.1 * w.uploadsPerDay, perUpload),
    newBytesPerDay: figure('bytes', 'uploaded in a day', (w) => w.uploadsPerDay * w.averageBytes, ch('README')),
  })
  .and({
    redoneShare: figure('ratio', 'originals converted again, of those that come', 0.02, assumed('sizes and formats change now and then')),
    variantBytes: figure(
      'bytes each',
      'all variants of an upload',
      (w) => (1 - w.videoShare) * w.imageVariantBytes + w.videoShare * w.videoVariantShare * w.videoBytes,
      assumed('as of images and videos'),
    ),
    imagesAtOnce: figure(
      'items',
      'images worked on at the busiest moment',
      (w) => (1 - w.videoShare) * w.uploadsPeak * w.imageSeconds,
      assumed('as of the time each takes'),
    ),
  });

export default system('file-upload', {
  title: 'File upload service',
  summary:
    'Clients send straight to a bucket; what arrives is checked, scanned and converted before anybody sees it, and read through a CDN.',
  aliases: ['media-upload', 'image-upload'],
  sources: [{ seed: '002', row: 4 }],
  workload,
  headline: { peak: 'uploadsPeak' },

  stages: {
    launch: stage('300 uploads a day', ours, { uploadsPerDay: 300, availability: 0.99, yearsKept: 1 }),
    growth: stage('30K uploads a day', ours, { uploadsPerDay: 30e3 }),
    scale: stage('300K uploads a day', ours, { uploadsPerDay: 300e3 }),
    'seed-002': stage('1M uploads and 50 TB a day, 100K reads a second', ch('README'), {
      uploadsPerDay: 1e6,
      newBytesPerDay: 50e12,
      readsPeak: 100e3,
    }),
  },

  blueprint(w, b, world) {
    const uploads = rate(w.uploadsPerDay / DAY, w.uploadsPeak);
    const images = times(uploads, 1 - w.videoShare);
    const videos = times(uploads, w.videoShare);
    const reads = rate(w.readsPeak / w.peakFactor, w.readsPeak);
    // Until its variants are there an app asks for its asset every few seconds; pages ask for lists of them: assumed.
    const lookups = times(uploads, 20);

    b.oneMachineUntil(
      [atLeast('availability', world.availability, 0.999, assumed('43 minutes a month')), 'a lost machine must not refuse uploads'],
      [
        above('videos a day', world.videoShare * world.uploadsPerDay, 100, assumed('100 x 600 s fill four vCPU')),
        'videos fill one machine',
      ],
    );

    const api = b.service('upload-api', {
      does: 'tokens, quotas, pre-signed addresses; starts and completes multipart uploads; state and variants of an asset',
      tier: 'web',
      perPod: { requestsPerSecond: capacity(300, assumed('one short transaction and a signature on half a vCPU')) },
      pod: pod(0.5, 0.5),
    });
    const assets = b.relational('assets', {
      holds: 'assets by random id with state and variants, quotas by user, in monthly partitions',
      engine: 'postgres',
      strongReads: true,
      bytes: 2e3 * w.uploadsPerDay * 365 * w.yearsKept,
      hotBytes: capacity(1e9 + 3 * 2e3 * w.uploadsPerDay, assumed('assets of three days with their indexes, and 1 GB for the server')),
      queriesPerVcpu: capacity(375, assumed('short transactions; marketplace (000#1 ch06) measures 3000/s on 8 vCPU')),
      pitrDays: 35,
    });
    const front = b.front('web', { layer: 7 });
    front.routesTo(api, times(uploads, 2), { sends: 1e3, returns: 2e3 }).routesTo(api, lookups, { returns: 2e3 });
    api.reads(assets, sum([lookups, times(uploads, 2)]), { returns: 2e3 }).writes(assets, times(uploads, 2), { sends: 1e3 });

    // The three buckets of the source, by whom they trust; what was sent is kept apart from what is shown.
    const direct = b.decide('large files', [
      when(
        above('bytes of the largest file', world.largestBytes, 100e6, ch('low-level-design')),
        'in parts of 5 MB',
        'of a transfer that breaks only the missing parts are sent again',
        () => times(videos, w.videoBytes / w.partBytes),
      ),
      otherwise('in one piece', 'a file is sent in seconds', () => videos),
      reject('through the API', 'it would carry 579 MB a second', text),
      reject('base64', 'a third more bytes', text),
      reject('a POST with a policy', 'it bounds the size, but takes one piece of 5 GB at most', ch('api-contracts')),
    ]);
    const accelerated = b.decide('distant clients', [
      when(
        above('bytes sent from far away', world.distantShare, 0, ch('scaling-strategy')),
        'Transfer Acceleration for those who gain',
        'half as fast again to four times as fast, into one bucket',
        () => ({ share: w.distantShare, elsewhere: 0.5 }),
      ),
      otherwise('to the region itself', 'it is near', () => undefined),
      reject(
        'a bucket in each region',
        'half the price for each byte, for a second copy of everything that works on them',
        assumed('transfer between regions is 0.02 USD a GB, acceleration 0.04 to 0.08'),
      ),
    ]);
    const ingest = b.objectStore('ingest', {
      holds: 'untrusted uploads, for a day; unfinished ones for seven',
      bytes: w.newBytesPerDay,
      objectBytes: w.averageBytes,
      versioned: false,
      lifecycle: [{ afterDays: 1, to: 'delete' }],
      accelerated,
    });
    const days = 365 * w.yearsKept;
    const originals = b.decide('originals', [
      otherwise('Deep Archive after a month', 'read once more when sizes change, by a batch that can wait for hours', () =>
        b.objectStore('originals', {
          holds: 'originals that passed',
          bytes: w.newBytesPerDay * days,
          objectBytes: w.averageBytes,
          versioned: false,
          lifecycle: [{ afterDays: 30, to: 'deep archive' }],
          coldShare: { 'deep archive': 1 - 30 / days },
        }),
      ),
      reject('Standard-IA until a year has passed', 'twelve times the price, for bytes that nobody is shown', ch('scaling-strategy')),
      reject('none: the variants do', 'sizes and formats change, and a variant of a variant looks it', text),
    ]);
    const shown = w.uploadsPerDay * w.variantBytes;
    // An image has four files, a video a segment for each 4 MB.
    const files = times(uploads, (1 - w.videoShare) * 4 + (w.videoShare * w.videoVariantShare * w.videoBytes) / 4e6);
    const fileBytes = (uploads.average * w.variantBytes) / files.average;
    const lifecycle = b.decide('variants nobody asks for', [
      otherwise(
        'Standard-IA after 90 days, Glacier Instant Retrieval after a year',
        'a miss of the CDN is answered in milliseconds at any age',
        () => ({
          lifecycle: [
            { afterDays: 90, to: 'infrequent access' },
            { afterDays: 365, to: 'instant archive' },
          ] as const,
          coldShare: { 'infrequent access': 275 / days, 'instant archive': Math.max(0, days - 365) / days },
        }),
      ),
      reject('Deep Archive after a year', 'restoring takes hours, and whoever opens an old page sees nothing', ch('scaling-strategy')),
      reject(
        'Intelligent-Tiering',
        'bills each object, and half of them are thumbnails it leaves where they are',
        assumed('objects below 128 KB'),
      ),
    ]);
    const variants = { objectBytes: fileBytes, versioned: false, ...lifecycle };
    const open = b.objectStore('public', { ...variants, holds: 'variants, cached for a year', bytes: (1 - w.privateShare) * shown * days });
    const closed = b.objectStore('private', {
      ...variants,
      holds: 'variants that only some may see',
      bytes: w.privateShare * shown * days,
    });
    b.clients.writes(ingest, sum([images, direct]), {
      sends: (uploads.average * w.averageBytes) / (images.average + direct.average),
      returns: 0,
    });
    // Its permission is what the addresses are signed with.
    api.writes(ingest, times(videos, 2));

    // From arrival to asset.
    const arrived = b
      .queue('arrived', { holds: 'new objects', maxReceives: 3, visibilitySeconds: 6 * MINUTE })
      .alarm('oldest message', 5 * MINUTE, assumed('the person who sent it is waiting'));
    ingest.publishes(arrived, uploads, { sends: 1e3 });
    const results = b.queue('results', { holds: 'states and variants of assets', maxReceives: 10 });
    const toConvert = b
      .queue('videos', { holds: 'videos to scan and convert', maxReceives: 3, visibilitySeconds: 2 * HOUR })
      .alarm('oldest message', 2 * HOUR, assumed('the evening is worked off by midnight'));
    const signatures = b.objectStore('signatures', { holds: 'ClamAV signatures', bytes: 300e6, objectBytes: 300e6 });
    const clamav = b.external('clamav', { does: 'signatures of malware', host: 'database.clamav.net', source: ch('failure-handling') });
    b.function('refresh-signatures', {
      does: 'fetches signatures of malware',
      memoryBytes: 2 * GIB,
      seconds: capacity(30, assumed('fetches and checks 300 MB')),
      schedule: '15 * * * *',
    })
      .calls(clamav, steady(1 / HOUR), { returns: 10e6 })
      .writes(signatures, steady(1 / HOUR), { sends: 300e6 });

    const does = 'magic bytes, ClamAV, variants without EXIF; infected ones are deleted, videos passed on';
    const intake = b.decide('images', [
      when(
        above('images worked on at once', world.imagesAtOnce, 1000, ch('scaling-strategy')),
        'pods',
        'past a thousand runs at once images would wait',
        () =>
          b.worker('intake', does, capacity(1 / w.imageSeconds, assumed('one image after the other')), {
            tier: 'images',
            pod: pod(2, 3),
            queueDepthPerPod: capacity(10, assumed('nobody waits longer than a minute')),
          }),
      ),
      otherwise('Lambda', 'from none to a thousand at once, and none at night', () =>
        b.function('intake', {
          does,
          memoryBytes: 3 * GIB,
          seconds: capacity(
            w.imageSeconds * (1 - w.videoShare) + 0.3 * w.videoShare,
            assumed('of a video its first kilobytes are looked at'),
          ),
          timeoutSeconds: MINUTE,
        }),
      ),
      reject('scanning by an API of another company', 'every upload of every user would leave', assumed('ClamAV is free and fast enough')),
    ]);
    const redone = (of: Rate) => steady(w.redoneShare * of.average);
    const made = sum([images, redone(images)]);
    intake
      .consumes(arrived, sum([uploads, redone(images)]))
      .reads(originals, redone(images), { returns: w.imageBytes })
      .reads(ingest, images, { returns: w.imageBytes })
      .reads(ingest, videos, { returns: 64e3 })
      // Signatures are in memory while a run is followed by the next.
      .reads(signatures, times(images, 0.01), { returns: 300e6 })
      .writes(open, times(made, 4 * (1 - w.privateShare)), { sends: w.imageVariantBytes / 4 })
      .writes(closed, times(made, 4 * w.privateShare), { sends: w.imageVariantBytes / 4 })
      .writes(originals, images, { sends: 500 })
      // One in a thousand is infected or no image: assumed.
      .writes(ingest, times(images, 0.001), { sends: 200 })
      .publishes(results, made)
      .publishes(toConvert, videos);

    // The queue takes the evening: what comes then is converted until midnight.
    const oneByOne = capacity(1 / w.videoSeconds, assumed('one after the other, on four vCPU'));
    const converted = rate(videos.average, Math.min(videos.peak, 1.3 * videos.average));
    const converter = (tier: string, interruptible: boolean) =>
      b.worker('video-converter', 'ClamAV and ffmpeg, 720 and 480 lines in segments', oneByOne, {
        tier,
        interruptible,
        // The largest video, 2 GB, with its renditions.
        pod: { ...pod(3.8, 6, assumed('an eighth of a machine of 32 vCPU, less what the node takes')), scratchBytes: 4 * GIB },
        podsAtLeast: 1,
        queueDepthPerPod: capacity(3, assumed('half an hour of its work')),
      });
    const convert = b.decide('videos', [
      when(
        above('videos a day', world.videoShare * world.uploadsPerDay, 100, assumed('one pod is busy all day')),
        'ffmpeg on Spot machines',
        'nobody waits at a screen; what is taken back is converted again',
        () => converter('video', true),
      ),
      otherwise('ffmpeg beside the API', 'a few an hour', () => converter('web', false)),
      reject(
        'Lambda',
        'ends after 15 minutes; 2 GB take 40',
        docs('AWS docs, Lambda quotas', '2026-11-22', 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html'),
      ),
      reject('MediaConvert', 'billed by the minute of each rendition, several times the price of Spot machines', assumed('list prices')),
    ]);
    const segments = (w.videoVariantShare * w.videoBytes) / 4e6;
    const madeVideos = sum([converted, redone(videos)]);
    convert
      .consumes(toConvert, madeVideos)
      .reads(originals, redone(videos), { returns: w.videoBytes })
      .reads(ingest, converted, { returns: w.videoBytes })
      .reads(signatures, times(converted, 0.1), { returns: 300e6 })
      .writes(open, times(madeVideos, segments * (1 - w.privateShare)), { sends: 4e6 })
      .writes(closed, times(madeVideos, segments * w.privateShare), { sends: 4e6 })
      .writes(originals, converted, { sends: 500 })
      .writes(ingest, times(converted, 0.001), { sends: 200 })
      .publishes(results, madeVideos, { sends: 20e3 });

    b.job('reconvert', {
      does: 'restores originals whose variants are to be made anew and queues them',
      tier: 'workers',
      schedule: '0 1 * * 6',
      pod: pod(0.1, 0.25),
      source: assumed('once a week is soon enough'),
    })
      .reads(assets, steady(1e-3), { returns: 100e3 })
      .publishes(arrived, redone(images), { sends: 1e3 })
      .publishes(toConvert, redone(videos), { sends: 1e3 });

    b.decide('who writes the state', [
      otherwise('a worker behind a queue', 'a thousand runs at once would open a thousand connections', () => {
        const finished = sum([made, madeVideos]);
        b.worker('asset-writer', 'state and variants of assets; flags who sent malware', capacity(200, assumed('one transaction each')))
          .consumes(results, finished, { returns: 2e3 })
          .writes(assets, finished, { sends: 2e3 });
      }),
      reject('functions themselves', 'through a proxy, for a write that nobody waits for', assumed('RDS Proxy is billed by vCPU')),
    ]);
    b.job('sweeper', {
      does: 'marks as failed what is out of deliveries: images after 20 minutes, videos after six hours',
      tier: 'workers',
      schedule: '*/15 * * * *',
      pod: pod(0.1, 0.125),
      source: ch('failure-handling'),
    })
      .reads(assets, steady(1 / (15 * MINUTE)), { returns: 100e3 })
      .writes(assets, times(uploads, 0.001));

    // What people see.
    const openReads = times(reads, 1 - w.privateReadShare);
    const closedReads = times(reads, w.privateReadShare);
    const cdn = b.edge('cdn', { serves: 'public variants, immutable', ttlSeconds: 365 * DAY, hitRatio: w.cdnHitRatio });
    b.clients.routesTo(cdn, openReads, { returns: w.readBytes });
    cdn.reads(open, times(openReads, 1 - w.cdnHitRatio), { returns: w.readBytes });
    b.decide('files that only some may see', [
      otherwise('from their bucket, by signed addresses of an hour', 'access ends within the hour; each is asked for once or twice', () => {
        // Its permission is what the addresses are signed with.
        api.reads(closed, times(closedReads, 0.001), { soft: true });
        b.clients.reads(closed, closedReads, { returns: w.readBytes });
      }),
      reject('random names in the public bucket', 'an address that leaks opens a file for ever', text),
      reject('signed addresses of a CDN', 'keys of its own to keep and to change, and few hits to gain', text),
    ]);
  },

  claims: [
    claim('upload-rate', 'seed-002', 'uploads a second, average', 11.6, 'per second', derived(ch('README'), '1M a day')).against(
      (e) => e.figure('uploadsPerDay') / DAY,
      '1M over 86,400 s; three times as many in the evening (assumed).',
    ),
    claim('image', 'seed-002', 'bytes of an upload', 5e6, 'bytes', ch('README')).against(
      (e) => e.figure('newBytesPerDay') / e.figure('uploadsPerDay'),
      '50 TB over 1M are 50 MB: images of 5 MB need a video of 500 MB among eleven uploads.',
    ),
    claim(
      'origin',
      'seed-002',
      'reads of the buckets a second',
      1e3,
      'per second',
      derived(ch('README, scaling-strategy'), '1 % of 100K'),
    ).against(
      (e) => e.figure('readsPeak') * (1 - (1 - e.figure('privateReadShare')) * e.figure('cdnHitRatio')),
      'Of public reads 990 miss; a thousand are of private files, which pass no CDN.',
    ),
    claim('parts', 'seed-002', 'parts of the largest video', 400, 'parts', derived(ch('low-level-design'), '2 GB of 5 MB')).against(
      (e) => e.figure('largestBytes') / e.figure('partBytes'),
      'The same arithmetic; S3 takes 10,000.',
    ),
    claim('concurrency', 'seed-002', 'images worked on at once', 1000, 'runs', ch('scaling-strategy')).against(
      (e) => e.figure('imagesAtOnce'),
      '32 images a second at the evening peak, 4 s each; a thousand is the bound, not the need.',
    ),
    claim('hit-ratio', 'seed-002', 'reads answered at the edge', 0.99, 'ratio', ch('scaling-strategy')).against(
      (e) => (1 - e.figure('privateReadShare')) * e.figure('cdnHitRatio'),
      'Public files are immutable for a year; private ones pass no CDN (one read of a hundred, assumed).',
    ),
  ],
});
