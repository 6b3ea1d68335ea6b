import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, type Call, callOf, errorAnswer } from './gateway-call';
import { TemplateCopies } from './gateway-templates';

/** An error that the next matching calls get instead of their answer. */
export interface Fault {
  /** `cloudformation`. @default any */
  service?: string;
  /** `CreateChangeSet`. @default any */
  action?: string;
  /** How many calls it hits. */
  times: number;
  /** HTTP status. */
  status: number;
  /** `Throttling`, as the service would say. */
  code: string;
  message: string;
}

export interface GatewayOptions {
  emulator: { endpoint: string };
  /** Hit in their order; what is added later counts too. @default none */
  faults?: Fault[];
  /** Changes an answer of the emulator. @default as it is */
  rewrite?: (call: Call, answer: Answer) => Answer;
  /** Answers a call in place of the emulator. @default none */
  instead?: (call: Call) => Promise<Answer> | undefined;
}

/** What stands between the product and the emulator, so that the product runs as it is, with `AWS_ENDPOINT_URL`. */
export interface Gateway {
  endpoint: string;
  /** Calls by service and action, `cloudformation CreateChangeSet`; those hit by a fault too. */
  counts: ReadonlyMap<string, number>;
  /** Keys of the gaps of the emulator that templates met on their way. */
  usedGaps: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** @returns a gateway on a free port of the loopback interface; whoever starts it stops it */
export async function startGateway({ emulator, faults = [], rewrite = (_, answer) => answer, instead }: GatewayOptions): Promise<Gateway> {
  const counts = new Map<string, number>();
  const copies = new TemplateCopies(emulator.endpoint);
  const answerTo = async (call: Call): Promise<Answer> => {
    const name = `${call.service} ${call.action}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const fault = faults.find(
      (f) => f.times > 0 && (f.service ?? call.service) === call.service && (f.action ?? call.action) === call.action,
    );
    if (fault) {
      fault.times--;
      return errorAnswer(call, fault.status, fault.code, fault.message);
    }
    const other = instead?.(call);
    if (other) return other;
    const passed = await copies.passed(call);
    return 'status' in passed ? passed : rewrite(call, await forward(emulator.endpoint, passed));
  };
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      answerTo(callOf(incoming.method!, incoming.url!, incoming.headers, Buffer.concat(chunks))).then(
        ({ status, headers, body }) => outgoing.writeHead(status, headers).end(body),
        // Nobody there: what a client of the emulator itself would see.
        () => outgoing.destroy(),
      );
    });
  });
  // A connection that ends while a client begins to use it again is an error that AWS would not make.
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, counts, usedGaps: copies.usedGaps, stop: () => stopped(server) };
}

function forward(endpoint: string, { method, url, headers, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = { ...headers, 'content-length': String(body.length) };
    const outgoing = request(new URL(url, endpoint), { method, headers: sent, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const ofConnection = ['transfer-encoding', 'connection'];
        const own = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !ofConnection.includes(name)));
        resolve({ status: answer.statusCode!, headers: own, body: Buffer.concat(chunks) });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function stopped(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
