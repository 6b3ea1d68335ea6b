import { Match } from 'aws-cdk-lib/assertions';
import { synthesized, templateOf } from './synthesized';
import { tinyPlan } from './tiny-shop';

const edgeOf = (stage: string) => templateOf(synthesized(tinyPlan(stage)), 'us-east-1-edge');
const below = (label: string) => ({ 'Fn::Join': ['', [`${label}.`, { Ref: 'DomainName' }]] });

interface Behaviour {
  PathPattern: string;
}

describe('before a cluster', () => {
  const template = edgeOf('zones');

  test('passes requests to the balancer by its origin name and files to the bucket', () => {
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: [{ Ref: 'DomainName' }],
        Origins: [Match.objectLike({ Id: 'server-0', DomainName: below('front-origin') }), Match.objectLike({ Id: 'bucket-1' })],
        DefaultCacheBehavior: Match.objectLike({ TargetOriginId: 'server-0' }),
        CacheBehaviors: [Match.objectLike({ PathPattern: '/images/*', TargetOriginId: 'bucket-1' })],
        WebACLId: Match.anyValue(),
      },
    });
  });

  test('names the domain, the origin and the other entry', () => {
    const records = Object.values(template.findResources('AWS::Route53::RecordSet')).map(({ Properties }) => [
      Properties.Type,
      Properties.Name,
    ]);
    const domain = { Ref: 'DomainName' };
    expect(records).toEqual(
      expect.arrayContaining([
        ['A', domain],
        ['AAAA', domain],
        ['A', below('front-origin')],
        ['A', below('lines')],
      ]),
    );
    expect(records).toHaveLength(4);
  });

  test('refuses addresses at the rate the system asks for', () => {
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Rules: Match.arrayWith([Match.objectLike({ Statement: { RateBasedStatement: Match.objectLike({ Limit: 500 }) } })]),
    });
  });
});

test('before one machine that it does not pass requests to, it answers everything from the bucket', () => {
  edgeOf('box').hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Aliases: [below('cdn')],
      DefaultCacheBehavior: Match.objectLike({ TargetOriginId: 'bucket-0' }),
      CacheBehaviors: [],
    },
  });
});

test('buckets of several cells answer paths of their own', () => {
  const { cells } = tinyPlan('cells').deployments[0]!;
  const [distribution] = Object.values(edgeOf('cells').findResources('AWS::CloudFront::Distribution'));
  const paths = (distribution!.Properties.DistributionConfig.CacheBehaviors as Behaviour[]).map(({ PathPattern }) => PathPattern);
  expect(paths).toEqual(Array.from({ length: cells }, (_, i) => `/images/us-east-1/${i + 1}/*`));
});

test('bills the traffic of all cells on the one distribution', () => {
  const { deployments } = tinyPlan('cells');
  const [distribution] = Object.values(edgeOf('cells').findResources('AWS::CloudFront::Distribution'));
  const perCell = deployments[0]!.parts.find(({ id }) => id === 'cdn')!.load.requests.average;
  expect(distribution!.Metadata!['scaleprint:usage'].httpsRequestsPerMonth).toBeCloseTo(perCell * deployments[0]!.cells * 730 * 3600);
});

test('each cell has a name of its own beside the one that all of them answer', () => {
  const { cells } = tinyPlan('cells').deployments[0]!;
  const records = Object.values(edgeOf('cells').findResources('AWS::Route53::RecordSet')).map(({ Properties }) => Properties);
  const named = (label: string) => records.filter(({ Name }) => JSON.stringify(Name) === JSON.stringify(below(label)));
  expect(named('lines').map(({ Weight }) => Weight)).toEqual(Array(cells).fill(1));
  for (let cell = 1; cell <= cells; cell += 1) expect(named(`lines-us-east-1-cell${cell}`)).toHaveLength(1);
});
