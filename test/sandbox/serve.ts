import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Request {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
}
export type Answer = { status?: number; type?: string; body?: string };

/** A small HTTP server on the loopback address that answers in place of a service of AWS. */
export async function serve(answer: (request: Request) => Answer): Promise<{ endpoint: string; requests: Request[]; stop(): void }> {
  const requests: Request[] = [];
  const server = createServer((incoming, outgoing) => {
    void read(incoming).then((body) => {
      const { method, url, headers } = incoming;
      const request = { method: method!, url: new URL(url!, 'http://localhost'), headers, body };
      requests.push(request);
      const { status = 200, type = 'application/json', body: text = '' } = answer(request);
      outgoing.writeHead(status, { 'content-type': type }).end(text);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { endpoint: `http://127.0.0.1:${port}`, requests, stop };
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
