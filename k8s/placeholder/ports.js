// Answers at the ports that a service has besides its usual one: greets on TCP, as mail servers do, and sends packets of UDP back.
const dgram = require('node:dgram');
const net = require('node:net');

const { SERVICE_NAME = 'service' } = process.env;
const ports = (protocol) =>
  Object.entries(process.env).flatMap(([name, value]) => (new RegExp(`^${protocol}_\\d+$`).test(name) ? [Number(value)] : []));

const servers = ports('TCP').map((port) =>
  net
    .createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(`220 ${SERVICE_NAME}\r\n`);
    })
    .listen(port),
);
const sockets = ports('UDP').map((port) => {
  const socket = dgram.createSocket('udp4');
  socket.on('message', (packet, { address, port: from }) => socket.send(packet, from, address));
  return socket.bind(port);
});

process.once('SIGTERM', () => {
  servers.forEach((server) => server.close());
  sockets.forEach((socket) => socket.close());
});
