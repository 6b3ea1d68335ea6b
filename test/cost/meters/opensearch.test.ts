import { opensearchMeters } from '../../../cost/meters/opensearch';
import { bill } from './bill';

const domain = (ClusterConfig: object, EBSOptions?: object) => ({
  Search: { Type: 'AWS::OpenSearchService::Domain', Properties: { ClusterConfig, ...(EBSOptions && { EBSOptions }) } },
});

describe('OpenSearch', () => {
  test('nodes of each role, gp3 above its baseline, and manual snapshots', () => {
    const nodes = {
      InstanceCount: 3,
      InstanceType: 'r7g.large.search',
      DedicatedMasterEnabled: true,
      DedicatedMasterCount: 3,
      DedicatedMasterType: 'm7g.medium.search',
      WarmEnabled: true,
      WarmCount: 2,
      WarmType: 'ultrawarm1.medium',
    };
    const volumes = { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 500, Iops: 6000, Throughput: 250 };
    expect(bill(opensearchMeters, 'Search', domain(nodes, volumes), { snapshotGb: 1000 })).toEqual([
      'data node r7g.large.search: 3 data nodes x 730 h = 2190 hour at 0.178 = 389.82',
      'dedicated master m7g.medium.search: 3 dedicated masters x 730 h = 2190 hour at 0.068 = 148.92',
      'UltraWarm node ultrawarm1.medium: 2 UltraWarm nodes x 730 h = 1460 hour at 0.238 = 347.48',
      'EBS storage gp3: 3 data nodes x 500 GB = 1500 GB-month at 0.122 = 183',
      'EBS provisioned IOPS gp3: 3 data nodes x (6000 - 3000 included) IOPS = 9000 IOPS-month at 0.008 = 72',
      'EBS provisioned throughput gp3: 3 data nodes x (250 - 125 included) MiB/s = 375 MiBps-month at 0.064 = 24',
      'manual snapshots in S3: 1,000 GB of snapshots = 1000 GB-month at 0.023 then 0.022 then 0.021 = 23',
    ]);
  });

  test('the gp3 baseline, masters that are switched off and no volumes cost nothing', () => {
    const off = {
      InstanceType: 't3.small.search',
      DedicatedMasterEnabled: false,
      DedicatedMasterCount: 3,
      DedicatedMasterType: 'm7g.medium.search',
    };
    const node = 'data node t3.small.search: 1 data nodes x 730 h = 730 hour at 0.036 = 26.28';
    expect(
      bill(opensearchMeters, 'Search', domain(off, { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 10, Iops: 3000, Throughput: 125 })),
    ).toEqual([node, 'EBS storage gp3: 1 data nodes x 10 GB = 10 GB-month at 0.122 = 1.22']);
    expect(bill(opensearchMeters, 'Search', domain(off, { EBSEnabled: false }))).toEqual([node]);
  });

  test('io1 pays all of its IOPS', () => {
    const volumes = { EBSEnabled: true, VolumeType: 'io1', VolumeSize: 100, Iops: 1000 };
    expect(bill(opensearchMeters, 'Search', domain({ InstanceType: 'r7g.large.search', InstanceCount: 2 }, volumes))).toContain(
      'EBS provisioned IOPS io1: 2 data nodes x (1000 - 0 included) IOPS = 2000 IOPS-month at 0.088 = 176',
    );
  });

  test('an unknown instance type has no price', () => {
    expect(bill(opensearchMeters, 'Search', domain({ InstanceType: 'z9.large.search', InstanceCount: 2 }))).toEqual([
      'data node z9.large.search: 2 data nodes x 730 h = 1460 hour at no price',
    ]);
  });
});
