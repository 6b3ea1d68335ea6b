// A double of Pulumi's provider "AWS Cloud Control" (plugin aws-native), for tests: the real one is not on any package registry. It does what
// that one does with an ExtensionResource (provider/pkg/resources/extension_resource.go of pulumi/pulumi-aws-native at 43eed3b), and nothing else.
const { CloudControlClient, CreateResourceCommand, DeleteResourceCommand, GetResourceCommand, GetResourceRequestStatusCommand, UpdateResourceCommand } = require('@aws-sdk/client-cloudcontrol'); // prettier-ignore
const grpc = require('@grpc/grpc-js');
const { Any } = require('google-protobuf/google/protobuf/any_pb');
const { Empty } = require('google-protobuf/google/protobuf/empty_pb');
const { Struct } = require('google-protobuf/google/protobuf/struct_pb');
const { isDeepStrictEqual } = require('node:util');
const { setTimeout: sleep } = require('node:timers/promises');
const plugin = require('@pulumi/pulumi/proto/plugin_pb');
const messages = require('@pulumi/pulumi/proto/provider_pb');
const { ResourceProviderService } = require('@pulumi/pulumi/proto/provider_grpc_pb');
const { Status } = require('@pulumi/pulumi/proto/status_pb');

const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
const TYPE = 'aws-native:index:ExtensionResource';
const POLL_MILLISECONDS = 20;

let client;

const calls = {
  getPluginInfo: () => filled(new plugin.PluginInfo(), { version: '1.79.0' }),
  checkConfig: (request) => filled(new messages.CheckResponse(), { inputs: request.getNews() }),
  diffConfig: () => new messages.DiffResponse(),
  cancel: () => new Empty(),

  configure(request) {
    const region = request.getArgs().toJavaScript().region;
    client = new CloudControlClient({ region: region.startsWith('"') ? JSON.parse(region) : region });
    return filled(new messages.ConfigureResponse(), { acceptresources: true, acceptsecrets: true });
  },

  check(request) {
    const [, , type] = request.getUrn().split('::');
    if (type.split('$').pop() !== TYPE) throw new Error(`the double knows ${TYPE} only, not ${type}`);
    const inputs = request.getNews().toJavaScript();
    const known = ['type', 'properties', 'createOnly', 'writeOnly', 'tagsProperty', 'tagsStyle', 'autoNaming', '__defaults'];
    const unknown = Object.keys(inputs).filter((name) => !known.includes(name));
    if (unknown.length > 0) throw new Error(`an ExtensionResource has no input ${unknown.join(', ')}`);
    return filled(new messages.CheckResponse(), { inputs: request.getNews() });
  },

  diff(request) {
    const same = isDeepStrictEqual(inputsIn(request.getOlds().toJavaScript()), request.getNews().toJavaScript());
    return filled(new messages.DiffResponse(), same ? { changes: 1 } : { changes: 0, deletebeforereplace: true });
  },

  async create(request) {
    const inputs = request.getProperties().toJavaScript();
    const event = await done(new CreateResourceCommand({ TypeName: inputs.type, DesiredState: JSON.stringify(inputs.properties) }));
    const failed = event.OperationStatus !== 'SUCCESS';
    if (failed && (!event.Identifier || event.ErrorCode === 'AlreadyExists')) throw failureOf(event);
    const properties = Struct.fromJavaScript(checkpoint(inputs, await read(inputs.type, event.Identifier)));
    if (failed) throw halfway(event, properties);
    return filled(new messages.CreateResponse(), { id: event.Identifier, properties });
  },

  async read(request) {
    const state = request.getProperties().toJavaScript();
    if (Object.keys(state).length === 0) throw new Error('ExtensionResource import not implemented');
    const inputs = inputsIn(state);
    const model = await read(inputs.type, request.getId()).catch((error) => {
      if (error.name !== 'ResourceNotFoundException') throw error;
    });
    if (!model) return new messages.ReadResponse();
    const properties = Struct.fromJavaScript(checkpoint(inputs, model));
    return filled(new messages.ReadResponse(), { id: request.getId(), inputs: Struct.fromJavaScript(inputs), properties });
  },

  async update(request) {
    const { type: TypeName, properties, writeOnly = [], createOnly = [], ...rest } = request.getNews().toJavaScript();
    const { properties: before } = inputsIn(request.getOlds().toJavaScript());
    const repeated = writeOnly.filter((name) => name in properties && !createOnly.includes(name));
    const patch = [
      ...Object.keys(before)
        .filter((name) => !(name in properties))
        .map((name) => ({ op: 'remove', path: `/${name}` })),
      ...Object.keys(properties)
        .filter((name) => repeated.includes(name) || !isDeepStrictEqual(before[name], properties[name]))
        .map((name) => ({ op: 'add', path: `/${name}`, value: properties[name] })),
    ];
    const fixed = patch.map(({ path }) => path.slice(1)).filter((name) => createOnly.includes(name));
    if (fixed.length > 0) throw new Error(`${TypeName}: ${fixed.join(', ')} cannot be updated`);
    const event = await done(new UpdateResourceCommand({ TypeName, Identifier: request.getId(), PatchDocument: JSON.stringify(patch) }));
    if (event.OperationStatus !== 'SUCCESS') throw failureOf(event);
    const inputs = { type: TypeName, properties, writeOnly, createOnly, ...rest };
    return filled(new messages.UpdateResponse(), {
      properties: Struct.fromJavaScript(checkpoint(inputs, await read(TypeName, request.getId()))),
    });
  },

  async delete(request) {
    const { type: TypeName } = inputsIn(request.getProperties().toJavaScript());
    const event = await done(new DeleteResourceCommand({ TypeName, Identifier: request.getId() }));
    if (event.OperationStatus !== 'SUCCESS' && event.ErrorCode !== 'NotFound') throw failureOf(event);
    return new Empty();
  },
};

/** The inputs are kept as a secret, and taken as nothing else. */
const checkpoint = (inputs, model) => ({ outputs: model, __inputs: { [SIGNATURE]: SECRET, value: inputs } });

function inputsIn({ __inputs: kept }) {
  if (kept?.[SIGNATURE] !== SECRET) throw new Error('the state has no secret inputs');
  return kept.value;
}

async function done(command) {
  let { ProgressEvent: event } = await client.send(command);
  while (['PENDING', 'IN_PROGRESS'].includes(event.OperationStatus)) {
    await sleep(POLL_MILLISECONDS);
    event = (await client.send(new GetResourceRequestStatusCommand({ RequestToken: event.RequestToken }))).ProgressEvent;
  }
  return event;
}

async function read(TypeName, Identifier) {
  const { ResourceDescription } = await client.send(new GetResourceCommand({ TypeName, Identifier }));
  return JSON.parse(ResourceDescription.Properties);
}

const failureOf = ({ Operation, ErrorCode, StatusMessage }) =>
  new Error(`operation ${Operation} failed with "${ErrorCode}": ${StatusMessage}`);

/** What exists but is not as it should be. */
function halfway(event, properties) {
  const { message } = failureOf(event);
  const detail = filled(new messages.ErrorResourceInitFailed(), { id: event.Identifier, properties, reasonsList: [message] });
  const packed = new Any();
  packed.pack(detail.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed');
  const status = filled(new Status(), { code: grpc.status.UNKNOWN, message });
  status.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add('grpc-status-details-bin', Buffer.from(status.serializeBinary()));
  return Object.assign(new Error(message), { metadata });
}

function filled(message, values) {
  for (const [name, value] of Object.entries(values)) message[`set${name[0].toUpperCase()}${name.slice(1)}`](value);
  return message;
}

const server = new grpc.Server({ 'grpc.max_receive_message_length': -1 });
const methods = Object.entries(calls).map(([name, answer]) => [
  name,
  (call, callback) =>
    Promise.resolve()
      .then(() => answer(call.request))
      .then((reply) => callback(null, reply), ({ message, metadata }) => callback({ code: grpc.status.UNKNOWN, message, metadata })), // prettier-ignore
]);
server.addService(ResourceProviderService, Object.fromEntries(methods));
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(String(port));
});

// The engine ends its plugins; one that was killed cannot.
const engine = process.ppid;
setInterval(() => process.ppid === engine || process.exit(1), 200);
