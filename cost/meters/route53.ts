import { monthly, perMillion, withoutZeros } from '../charges';
import type { Meter, PriceKey } from '../meter';
import { flagAt, numberAt, property, textAt } from '../property';
import type { Resource } from '../template';

const route53 = (dimension: string, spec?: string): PriceKey => ({ service: 'Route53', dimension, spec });

/** Amazon Route 53 zones and their queries; queries of alias records to AWS resources are free and not counted. https://aws.amazon.com/route53/pricing/ */
const hostedZone: Meter<'AWS::Route53::HostedZone'> = {
  type: 'AWS::Route53::HostedZone',
  needs: ['standardQueriesPerMonth', 'latencyQueriesPerMonth'],
  charges: (_, { standardQueriesPerMonth = 0, latencyQueriesPerMonth = 0 }) => [
    monthly('hosted zone', 1, '1 zone', route53('hosted zone'), 'zone-month'),
    perMillion('standard queries', standardQueriesPerMonth, 'queries', route53('standard queries'), '1M queries'),
    perMillion('latency based queries', latencyQueriesPerMonth, 'queries', route53('latency based queries'), '1M queries'),
  ],
};

/** Health checks and their optional features: HTTPS, string matching, fast interval and latency measurement. */
const healthCheck: Meter = {
  type: 'AWS::Route53::HealthCheck',
  needs: [],
  charges(check) {
    const features = optionalFeatures(check);
    const endpoint = endpointOf(check);
    return [
      monthly(`health check, ${endpoint}`, 1, '1 check', route53('health check', endpoint), 'check-month'),
      ...withoutZeros([
        monthly(
          'health check options',
          features.length,
          features.join(', '),
          route53('health check optional feature', endpoint),
          'feature-month',
        ),
      ]),
    ];
  },
};

export const route53Meters: Meter[] = [hostedZone, healthCheck];

const config = (name: string) => `HealthCheckConfig.${name}`;

/** A name that another resource gives, and checks of checks and alarms, count as AWS endpoints; a literal name may be anywhere and takes the higher price. */
function endpointOf(check: Resource): 'AWS endpoint' | 'non-AWS endpoint' {
  const watches = textAt(check, config('Type'));
  const literal = ['FullyQualifiedDomainName', 'IPAddress'].some((name) => typeof property(check, config(name)) === 'string');
  return literal && watches !== 'CALCULATED' && watches !== 'CLOUDWATCH_METRIC' ? 'non-AWS endpoint' : 'AWS endpoint';
}

function optionalFeatures(check: Resource): string[] {
  const type = textAt(check, config('Type'));
  const used: Record<string, boolean> = {
    HTTPS: type.startsWith('HTTPS'),
    'string matching': type.endsWith('_STR_MATCH'),
    'fast interval': numberAt(check, config('RequestInterval'), 30) === 10,
    'latency measurement': flagAt(check, config('MeasureLatency')),
  };
  return Object.keys(used).filter((feature) => used[feature]);
}
