import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { stringify } from 'yaml';
import { goTools } from '../../scripts/go-tools';
import type { Plan } from '../../plan/plan';
import { cellsOf, clusterOf } from '../../k8s/cell';
import { serve } from '../sandbox/serve';
import { addonsOf } from './addons';
import { type Access, ApiServer } from './api-server';
import { ControlPlane } from './control-plane';
import { customResources } from './custom-resources';
import { Kubelets } from './kubelets';
import { refusal } from './login';
import { nodesOfDeployment } from './nodes';
import { Volumes } from './volumes';

/** Which chart brings the kinds of a group. */
const CHART_OF: Record<string, string> = { 'keda.sh': 'keda', 'elbv2.k8s.aws': 'aws-load-balancer-controller' };

/**
 * A cluster of EKS as the product meets it: an API that describes it, a Kubernetes API server that lets in whoever has a token for it, nodes
 * that take pods, and a double of helmfile on PATH. Its pods are records: they count as running when they have a node.
 */
export class EksDouble {
  /** Why logins were refused. */
  readonly refused: string[] = [];
  logins = 0;
  /** As the user who may do everything. */
  access!: Access;
  server!: ApiServer;
  volumes!: Volumes;
  /** Name of the cluster that it is. */
  cluster = '';
  private readonly folder = mkdtempSync(join(tmpdir(), 'scaleprint-eks-'));
  private stops: (() => unknown)[] = [];

  private constructor(
    /** What the product's environment needs. */
    private readonly env: Record<string, string>,
    private readonly keys: ReadonlyMap<string, string>,
  ) {}

  /**
   * @param keys secret access keys that are let in, by their ids
   * @throws {MissingTool} without Go
   */
  static async start(keys: ReadonlyMap<string, string>): Promise<EksDouble> {
    const double = new EksDouble({}, keys);
    process.once('exit', () => rmSync(double.folder, { recursive: true, force: true }));
    try {
      await double.run();
    } catch (error) {
      await double.stop();
      throw error;
    }
    return double;
  }

  /** Becomes the cluster of a plan's first cell, with the nodes and add-ons that stacks give it. */
  async becomes(plan: Plan, { nodes = true } = {}): Promise<void> {
    const [deployment] = plan.deployments as [Plan['deployments'][number]];
    this.cluster = clusterOf(cellsOf(plan)[0]!);
    if (nodes) for (const node of nodesOfDeployment(deployment)) await this.server.post('/api/v1/nodes', node);
    for (const addon of addonsOf(deployment)) await this.server.apply(addon);
  }

  /** Leads this process, and those it starts, to it. @returns what leads away again */
  enter(): () => void {
    const before = Object.keys(this.env).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, this.env);
    return () => {
      for (const [name, value] of before)
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    };
  }

  async stop(): Promise<void> {
    for (const stop of this.stops.splice(0).reverse()) await stop();
  }

  private async run(): Promise<void> {
    const authenticator = await serve(({ body }) => ({ body: JSON.stringify(this.review(JSON.parse(body))) }));
    this.stops.push(authenticator.stop);
    const plane = await ControlPlane.start({ authenticationWebhook: authenticator.endpoint });
    this.stops.push(plane.stop);
    this.access = plane;
    this.server = new ApiServer(plane);
    this.stops.push(() => this.server.close());
    const kubelets = new Kubelets(this.server);
    this.stops.push(() => kubelets.stop());
    this.volumes = new Volumes(this.server);
    this.stops.push(() => this.volumes.stop());
    const authority = Buffer.from(plane.ca).toString('base64');
    const eks = await serve(({ url }) =>
      url.pathname === `/clusters/${this.cluster}`
        ? {
            body: JSON.stringify({
              cluster: { name: this.cluster, status: 'ACTIVE', endpoint: plane.url, certificateAuthority: { data: authority } },
            }),
          }
        : {
            status: 404,
            body: JSON.stringify({ __type: 'ResourceNotFoundException', message: `No cluster found for name: ${url.pathname}` }),
          },
    );
    this.stops.push(eks.stop);
    await this.writeDefinitions();
    this.env.AWS_ENDPOINT_URL_EKS = eks.endpoint;
    this.env.DEFINITIONS = this.folder;
    this.env.PATH = [join(__dirname, 'stand-ins'), await goTools('kubectl'), process.env.PATH].join(delimiter);
  }

  private async writeDefinitions(): Promise<void> {
    const definitions = await customResources();
    for (const [group, chart] of Object.entries(CHART_OF)) {
      const own = definitions.filter(({ spec }) => spec.group === group);
      writeFileSync(join(this.folder, `${chart}.yaml`), own.map((definition) => stringify(definition)).join('---\n'));
    }
  }

  /** Answers as a webhook authenticator. */
  private review({ apiVersion, kind, spec }: { apiVersion: string; kind: string; spec: { token: string } }): object {
    const why = refusal(spec.token, this.cluster, this.keys);
    if (why) this.refused.push(why);
    else this.logins++;
    // What an access entry with the policy AmazonEKSClusterAdminPolicy comes to.
    const user = { username: 'administrator', groups: ['system:masters'] };
    return { apiVersion, kind, status: why ? { authenticated: false, error: why } : { authenticated: true, user } };
  }
}
