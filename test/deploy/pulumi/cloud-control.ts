import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { ProgressEvent } from '@aws-sdk/client-cloudcontrol';
import { CLOUD_CONTROL_TYPES } from '../../rules/cloud-control-types';
import { type OneStacks, STACK } from './one-stacks';

/** A resource that Cloud Control made. */
interface Made {
  /** The stack that holds it in the emulator. */
  stack: string;
  desired: Record<string, unknown>;
  model: Record<string, unknown>;
}

type Input = Record<string, string> & { ResourceRequestStatusFilter?: { Operations?: string[]; OperationStatuses?: string[] } };

/** An error of the API. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A double of AWS Cloud Control in one region, because the emulator's stores what it is told and makes nothing: each resource is a stack of one
 * resource in the emulator. Its API is that of https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_Operations.html, as far as Pulumi's
 * provider and the engine call it.
 */
export class CloudControl extends EventEmitter {
  /** Types whose creation does not come to an end: made, but nobody is told. */
  readonly held = new Set<string>();
  private readonly made = new Map<string, Made>();
  private readonly events: ProgressEvent[] = [];
  private readonly spec = loadAwsServiceSpecSync();

  /** @param attributes those of a type that can be read */
  constructor(
    private readonly stacks: OneStacks,
    private readonly attributes: (type: string) => readonly string[],
  ) {
    super();
  }

  /** Resources that are there, by type. */
  get counts(): Map<string, number> {
    const types = [...this.made.keys()].map((key) => key.split(' ')[0]!);
    return new Map([...new Set(types)].sort().map((type) => [type, types.filter((other) => other === type).length]));
  }

  /** What the emulator calls a resource; undefined where the gateway took it out. */
  async physicalId(type: string, identifier: string): Promise<string | undefined> {
    return this.stacks.physicalId(this.find(type, identifier).stack);
  }

  /** Lets what is held come to its end. */
  release(): void {
    this.held.clear();
    this.emit('release');
  }

  answer(action: string, input: Input): unknown {
    switch (action) {
      case 'CreateResource':
        return this.begin('CREATE', input, (event) => this.create(event, JSON.parse(input.DesiredState!) as Record<string, unknown>));
      case 'UpdateResource':
        return this.begin('UPDATE', input, (event) => this.update(event, JSON.parse(input.PatchDocument!) as Patch[]));
      case 'DeleteResource':
        return this.begin('DELETE', input, (event) => this.delete(event));
      case 'GetResourceRequestStatus':
        return { ProgressEvent: this.events.find(({ RequestToken }) => RequestToken === input.RequestToken) };
      case 'GetResource': {
        const { model } = this.find(input.TypeName!, input.Identifier!);
        return { TypeName: input.TypeName, ResourceDescription: { Identifier: input.Identifier, Properties: JSON.stringify(model) } };
      }
      case 'ListResourceRequests': {
        const { Operations, OperationStatuses } = input.ResourceRequestStatusFilter ?? {};
        const listed = (event: ProgressEvent) =>
          (!Operations || Operations.includes(event.Operation!)) &&
          (!OperationStatuses || OperationStatuses.includes(event.OperationStatus!));
        return { ResourceRequestStatusSummaries: this.events.filter(listed) };
      }
      default:
        throw new ApiError('UnsupportedActionException', `the double of Cloud Control cannot ${action}`);
    }
  }

  /** Answers at once, as AWS does, and works on. */
  private begin(Operation: 'CREATE' | 'UPDATE' | 'DELETE', { TypeName, Identifier }: Input, work: (event: ProgressEvent) => Promise<void>) {
    if (TypeName !== STACK && !CLOUD_CONTROL_TYPES.has(TypeName!))
      throw new ApiError('UnsupportedActionException', `Resource type ${TypeName} does not support ${Operation} action`);
    if (Operation !== 'CREATE') this.find(TypeName!, Identifier!);
    const event: ProgressEvent = { TypeName, Identifier, Operation, RequestToken: randomUUID(), OperationStatus: 'IN_PROGRESS' };
    this.events.push(event);
    work(event).then(
      () => (event.OperationStatus = 'SUCCESS'),
      (error: Error) =>
        Object.assign(event, {
          OperationStatus: 'FAILED',
          StatusMessage: error.message,
          ErrorCode: /already exists/i.test(error.message) ? 'AlreadyExists' : 'GeneralServiceException',
        }),
    );
    return { ProgressEvent: event };
  }

  private async create(event: ProgressEvent, desired: Record<string, unknown>): Promise<void> {
    const type = event.TypeName!;
    const stack = this.stacks.nameOf(type, desired, event.RequestToken!);
    const { id, attributes } = await this.stacks.create(stack, type, desired, this.attributes(type), (whatIsThere) => {
      // Of a stack that failed the identifier is known all the same.
      event.Identifier = whatIsThere;
      this.made.set(`${type} ${whatIsThere}`, { stack, desired, model: desired });
    });
    const model = this.modelOf(type, desired, id, attributes);
    const identifier = this.identifierOf(type, model, id);
    this.made.set(`${type} ${identifier}`, { stack, desired, model });
    event.Identifier = identifier;
    if (!this.held.has(type)) return;
    this.emit('held', type);
    await once(this, 'release');
  }

  private async update(event: ProgressEvent, patch: readonly Patch[]): Promise<void> {
    const type = event.TypeName!;
    const made = this.find(type, event.Identifier!);
    const desired = { ...made.desired };
    for (const { op, path, value } of patch) {
      const name = path.slice(1);
      if (name.includes('/')) throw new ApiError('InvalidRequest', `the double patches whole properties, not ${path}`);
      if (op === 'remove') delete desired[name];
      else desired[name] = value;
    }
    const { id, attributes } = await this.stacks.update(made.stack, type, desired, this.attributes(type));
    Object.assign(made, { desired, model: this.modelOf(type, desired, id, attributes) });
  }

  private async delete(event: ProgressEvent): Promise<void> {
    const made = this.find(event.TypeName!, event.Identifier!);
    await this.stacks.delete(made.stack);
    this.made.delete(`${event.TypeName} ${event.Identifier}`);
  }

  private find(type: string, identifier: string): Made {
    const made = this.made.get(`${type} ${identifier}`);
    if (!made) throw new ApiError('ResourceNotFoundException', `Resource of type '${type}' with identifier '${identifier}' was not found.`);
    return made;
  }

  /** What is read: what was wanted, the identifier and the attributes, each where the type's schema has it. */
  private modelOf(type: string, desired: Record<string, unknown>, id: string, attributes: ReadonlyMap<string, unknown>) {
    const model = structuredClone(desired);
    const resource = this.spec.lookup('resource', 'cloudFormationType', 'equals', type)[0];
    const [ref, ...more] = resource?.cfnRefIdentifier ?? resource?.primaryIdentifier ?? [];
    if (ref && more.length === 0) model[ref] ??= id;
    for (const [path, value] of attributes) put(model, path.split('.'), value);
    return model;
  }

  private identifierOf(type: string, model: Record<string, unknown>, id: string): string {
    const [resource] = this.spec.lookup('resource', 'cloudFormationType', 'equals', type);
    const names = resource?.primaryIdentifier ?? [];
    const values = names.map((name) => model[name]);
    return values.length === 0 || values.includes(undefined) ? id : values.join('|');
  }
}

interface Patch {
  op: 'add' | 'replace' | 'remove';
  path: string;
  value?: unknown;
}

function put(node: Record<string, unknown>, [key, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) node[key!] = value;
  else put((node[key!] ??= {}) as Record<string, unknown>, rest, value);
}
