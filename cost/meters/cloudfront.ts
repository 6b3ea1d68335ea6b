import { perMillion } from '../charges';
import { Unpriceable } from '../meter';
import type { Charge, Meter } from '../meter';

const HOME_GEOGRAPHY = 'US, Mexico, Canada';

/** Usage figure that sends a share (0 to 1) of the viewers to another geography of the price book: `shareOf:Europe, Israel`. */
const SHARE_PREFIX = 'shareOf:';

/**
 * Amazon CloudFront, pay as you go: HTTPS requests and GB to viewers, GB to the origin; priced by where viewers are, North
 * America unless usage holds `shareOf:` figures. The account's free GB and requests are the estimate's to apply.
 * https://aws.amazon.com/cloudfront/pricing/
 */
const distribution: Meter<'AWS::CloudFront::Distribution'> = {
  type: 'AWS::CloudFront::Distribution',
  needs: ['httpsRequestsPerMonth', 'outGbPerMonth'],
  charges(_, usage) {
    const { httpsRequestsPerMonth = 0, outGbPerMonth = 0, originUploadGbPerMonth = 0 } = usage;
    return geographies(usage as Record<string, number>).flatMap(([geography, share]) => {
      const part = (dimension: string, amount: number, unit: string, per: number): Charge => ({
        dimension: `${dimension}, ${geography}`,
        quantity: (amount * share) / per,
        unit,
        price: { service: 'CloudFront', dimension, spec: geography },
        formula: `${amount.toLocaleString('en-US')} x ${share * 100} %${per > 1 ? ` / ${per.toLocaleString('en-US')}` : ''}`,
      });
      return [
        part('HTTPS requests', httpsRequestsPerMonth, '10k requests', 10_000),
        part('data transfer out to internet', outGbPerMonth, 'GB', 1),
        part('data transfer out to origin', originUploadGbPerMonth, 'GB', 1),
      ];
    });
  },
};

/** CloudFront Functions, by invocation. */
const edgeFunction: Meter = {
  type: 'AWS::CloudFront::Function',
  needs: ['invocationsPerMonth'],
  charges: (_, { invocationsPerMonth = 0 }) => [
    perMillion(
      'function invocations',
      invocationsPerMonth,
      'invocations',
      { service: 'CloudFront', dimension: 'function invocations' },
      '1M invocations',
    ),
  ],
};

export const cloudfrontMeters: Meter[] = [distribution, edgeFunction];

function geographies(usage: Record<string, number>): [geography: string, share: number][] {
  const stated = Object.entries(usage).flatMap(([figure, share]): [string, number][] =>
    figure.startsWith(SHARE_PREFIX) ? [[figure.slice(SHARE_PREFIX.length), share]] : [],
  );
  const rest = 1 - stated.reduce((sum, [, share]) => sum + share, 0);
  if (rest < -1e-9) throw new Unpriceable(`the shareOf: figures add up to ${1 - rest}; up to 1 can be priced`);
  return rest > 1e-9 ? [[HOME_GEOGRAPHY, rest], ...stated] : stated;
}
