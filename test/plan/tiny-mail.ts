import { plan } from '../../plan/plan';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { system } from '../../plan/system';
import { rate, steady } from '../../plan/units';
import { Workload } from '../../plan/workload';

const source = assumed('a system for tests');
const per = (value: number) => capacity(value, source);
const stage = (mails: number, availability: number, cluster = 1) => ({ title: 'test', source, figures: { mails, availability, cluster } });

/** A mail provider: fronts with ports of their own over each protocol, and the internet's port 25. */
const tinyMail = system('tiny-mail', {
  title: 'Tiny mail',
  summary: 'For tests of ways in.',
  sources: [],
  headline: { peak: 'mails' },
  workload: Workload.of({
    mails: { unit: 'per second', description: 'mails at the busiest moment' },
    availability: { unit: 'ratio', description: 'share of time it answers' },
    cluster: { unit: 'yes or no', description: 'runs on a cluster' },
  }),
  stages: { box: stage(5, 0.99, 0), zone: stage(100, 0.99), zones: stage(100, 0.9999) },
  blueprint(w, b) {
    b.platform = w.cluster ? 'eks' : 'k3s';
    const mails = rate(w.mails / 4, w.mails);
    const mta = (id: string, does: string) =>
      b.service(id, { does, tier: 'mail', perPod: { requestsPerSecond: per(100) }, pod: pod(0.25, 0.25) });
    const inbound = mta('smtp-in', 'takes mail of other servers');
    const submission = mta('submission', 'takes mail of users');
    const mailbox = mta('imap', 'shows mailboxes');
    const web = mta('webmail', 'shows mailboxes in browsers');
    const world = b.external('mail-servers', { does: 'mail servers of others', host: 'mail.example', port: 25, source });
    b.front('mail', { layer: 4, newConnectionsPerSecond: w.mails / 4 })
      .routesTo(inbound, mails, { sends: 75e3, listener: { port: 25, protocol: 'tcp', proxyProtocol: true } })
      .routesTo(submission, mails, { sends: 75e3, listener: { port: 465, protocol: 'tls' } })
      .routesTo(submission, steady(0.5), { sends: 75e3, listener: { port: 587, protocol: 'tcp' } })
      .routesTo(mailbox, mails, { listener: { port: 993, protocol: 'tls' } })
      .routesTo(mailbox, steady(0.5), { listener: { port: 5000, protocol: 'udp' } });
    b.front('web', { layer: 7 }).routesTo(web, mails);
    b.mailDomain({ dmarc: 'quarantine' });
    submission.calls(world, mails, { sends: 75e3 });
  },
  claims: [],
});

export const mailPlan = (stageName: string) => plan(tinyMail, stageName);
