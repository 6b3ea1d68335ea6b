import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Json, KubernetesObject } from '../k8s/read-manifests';

/** What the API server answered instead of doing what it was asked. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Access {
  /** `https://127.0.0.1:6443` */
  url: string;
  /** Certificate that vouches for it, in PEM. */
  ca: string;
  token: string;
}

interface Resource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** Requests at once. */
const SOCKETS = 24;
const MANAGER = 'scaleprint';

/**
 * The few requests a judge makes of a Kubernetes API server. @kubernetes/client-node 1.4.0 would come with 72 MB, and most of them, with
 * objects of any kind, validated strictly, are not what it is good at.
 */
export class ApiServer {
  private readonly agent: https.Agent;
  private readonly resources = new Map<string, Promise<Resource[]>>();

  constructor(private readonly access: Access) {
    this.agent = new https.Agent({ keepAlive: true, maxSockets: SOCKETS, ca: access.ca });
  }

  /** @throws {Refused} on a status of 300 or more */
  async request(method: string, path: string, body?: object, type = 'application/json', accept = 'application/json'): Promise<Json> {
    const { url, token } = this.access;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': type, accept };
      https.request(new URL(path, url), { method, agent: this.agent, headers }, resolve).once('error', reject).end(body && JSON.stringify(body)); // prettier-ignore
    });
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const answer = response.headers['content-type']?.startsWith('application/json') ? JSON.parse(text) : { message: text };
    if (response.statusCode! >= 300) throw new Refused(response.statusCode!, answer.message);
    return answer;
  }

  get = (path: string): Promise<Json> => this.request('GET', path);
  post = (path: string, body: object): Promise<Json> => this.request('POST', path, body);
  delete = (path: string): Promise<Json> => this.request('DELETE', path);

  /** What `kubectl get` prints of a collection: by row, the cells by column. It costs the server a tenth of the objects. */
  async table(path: string): Promise<Record<string, string>[]> {
    const accept = 'application/json;as=Table;g=meta.k8s.io;v=v1';
    const { columnDefinitions, rows } = await this.request('GET', `${path}?includeObject=None`, undefined, undefined, accept);
    const columns: string[] = columnDefinitions.map(({ name }: Json) => name);
    return rows.map(({ cells }: Json) => Object.fromEntries(columns.map((column, i) => [column, cells[i]])));
  }

  /** Server-side apply that refuses fields the schema does not have. */
  async apply(object: KubernetesObject): Promise<void> {
    const query = `fieldManager=${MANAGER}&fieldValidation=Strict`;
    await this.request('PATCH', `${await this.pathOf(object)}?${query}`, object, 'application/apply-patch+yaml');
  }

  /** The object as the server has it; undefined where it has none. */
  async find(object: KubernetesObject): Promise<Json | undefined> {
    return this.get(await this.pathOf(object)).catch((error) => {
      if (!(error instanceof Refused && error.status === 404)) throw error;
    });
  }

  async scale(object: KubernetesObject, replicas: number): Promise<void> {
    await this.request('PATCH', `${await this.pathOf(object)}/scale`, { spec: { replicas } }, 'application/merge-patch+json');
  }

  /** Path of all objects of an object's kind and namespace. @throws {Refused} when the server has no such kind */
  async collectionOf({ apiVersion, kind, metadata }: KubernetesObject): Promise<string> {
    const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    if (!this.resources.has(group)) this.resources.set(group, this.get(group).then(({ resources }) => resources)); // prettier-ignore
    const resource = (await this.resources.get(group)!).find((r) => r.kind === kind && !r.name.includes('/'));
    if (!resource) throw new Refused(404, `${group} has no kind ${kind}`);
    return `${group}/${resource.namespaced ? `namespaces/${metadata.namespace}/` : ''}${resource.name}`;
  }

  private pathOf = async (object: KubernetesObject): Promise<string> => `${await this.collectionOf(object)}/${object.metadata.name}`;

  close(): void {
    this.agent.destroy();
  }
}
