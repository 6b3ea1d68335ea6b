import { type ChildProcess, spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { objectsOf } from './read-manifests';
import { tinyPlan } from './tiny-system';

const SCRIPT = join(__dirname, '../../k8s/placeholder/server.js');
const cleanUp: (() => void)[] = [];
afterEach(() => cleanUp.splice(0).forEach((stop) => stop()));

/** Starts the script and waits for its first line. */
async function start(
  variables: Record<string, string>,
): Promise<{ child: ChildProcess; port: number; line: string; exit: Promise<unknown[]> }> {
  const child = spawn(process.execPath, [SCRIPT], { env: { PORT: '0', ...variables }, stdio: ['ignore', 'pipe', 'inherit'] });
  cleanUp.push(() => child.kill('SIGKILL'));
  const exit = once(child, 'exit');
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string];
  return { child, exit, line, port: Number(line.split(' ').at(-1)) };
}

const get = (port: number, path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);

async function tcpServer(): Promise<{ port: number; server: net.Server }> {
  const server = net.createServer((socket) => socket.unref()).listen(0, '127.0.0.1');
  cleanUp.push(() => server.close());
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

/** Asks for an upgrade as a browser does and returns the answer's head. */
async function upgrade(port: number, allowHalfOpen = false): Promise<{ socket: Socket; head: string }> {
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen });
  cleanUp.push(() => socket.destroy());
  socket.write(
    'GET / HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  const [data] = (await once(socket, 'data')) as [Buffer];
  return { socket, head: data.toString() };
}

/** A client's frame, masked with 1 2 3 4. */
const masked = (opcode: number, text: string): Buffer =>
  Buffer.concat([
    Buffer.from([0x80 | opcode, 0x80 | text.length, 1, 2, 3, 4]),
    Buffer.from(text).map((byte, i) => byte ^ [1, 2, 3, 4][i % 4]!),
  ]);

/** Tries until it holds; what happens at the other end of a connection has no event here. */
async function eventually(holds: () => Promise<void>): Promise<void> {
  for (let left = 50; ; left -= 1) {
    try {
      return await holds();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

test('a service tells its name and the state of each upstream', async () => {
  const stock = await start({ SERVICE_NAME: 'stock' });
  const database = await tcpServer();
  const gone = await tcpServer();
  gone.server.close();
  const UPSTREAMS = [
    `stock=http://127.0.0.1:${stock.port}`,
    `database=tcp://127.0.0.1,127.0.0.1:${database.port}`,
    `brokers=amqps://127.0.0.1:${database.port},amqps://localhost:${database.port}`,
    `brokers-half-gone=amqps://127.0.0.1:${database.port},amqps://127.0.0.1:${gone.port}`,
    `cache=tcp://127.0.0.1:${gone.port}`,
    'table=tcp://stack-output:tiny-data.TableHost:stack-output:tiny-data.TablePort',
  ].join(' ');
  const shop = await start({ SERVICE_NAME: 'shop', UPSTREAMS });
  const answer = (await (await get(shop.port, '/')).json()) as { service: string; upstreams: { name: string; state: string }[] };
  expect(answer.service).toBe('shop');
  expect(answer.upstreams.map((u) => [u.name, u.state])).toEqual([
    ['stock', 'up'],
    ['database', 'up'],
    ['brokers', 'up'],
    ['brokers-half-gone', 'down'],
    ['cache', 'down'],
    ['table', 'unresolved'],
  ]);
  expect((await get(shop.port, '/healthz')).status).toBe(200);
});

test('a WebSocket is accepted, held, counted, answers pings and closes', async () => {
  const { port } = await start({ PROTOCOL: 'websocket' });
  const { socket, head } = await upgrade(port);
  // The key and its answer are the example of RFC 6455, section 1.3.
  expect(head).toContain('101 Switching Protocols');
  expect(head).toContain('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  expect(await (await get(port, '/metrics')).text()).toContain('websocket_connections 1');
  const [first, second] = [masked(9, 'still there'), masked(9, '?')];
  socket.write(Buffer.concat([first, second.subarray(0, 3)]));
  const [pong] = (await once(socket, 'data')) as [Buffer];
  expect(pong).toEqual(Buffer.concat([Buffer.from([0x8a, 11]), Buffer.from('still there')]));
  socket.write(second.subarray(3));
  expect((await once(socket, 'data'))[0]).toEqual(Buffer.from([0x8a, 1, '?'.charCodeAt(0)]));
  socket.end(masked(8, ''));
  expect((await once(socket, 'data'))[0]).toEqual(Buffer.from([0x88, 0]));
  await eventually(async () => expect(await (await get(port, '/metrics')).text()).toContain('websocket_connections 0'));
});

test('a service of another protocol refuses an upgrade', async () => {
  const { port } = await start({ PROTOCOL: 'http' });
  const { head } = await upgrade(port);
  expect(head).toContain('400 Bad Request');
});

test('on SIGTERM WebSockets are told to leave and nothing new is taken', async () => {
  const { child, exit, port } = await start({ PROTOCOL: 'websocket', DRAIN_SECONDS: '20' });
  const { socket } = await upgrade(port);
  child.kill('SIGTERM');
  expect((await once(socket, 'data'))[0]).toEqual(Buffer.from([0x88, 2, 0x03, 0xe9]));
  await expect(get(port, '/healthz')).rejects.toThrow();
  socket.end();
  expect(await exit).toEqual([0, null]);
});

test('a client that stays does not hold the pod beyond its drain time', async () => {
  const { child, exit, port } = await start({ PROTOCOL: 'websocket', DRAIN_SECONDS: '0.2' });
  await upgrade(port, true);
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

test('a request under way is answered before the pod leaves', async () => {
  // An upstream that takes the request and never answers keeps the report busy until its timeout.
  const silent = await tcpServer();
  const { child, exit, port } = await start({ UPSTREAMS: `slow=http://127.0.0.1:${silent.port}` });
  const answer = get(port, '/');
  await once(silent.server, 'connection');
  child.kill('SIGTERM');
  expect(await (await answer).json()).toMatchObject({ upstreams: [{ name: 'slow', state: 'down' }] });
  expect(await exit).toEqual([0, null]);
});

test('a job looks at its upstreams once and ends', async () => {
  const { exit, line } = await start({ PROTOCOL: 'job', SERVICE_NAME: 'sweep', UPSTREAMS: 'gone=tcp://127.0.0.1:1' });
  expect(JSON.parse(line)).toMatchObject({ service: 'sweep', upstreams: [{ name: 'gone', state: 'down' }] });
  expect(await exit).toEqual([0, null]);
});

test('the manifests tell it where every upstream is', () => {
  const shop = objectsOf(tinyPlan('zones')).find((o) => o.kind === 'Deployment' && o.metadata.name === 'shop')!;
  const variables: { name: string; value?: string }[] = shop.spec.template.spec.containers[0].env;
  const upstreams = variables.find((v) => v.name === 'UPSTREAMS')!.value!;
  expect(Object.fromEntries(upstreams.split(' ').map((u) => u.split('=')))).toEqual({
    stock: 'http://stock',
    'orders-db': 'tcp://$(ORDERS_DB_HOSTS):$(ORDERS_DB_PORT)',
    hot: 'tcp://$(HOT_HOST):$(HOT_PORT)',
    carts: 'tcp://dynamodb.$(AWS_REGION).amazonaws.com:443',
    mails: 'tcp://sqs.$(AWS_REGION).amazonaws.com:443',
    events: 'tcp://kafka.$(AWS_REGION).amazonaws.com:443',
    tasks: '$(TASKS_URLS)',
    index: 'tcp://$(INDEX_HOST):443',
    images: 'tcp://s3.$(AWS_REGION).amazonaws.com:443',
    bank: 'tcp://bank.example:443',
  });
  // Kubernetes fills in only variables that stand before.
  for (const [, name] of upstreams.matchAll(/\$\((\w+)\)/g)) expect(variables.findIndex((v) => v.name === name)).toBeGreaterThanOrEqual(0);
  expect(variables.at(-1)!.name).toBe('UPSTREAMS');
});

test('ports of their own answer: a greeting over TCP, an echo over UDP', async () => {
  const free = async () => {
    const { port, server } = await tcpServer();
    await new Promise((resolve) => server.close(resolve));
    return port;
  };
  const [tcp, udp] = [await free(), await free()];
  const child = spawn(process.execPath, ['--require', join(SCRIPT, '../ports.js'), SCRIPT], {
    env: { PORT: '0', SERVICE_NAME: 'smtp-in', TCP_25: String(tcp), UDP_5000: String(udp), DRAIN_SECONDS: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  cleanUp.push(() => child.kill('SIGKILL'));
  await once(createInterface({ input: child.stdout }), 'line');

  const greeted = net.connect(tcp, '127.0.0.1');
  expect(String((await once(greeted, 'data'))[0])).toBe('220 smtp-in\r\n');

  const socket = dgram.createSocket('udp4');
  cleanUp.push(() => socket.close());
  socket.send('state', udp, '127.0.0.1');
  expect(String((await once(socket, 'message'))[0])).toBe('state');

  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
