import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goTools } from '../../scripts/go-tools';
import { type Access, ApiServer } from './api-server';
import { eventually } from './eventually';
import { freePorts } from './free-ports';
import { Guarded } from './guarded';

const START_SECONDS = 60;
/** What makes pods and binds their volumes, and cleans up behind them. The one of CronJobs would start pods by the clock. */
const CONTROLLERS = [
  ...['deployment', 'replicaset', 'statefulset', 'persistentvolume-binder'],
  ...['garbage-collector', 'namespace', 'serviceaccount'],
].map((name) => `${name}-controller`);
const CERTIFICATE = 'certificates/apiserver.crt';

export interface ControlPlaneOptions {
  /** URL of a webhook authenticator (TokenReview v1), asked about tokens that are not known from the start. @default none */
  authenticationWebhook?: string;
  /** More users by their tokens, with their groups. @default none */
  users?: Readonly<Record<string, { name: string; groups: readonly string[] }>>;
}

/**
 * A Kubernetes control plane on the loopback address: etcd, API server, scheduler and controllers of the version the templates ask EKS for.
 * It ends with this process. Nodes and pods are records in it; nothing runs.
 */
export class ControlPlane implements Access {
  /** Of a user who may do everything. */
  readonly token = randomBytes(16).toString('hex');
  private readonly guarded = new Guarded();

  private constructor(
    private readonly programs: string,
    readonly url: string,
  ) {}

  /** @throws {Error} when it cannot be built or does not answer within a minute, with what it said last */
  static async start(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
    const programs = await goTools('kubernetes');
    const [client, peer, secure] = (await freePorts(3)) as [number, number, number];
    const plane = new ControlPlane(programs, `https://127.0.0.1:${secure}`);
    try {
      await plane.run(`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`, String(secure), options);
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  /** Certificate that vouches for it, in PEM. */
  get ca(): string {
    return readFileSync(this.guarded.file(CERTIFICATE), 'utf8');
  }

  /** File for kubectl, of the user who may do everything. */
  get kubeconfig(): string {
    return this.guarded.file('kubeconfig');
  }

  stop = (): Promise<void> => this.guarded.stop();

  private async run(etcd: string, peer: string, port: string, options: ControlPlaneOptions): Promise<void> {
    const { file } = this.guarded;
    this.spawn('etcd', {
      'data-dir': file('etcd'),
      'unsafe-no-fsync': 'true',
      'listen-client-urls': etcd,
      'advertise-client-urls': etcd,
      'listen-peer-urls': peer,
      'initial-advertise-peer-urls': peer,
      'initial-cluster': `default=${peer}`,
    });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = this.write('service-account.key', privateKey.export({ type: 'sec1', format: 'pem' }) as string);
    const webhook = options.authenticationWebhook;
    this.spawn('kube-apiserver', {
      'etcd-servers': etcd,
      'bind-address': '127.0.0.1',
      'secure-port': port,
      // It makes its own certificate there.
      'cert-dir': file('certificates'),
      'token-auth-file': this.write('tokens.csv', this.users(options)),
      'authorization-mode': 'RBAC',
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-signing-key-file': key,
      'service-account-key-file': key,
      'service-cluster-ip-range': '10.0.0.0/16',
      // One taints new nodes until their kubelet says that they are ready, the other keeps volumes until a controller lets them go.
      'disable-admission-plugins': 'TaintNodesByCondition,StorageObjectInUseProtection',
      ...(webhook && {
        'authentication-token-webhook-config-file': this.write('webhook', kubeconfigOf({ server: webhook }, {})),
        'authentication-token-webhook-version': 'v1',
        'authentication-token-webhook-cache-ttl': '1s',
      }),
    });
    await this.ready();
    this.write('kubeconfig', kubeconfigOf({ server: this.url, 'certificate-authority': file(CERTIFICATE) }, { token: this.token }));
    const own = {
      kubeconfig: this.kubeconfig,
      'secure-port': '0',
      'leader-elect': 'false',
      'kube-api-qps': '2000',
      'kube-api-burst': '4000',
    };
    this.spawn('kube-scheduler', own);
    this.spawn('kube-controller-manager', {
      ...own,
      controllers: CONTROLLERS.join(','),
      'concurrent-deployment-syncs': '20',
      'concurrent-replicaset-syncs': '20',
    });
  }

  private spawn(name: string, flags: Readonly<Record<string, string>>): void {
    const args = Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
    this.guarded.run(join(this.programs, name), name, args);
  }

  private async ready(): Promise<void> {
    const holds = async () => {
      if (this.guarded.ended) throw new Error(`a Kubernetes control plane does not start: ${this.guarded.ended}`);
      return this.answers();
    };
    await eventually('a Kubernetes API server that answers', START_SECONDS, holds, () => `: ${this.guarded.lastOf('kube-apiserver')}`);
  }

  private async answers(): Promise<boolean> {
    if (!existsSync(this.guarded.file(CERTIFICATE))) return false;
    const server = new ApiServer(this);
    return server.get('/readyz').then(() => true, () => false).finally(() => server.close()); // prettier-ignore
  }

  private users({ users = {} }: ControlPlaneOptions): string {
    const all = { ...users, [this.token]: { name: 'administrator', groups: ['system:masters'] } };
    return Object.entries(all)
      .map(([token, { name, groups }]) => `${token},${name},${name},"${groups.join(',')}"\n`)
      .join('');
  }

  /** @returns the path of a file that nobody else may read */
  private write(name: string, text: string): string {
    const path = this.guarded.file(name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }
}

const kubeconfigOf = (cluster: object, user: object): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'local', cluster }],
    users: [{ name: 'local', user }],
    contexts: [{ name: 'local', context: { cluster: 'local', user: 'local' } }],
    'current-context': 'local',
  });
