import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { LoadBalancer, type LoadBalancerProps } from '../../constructs/load-balancer';
import { watchBalancers, watchTarget } from '../../constructs/load-balancer-metrics';

const given: LoadBalancerProps = {
  layer: 7,
  vpcId: 'vpc-1',
  subnetIds: ['subnet-1', 'subnet-2'],
  securityGroupId: 'sg-1',
  certificateArn: 'arn:certificate',
  targets: ['shop'],
  targetPort: 8080,
  healthPath: '/healthz',
};

function make(props: Partial<LoadBalancerProps> = {}) {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  const balancer = new LoadBalancer(stack, 'web', { ...given, ...props });
  return { balancer, stack, template: Template.fromStack(stack) };
}

const attributes = (values: Record<string, string>) => Match.arrayWith(Object.entries(values).map(([Key, Value]) => ({ Key, Value })));

describe('at layer 7', () => {
  test('speaks TLS 1.3 and sends plain HTTP there', () => {
    const { template } = make();
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: Match.stringLikeRegexp('TLS13'),
      Certificates: [{ CertificateArn: 'arn:certificate' }],
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 80,
      DefaultActions: [Match.objectLike({ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' } })],
    });
    make({ redirectsHttp: false }).template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
  });

  test('drops invalid headers, keeps idle connections as long as asked, and cannot be deleted by mistake', () => {
    make({ idleSeconds: 120 }).template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Type: 'application',
      Scheme: 'internet-facing',
      LoadBalancerAttributes: attributes({
        'deletion_protection.enabled': 'true',
        'idle_timeout.timeout_seconds': '120',
        'routing.http.drop_invalid_header_fields.enabled': 'true',
      }),
    });
    make({ disposable: true }).template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      LoadBalancerAttributes: attributes({ 'deletion_protection.enabled': 'false' }),
    });
  });

  test('gives further targets the paths below their names', () => {
    const { template } = make({ targets: ['shop', 'admin'] });
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerRule', 1);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/admin', '/admin/*'] } }],
    });
  });

  test('registers addresses of pods and lets removed ones finish', () => {
    make({ drainSeconds: 45 }).template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      TargetType: 'ip',
      Protocol: 'HTTP',
      Port: 8080,
      HealthCheckPath: '/healthz',
      TargetGroupAttributes: attributes({ 'deregistration_delay.timeout_seconds': '45' }),
    });
  });

  test('shows what it and its targets do', () => {
    const { balancer } = make();
    const watched = watchBalancers([balancer]);
    expect(watched.metric('latency p99')).toHaveLength(1);
    expect(watchTarget([balancer], 'shop').metric('error share')).toHaveLength(1);
    expect(() => watched.metric('evictions')).toThrow('no metric for "evictions"; it has latency p99, error share, connections');
  });
});

describe('at layer 4', () => {
  test('ends TLS on a port for each target and stays within its zone', () => {
    const { template } = make({ layer: 4, targets: ['chat', 'devices'] });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Type: 'network',
      LoadBalancerAttributes: attributes({ 'load_balancing.cross_zone.enabled': 'false' }),
    });
    const listeners = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::Listener')).map(
      ({ Properties }) => `${Properties.Protocol} ${Properties.Port}`,
    );
    expect(listeners).toEqual(['TLS 443', 'TLS 444']);
    template.allResourcesProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { Protocol: 'TCP', TargetType: 'ip' });
  });

  describe('with ports of its own', () => {
    const mail = { port: 25, protocol: 'tcp', target: 'mta-25', targetPort: 10_025, proxyProtocol: true } as const;
    const mailboxes = { port: 993, protocol: 'tls', target: 'imap-993', targetPort: 10_993 } as const;
    const calls = { port: 5000, protocol: 'udp', target: 'calls-5000', targetPort: 5000 } as const;
    const { template } = make({ layer: 4, targets: [], listeners: [mail, mailboxes, calls] });
    const group = (properties: object) => template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', properties);

    test('speaks the protocol of each, and ends TLS where that is the protocol', () => {
      const listeners = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::Listener')).map(
        ({ Properties: p }) => `${p.Protocol} ${p.Port}${p.Certificates ? ' with a certificate' : ''}`,
      );
      expect(listeners).toEqual(['TCP 25', 'TLS 993 with a certificate', 'UDP 5000']);
    });

    test('asks pods at their usual port whether they are well, but whoever expects a PROXY header at that port', () => {
      group({ Port: 10_993, Protocol: 'TCP', HealthCheckProtocol: 'HTTP', HealthCheckPort: '8080', HealthCheckPath: '/healthz' });
      group({ Port: 5000, Protocol: 'UDP', HealthCheckProtocol: 'HTTP', HealthCheckPort: '8080' });
      group({ Port: 10_025, HealthCheckProtocol: 'TCP', HealthCheckPort: Match.absent(), HealthCheckPath: Match.absent() });
    });

    test("tells the client's address only where that is asked for, and never sets what AWS has fixed for UDP", () => {
      const told = (port: number) => {
        const [found] = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::TargetGroup', { Properties: { Port: port } }));
        return (found!.Properties.TargetGroupAttributes as { Key: string; Value: string }[]).map(({ Key, Value }) => `${Key}=${Value}`);
      };
      expect(told(10_025)).toEqual(expect.arrayContaining(['proxy_protocol_v2.enabled=true', 'preserve_client_ip.enabled=false']));
      expect(told(10_993).filter((attribute) => attribute.startsWith('proxy'))).toEqual([]);
      expect(told(5000)).toEqual(['deregistration_delay.timeout_seconds=30']);
    });

    test.each([
      [{ listeners: [mail] }, 'listeners cannot be set at layer 7'],
      [{ layer: 4, listeners: [mail, { ...calls, port: 25 }] }, 'port 25 is taken twice'],
      [{ layer: 4, listeners: [{ ...mail, port: 443 }] }, 'port 443 is taken twice'],
      [{ layer: 4, listeners: [{ ...calls, proxyProtocol: true }] }, 'proxyProtocol cannot be set for UDP'],
      [{ layer: 4, listeners: [{ ...calls, port: 70_000 }] }, 'port is 70000; it takes a whole number from 1 to 65535'],
    ] as const)('refuses %j', (props, message) => {
      expect(() => make(props)).toThrow(message);
    });
  });

  test('knows nothing of single requests', () => {
    const { balancer } = make({ layer: 4 });
    expect(() => watchBalancers([balancer]).metric('latency p99')).toThrow('it has error share, connections');
    expect(() => watchTarget([balancer], 'shop').metric('latency p99')).toThrow('it has none');
  });
});

describe('several that share a name', () => {
  const expressions = (layer: 4 | 7, count: number, watched: 'error share' | 'connections' | 'latency p99') => {
    const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
    const balancers = Array.from({ length: count }, (_, i) => new LoadBalancer(stack, `web-${i}`, { ...given, layer }));
    return watchBalancers(balancers)
      .metric(watched)
      .map((m) => m.toMetricConfig().mathExpression?.expression);
  };

  test('show the worst of them, and connections as if all were like the fullest', () => {
    expect(expressions(7, 2, 'latency p99')).toEqual(['MAX([m0, m1])']);
    expect(expressions(7, 2, 'error share')).toEqual(['MAX([(FILL(m0, 0) + FILL(m1, 0)) / m2, (FILL(m3, 0) + FILL(m4, 0)) / m5])']);
    expect(expressions(4, 3, 'connections')).toEqual(['MAX([m0, m1, m2]) * 3']);
  });

  test('share out to as many alarms as their metrics need, under names that one graph can hold', () => {
    expect(expressions(4, 12, 'connections')).toEqual(['MAX([m0, m1, m2, m3, m4, m5, m6, m7, m8, m9]) * 12', 'MAX([m10, m11]) * 12']);
    expect(expressions(7, 4, 'error share')).toHaveLength(2);
  });

  test('one shows its metrics as they are', () => {
    expect(expressions(4, 1, 'connections')).toEqual([undefined]);
    expect(expressions(4, 1, 'error share')).toEqual(['m0 / m1']);
  });
});

test.each([
  [{ targets: [] }, 'targets is empty; it takes at least one'],
  [{ subnetIds: ['subnet-1'] }, 'subnetIds has 1 entries; it takes at least 2'],
  [{ drainSeconds: 4000 }, 'drainSeconds is 4000; it takes a whole number from 0 to 3600'],
  [{ layer: 4, idleSeconds: 60 }, 'idleSeconds cannot be set at layer 4; TLS listeners keep 350'],
] as const)('refuses %j', (props, message) => {
  expect(() => make(props)).toThrow(message);
});
