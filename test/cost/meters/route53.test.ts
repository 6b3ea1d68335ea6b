import { route53Meters } from '../../../cost/meters/route53';
import { bill } from './bill';

const check = (HealthCheckConfig: object) => ({ It: { Type: 'AWS::Route53::HealthCheck', Properties: { HealthCheckConfig } } });

test('a zone pays itself and its queries, more cheaply beyond a billion', () => {
  // 1,000 M x 0.40 + 500 M x 0.20; 10 M x 0.60
  expect(
    bill(
      route53Meters,
      'It',
      { It: { Type: 'AWS::Route53::HostedZone' } },
      { standardQueriesPerMonth: 1.5e9, latencyQueriesPerMonth: 10e6 },
    ),
  ).toEqual([
    'hosted zone: 1 zone = 1 zone-month at 0.5 then 0.1 = 0.5',
    'standard queries: 1,500,000,000 queries / 1M = 1500 1M queries at 0.4 then 0.2 = 500',
    'latency based queries: 10,000,000 queries / 1M = 10 1M queries at 0.6 then 0.3 = 6',
  ]);
});

describe('health checks', () => {
  test('of a name that may be anywhere pay more, and for each option', () => {
    expect(bill(route53Meters, 'It', check({ Type: 'HTTPS', FullyQualifiedDomainName: 'example.com', RequestInterval: 10 }))).toEqual([
      'health check, non-AWS endpoint: 1 check = 1 check-month at 0.75 = 0.75',
      'health check options: HTTPS, fast interval = 2 feature-month at 2 = 4',
    ]);
  });

  test('of an AWS resource pay less', () => {
    const FullyQualifiedDomainName = { 'Fn::GetAtt': ['Alb', 'DNSName'] };
    expect(bill(route53Meters, 'It', check({ Type: 'HTTP_STR_MATCH', FullyQualifiedDomainName, MeasureLatency: true }))).toEqual([
      'health check, AWS endpoint: 1 check = 1 check-month at 0.5 = 0.5',
      'health check options: string matching, latency measurement = 2 feature-month at 1 = 2',
    ]);
  });
});
