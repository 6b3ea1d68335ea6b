import { aws_elasticloadbalancingv2 as elbv2, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { requireInRange } from './in-range';

/** A port of a balancer at layer 4. */
export interface BalancerListener {
  readonly port: number;
  /** What clients speak. TLS ends here; TCP and UDP pass as they are. */
  readonly protocol: 'tcp' | 'tls' | 'udp';
  /** Name of the group of pods behind it, its alone. */
  readonly target: string;
  /** Port those pods listen on. */
  readonly targetPort: number;
  /** Whether each connection starts with a PROXY protocol header, version 2; not over UDP, which keeps the client's address. @default false */
  readonly proxyProtocol?: boolean;
}

export interface LoadBalancerProps {
  /** 7 for requests over HTTPS, 4 for connections that stay. */
  readonly layer: 4 | 7;
  readonly vpcId: string;
  /** In at least two zones; public ones if it is to be reached from the internet. */
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** Certificate of its names, in ACM in the same region. */
  readonly certificateArn: string;
  /**
   * Groups of pods it passes traffic to, by name. At layer 7 the only one gets everything; of several each gets the paths
   * below its name, and the first one the rest. At layer 4 each gets a port of its own, over TLS, from 443 upwards.
   */
  readonly targets: readonly string[];
  /** Further ports at layer 4, for pods that serve something else there. @default none */
  readonly listeners?: readonly BalancerListener[];
  /** Port the pods listen on, and tell at whether they are well. */
  readonly targetPort: number;
  /** Path that tells whether a pod is well. */
  readonly healthPath: string;
  /** Whether the internet reaches it. @default true */
  readonly internetFacing?: boolean;
  /** Whether plain HTTP is answered with a redirect to HTTPS; layer 7. @default true */
  readonly redirectsHttp?: boolean;
  /** Seconds a removed target may finish what it holds, 0 to 3600. @default 30 */
  readonly drainSeconds?: number;
  /** Seconds a silent connection is kept at layer 7, 1 to 4000. AWS fixes it at 350 for TLS at layer 4. @default 60 */
  readonly idleSeconds?: number;
  /** Whether a zone's balancer also uses targets of other zones, whose traffic is billed at layer 4. @default true at layer 7, false at layer 4 */
  readonly crossZone?: boolean;
  /** Whether the balancer may be deleted with its stack. @default false */
  readonly disposable?: boolean;
}

const HTTPS = 443;
const TLS_POLICY = elbv2.SslPolicy.TLS13_12_RES_PQ;

/**
 * An Application or Network Load Balancer that ends TLS, or passes TCP and UDP on. Its target groups take addresses: the AWS Load Balancer Controller
 * registers pods with them (`TargetGroupBinding`).
 */
export class LoadBalancer extends Construct {
  readonly resource: elbv2.CfnLoadBalancer;
  readonly targetGroups: ReadonlyMap<string, elbv2.CfnTargetGroup>;
  readonly layer: 4 | 7;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    this.requireValid(props);
    this.layer = props.layer;
    this.resource = new elbv2.CfnLoadBalancer(this, 'Balancer', {
      type: props.layer === 7 ? 'application' : 'network',
      scheme: (props.internetFacing ?? true) ? 'internet-facing' : 'internal',
      subnets: [...props.subnetIds],
      securityGroups: [props.securityGroupId],
      loadBalancerAttributes: attributes({
        'deletion_protection.enabled': !props.disposable,
        'load_balancing.cross_zone.enabled': props.crossZone ?? props.layer === 7,
        ...(props.layer === 7 && {
          'idle_timeout.timeout_seconds': props.idleSeconds ?? 60,
          'routing.http.drop_invalid_header_fields.enabled': true,
        }),
      }),
    });
    this.targetGroups = new Map([
      ...props.targets.map((target): [string, elbv2.CfnTargetGroup] => [target, this.targetGroup(target, props)]),
      ...(props.listeners ?? []).map((listener): [string, elbv2.CfnTargetGroup] => [
        listener.target,
        this.targetGroup(listener.target, props, listener),
      ]),
    ]);
    if (props.layer === 7) this.listenForRequests(props);
    else this.listenForConnections(props);
  }

  private requireValid(props: LoadBalancerProps): void {
    requireInRange(this, 'drainSeconds', props.drainSeconds, 0, 3600);
    requireInRange(this, 'idleSeconds', props.idleSeconds, 1, 4000);
    requireInRange(this, 'targetPort', props.targetPort, 1, 65_535);
    if (props.layer === 4 && props.idleSeconds !== undefined)
      throw new Error(`${this.node.path}: idleSeconds cannot be set at layer 4; TLS listeners keep 350`);
    const { targets, listeners = [] } = props;
    if (props.layer === 7 && listeners.length > 0)
      throw new Error(`${this.node.path}: listeners cannot be set at layer 7, which takes requests on 443 alone`);
    if (targets.length + listeners.length === 0) throw new Error(`${this.node.path}: targets is empty; it takes at least one`);
    for (const { port, targetPort, protocol, proxyProtocol } of listeners) {
      requireInRange(this, 'port', port, 1, 65_535);
      requireInRange(this, 'targetPort', targetPort, 1, 65_535);
      if (protocol === 'udp' && proxyProtocol) throw new Error(`${this.node.path}: proxyProtocol cannot be set for UDP`);
    }
    const ports = [...targets.map((_, i) => HTTPS + i), ...listeners.map(({ port }) => port)];
    const twice = ports.find((port, i) => ports.indexOf(port) !== i);
    if (props.layer === 4 && twice) throw new Error(`${this.node.path}: port ${twice} is taken twice; each leads to one target`);
    if (!Token.isUnresolved(props.subnetIds) && props.subnetIds.length < 2)
      throw new Error(`${this.node.path}: subnetIds has ${props.subnetIds.length} entries; it takes at least 2`);
  }

  private targetGroup(target: string, props: LoadBalancerProps, listener?: BalancerListener): elbv2.CfnTargetGroup {
    const isUdp = listener?.protocol === 'udp';
    return new elbv2.CfnTargetGroup(this, `Targets-${target}`, {
      vpcId: props.vpcId,
      targetType: 'ip',
      protocol: props.layer === 7 ? 'HTTP' : isUdp ? 'UDP' : 'TCP',
      port: listener?.targetPort ?? props.targetPort,
      // What expects a PROXY header finds one in checks, too, and nothing else would understand it.
      ...(listener?.proxyProtocol
        ? { healthCheckProtocol: 'TCP' }
        : {
            healthCheckProtocol: 'HTTP',
            healthCheckPath: props.healthPath,
            ...(listener && { healthCheckPort: String(props.targetPort) }),
          }),
      healthCheckIntervalSeconds: 10,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
      targetGroupAttributes: attributes({
        'deregistration_delay.timeout_seconds': props.drainSeconds ?? 30,
        // Of UDP AWS keeps it, whatever one says.
        ...(props.layer === 4 && !isUdp && { 'preserve_client_ip.enabled': false }),
        ...(listener?.proxyProtocol && { 'proxy_protocol_v2.enabled': true }),
      }),
    });
  }

  private listenForRequests({ certificateArn, targets, redirectsHttp }: LoadBalancerProps): void {
    const forward = (target: string) => [{ type: 'forward', targetGroupArn: this.targetGroups.get(target)!.ref }];
    const listener = this.listener('Https', { protocol: 'HTTPS', port: 443, ...tls(certificateArn), defaultActions: forward(targets[0]!) });
    targets.slice(1).forEach((target, i) => {
      const conditions = [{ field: 'path-pattern', pathPatternConfig: { values: [`/${target}`, `/${target}/*`] } }];
      new elbv2.CfnListenerRule(this, `Rule-${target}`, {
        listenerArn: listener.ref,
        priority: i + 1,
        conditions,
        actions: forward(target),
      });
    });
    if (redirectsHttp ?? true) {
      const redirectConfig = { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' };
      this.listener('Http', { protocol: 'HTTP', port: 80, defaultActions: [{ type: 'redirect', redirectConfig }] });
    }
  }

  private listenForConnections({ certificateArn, targets, listeners = [] }: LoadBalancerProps): void {
    const byDefault = targets.map((target, i) => ({ target, protocol: 'tls' as const, port: HTTPS + i }));
    for (const { target, protocol, port } of [...byDefault, ...listeners]) {
      const defaultActions = [{ type: 'forward', targetGroupArn: this.targetGroups.get(target)!.ref }];
      const { id, ...speaks } = { tcp: { id: 'Tcp' }, udp: { id: 'Udp' }, tls: { id: 'Tls', ...tls(certificateArn) } }[protocol];
      this.listener(`${id}-${target}`, { protocol: protocol.toUpperCase(), port, ...speaks, defaultActions });
    }
  }

  private listener(id: string, props: Omit<elbv2.CfnListenerProps, 'loadBalancerArn'>): elbv2.CfnListener {
    return new elbv2.CfnListener(this, id, { ...props, loadBalancerArn: this.resource.ref });
  }
}

const tls = (certificateArn: string) => ({ sslPolicy: TLS_POLICY, certificates: [{ certificateArn }] });

const attributes = (values: Record<string, string | number | boolean>): { key: string; value: string }[] =>
  Object.entries(values).map(([key, value]) => ({ key, value: String(value) }));
