import { Protocol } from 'cdk8s-plus-28';
import { mailPlan } from '../plan/tiny-mail';
import { find, type Json, objectsOf } from './read-manifests';

const cluster = objectsOf(mailPlan('zones'));
const box = objectsOf(mailPlan('box'));

const container = (name: string, from = cluster) => find(from, 'Deployment', name).spec.template.spec.containers[0];
const ingress = (name: string, from = cluster) =>
  (find(from, 'NetworkPolicy', name).spec.ingress as Json[]).map(({ from: [peer], ports }) => [
    peer.ipBlock?.cidr ?? Object.values(peer.podSelector.matchLabels)[0],
    ports.map((p: Json) => `${p.protocol} ${p.port}`).join(),
  ]);

describe('pods with ports of their own', () => {
  test('listen there beside their usual one, and are told so', () => {
    expect(container('imap').ports).toEqual([
      { containerPort: 8080, name: 'http' },
      { containerPort: 10_993, name: 'tcp-993' },
      { containerPort: 5000, name: 'udp-5000', protocol: Protocol.UDP },
    ]);
    expect(container('imap').env).toEqual(
      expect.arrayContaining([
        { name: 'TCP_993', value: '10993' },
        { name: 'UDP_5000', value: '5000' },
      ]),
    );
  });

  test('are let in through the entrance, and by UDP from the clients themselves', () => {
    expect(ingress('smtp-in')).toEqual([['10.0.0.0/16', 'TCP 8080,TCP 10025']]);
    expect(ingress('imap')).toEqual([
      ['10.0.0.0/16', 'TCP 8080,TCP 10993'],
      ['0.0.0.0/0', 'UDP 5000'],
    ]);
    expect(ingress('imap', box)).toEqual([['traefik', 'TCP 8080,TCP 10993,UDP 5000']]);
    expect(ingress('webmail')).toEqual([['10.0.0.0/16', 'TCP 8080']]);
  });

  test('are registered with a group for each port', () => {
    const bindings = cluster
      .filter(({ kind }) => kind === 'TargetGroupBinding')
      .map(({ metadata: { name }, spec }) => [name, spec.serviceRef]);
    expect(bindings).toEqual([
      ['mail-smtp-in-25', { name: 'smtp-in', port: 25 }],
      ['mail-submission-465', { name: 'submission', port: 465 }],
      ['mail-submission-587', { name: 'submission', port: 587 }],
      ['mail-imap-993', { name: 'imap', port: 993 }],
      ['mail-imap-5000', { name: 'imap', port: 5000 }],
      ['web-webmail', { name: 'webmail', port: 80 }],
    ]);
    const ports = (name: string) => find(cluster, 'Service', name).spec.ports.map((p: Json) => `${p.port} > ${p.targetPort}`);
    expect(ports('submission')).toEqual(['80 > 8080', '465 > 10465', '587 > 10587']);
  });

  test('have a placeholder that answers there; without such pods nothing of it is shipped', () => {
    expect(container('smtp-in').command).toEqual(['node', '--require', '/placeholder/ports.js', '/placeholder/server.js']);
    expect(container('webmail').command).toEqual(['node', '/placeholder/server.js']);
    expect(Object.keys(find(cluster, 'ConfigMap', 'placeholder').data)).toEqual(['ports.js', 'server.js']);
  });
});

describe('on the one machine', () => {
  const routes = box.filter(({ apiVersion }) => apiVersion === 'traefik.io/v1alpha1');

  test('Traefik leads each of its ports to the service behind, and ends TLS where that is the protocol', () => {
    const short = routes.map(
      ({
        kind,
        spec: {
          entryPoints,
          routes: [route],
          tls,
        },
      }) =>
        [
          kind.replace('IngressRoute', ''),
          ...entryPoints,
          route.match ?? 'any',
          `${route.services[0].name}:${route.services[0].port}`,
          tls ? 'TLS' : '',
        ]
          .join(' ')
          .trim(),
    );
    expect(short).toEqual([
      'TCP tcp-25 HostSNI(`*`) smtp-in:25',
      'TCP tls-465 HostSNI(`*`) submission:465 TLS',
      'TCP tcp-587 HostSNI(`*`) submission:587',
      'TCP tls-993 HostSNI(`*`) imap:993 TLS',
      'UDP udp-5000 any imap:5000',
    ]);
  });

  test('the header with the address is sent to whom expects it', () => {
    const told = routes.filter(({ spec }) => spec.routes[0].services[0].proxyProtocol).map(({ metadata: { name } }) => name);
    expect(told).toEqual(['smtp-in-25']);
  });

  test('what has only ports of its own is not on the web', () => {
    expect(box.filter(({ kind }) => kind === 'Ingress').map(({ metadata: { name } }) => name)).toEqual(['webmail']);
  });
});
