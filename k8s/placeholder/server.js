// Stands in for a service until it has an image: answers for it, calls its upstreams, holds WebSockets, drains on SIGTERM.
const { createHash } = require('node:crypto');
const http = require('node:http');
const net = require('node:net');

const { SERVICE_NAME = 'service', PROTOCOL = 'http', PORT = '8080', UPSTREAMS = '', DRAIN_SECONDS = '30' } = process.env;
const TIMEOUT_MS = 2000;
const WORKER_PERIOD_MS = 10_000;
/** Longest message a client may send. */
const MAX_FRAME_BYTES = 65_536;
const upstreams = UPSTREAMS.split(' ')
  .filter(Boolean)
  .map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), address: pair.slice(pair.indexOf('=') + 1) }));
const sockets = new Set();
let requests = 0;
let draining = false;

/** Whether an upstream answers: services by their health, everything else by accepting a connection. */
async function check({ name, address }) {
  try {
    // Brokers have a URL each, amqps://one.example:5671,amqps://two.example:5671; shards share a port, tcp://one.example,two.example:5432.
    const urls = address.split(/,(?=\w+:\/\/)/).map((one) => new URL(one));
    if (urls[0].protocol === 'http:') {
      const response = await fetch(new URL('/healthz', urls[0]), { signal: AbortSignal.timeout(TIMEOUT_MS) });
      return { name, state: response.ok ? 'up' : 'down', status: response.status };
    }
    await Promise.all(urls.flatMap(({ hostname, port }) => hostname.split(',').map((host) => connect(host, Number(port)))));
    return { name, state: 'up' };
  } catch (error) {
    return {
      name,
      state: address.includes('stack-output:') ? 'unresolved' : 'down',
      error: error.cause?.code ?? error.code ?? error.message,
    };
  }
}

const connect = (host, port) =>
  new Promise((resolve, reject) => {
    const socket = net.connect({ host, port, timeout: TIMEOUT_MS });
    socket.once('connect', () => resolve(socket.destroy()));
    socket.once('timeout', () => reject(socket.destroy() && new Error('timeout')));
    socket.once('error', reject);
  });

const report = async () => ({ service: SERVICE_NAME, protocol: PROTOCOL, draining, upstreams: await Promise.all(upstreams.map(check)) });

async function answer(path) {
  if (path === '/healthz') return 'ok\n';
  if (path === '/metrics') return `http_requests_total ${requests}\nwebsocket_connections ${sockets.size}\n`;
  return `${JSON.stringify(await report())}\n`;
}

const server = http.createServer({ keepAliveTimeout: 75_000 }, async (request, response) => {
  requests += 1;
  const body = await answer(request.url);
  // Whoever keeps this connection must take its next request to another pod.
  if (draining) response.setHeader('connection', 'close');
  response.end(body);
});

/** An unmasked frame without fragments; all this server says is short. */
const frame = (opcode, payload) => Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]);
const CLOSE = 8;
const PING = 9;
const PONG = 10;

server.on('upgrade', (request, socket) => {
  const key = request.headers['sec-websocket-key'];
  if (PROTOCOL !== 'websocket' || !key || draining) return socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`);
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
  socket.on('error', () => socket.destroy());
  let received = Buffer.alloc(0);
  socket.on('data', (data) => {
    received = Buffer.concat([received, data]);
    if (received.length > MAX_FRAME_BYTES) return socket.destroy();
    for (let next = parse(received); next; next = parse(received)) {
      received = received.subarray(next.length);
      if (next.opcode === PING) socket.write(frame(PONG, next.payload));
      if (next.opcode === CLOSE) socket.end(frame(CLOSE, next.payload));
    }
  });
});

/** The first complete frame of what was received; clients mask theirs (RFC 6455, section 5.2). */
function parse(bytes) {
  if (bytes.length < 2) return undefined;
  const short = bytes[1] & 0x7f;
  const start = { 126: 4, 127: 10 }[short] ?? 2;
  if (bytes.length < start + 4) return undefined;
  const size = { 126: () => bytes.readUInt16BE(2), 127: () => Number(bytes.readBigUInt64BE(2)) }[short]?.() ?? short;
  const length = start + 4 + size;
  if (bytes.length < length) return undefined;
  const mask = bytes.subarray(start, start + 4);
  return { opcode: bytes[0] & 0x0f, length, payload: bytes.subarray(start + 4, length).map((byte, i) => byte ^ mask[i % 4]) };
}

/** Takes nothing new, tells WebSockets to go elsewhere, and leaves once everybody is gone or the time is over. */
function drain() {
  draining = true;
  setTimeout(() => process.exit(0), Number(DRAIN_SECONDS) * 1000).unref();
  sockets.forEach((socket) => socket.end(frame(CLOSE, Buffer.from([0x03, 0xe9]))));
  server.close(() => process.exit(0));
  server.closeIdleConnections();
}

const log = async () => console.log(JSON.stringify(await report()));

if (PROTOCOL === 'job') log();
else {
  process.once('SIGTERM', drain);
  server.listen(Number(PORT), () => console.log(`${SERVICE_NAME} listens on ${server.address().port}`));
  if (PROTOCOL === 'worker') setInterval(log, WORKER_PERIOD_MS);
}
