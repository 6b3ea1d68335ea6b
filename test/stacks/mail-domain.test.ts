import { Blueprint } from '../../plan/blueprint';
import { requireMailServers } from '../../plan/mail-domain';
import { smallest } from '../../plan/smallest';
import { HOME_REGION } from '../../plan/system';
import { entriesOf, entryOfMail } from '../../stacks/entries';
import { mailPlan } from '../plan/tiny-mail';
import { tinyPlan as everyKind } from '../k8s/tiny-system';
import { synthesized, templateOf } from './synthesized';
import { tinyPlan } from './tiny-shop';

const edgeOf = (plan: ReturnType<typeof mailPlan>) => templateOf(synthesized(plan), 'us-east-1-edge');
const record = (plan: ReturnType<typeof mailPlan>, id: RegExp) =>
  Object.entries(edgeOf(plan).findResources('AWS::Route53::RecordSet')).find(([key]) => id.test(key))![1].Properties;
const spf = (plan: ReturnType<typeof mailPlan>) => JSON.stringify(record(plan, /MailSenders/).ResourceRecords);

test('others deliver to whoever listens on port 25: the balancer, or the one machine', () => {
  expect(['zones', 'box'].map((stage) => entryOfMail(mailPlan(stage).deployments[0]!)!.kind)).toEqual(['loadBalancer', 'box']);
  const deployment = mailPlan('zones').deployments[0]!;
  expect(entriesOf(deployment).map(({ id }) => id)).toContain(entryOfMail(deployment)!.id);
  expect(record(mailPlan('zones'), /MailServers/)).toMatchObject({ Type: 'MX', Name: { Ref: 'DomainName' } });
});

test('the addresses that pods send from may send; the one machine is the server itself', () => {
  expect(spf(mailPlan('zones')).match(/ip4:/g)).toHaveLength(3);
  expect(spf(mailPlan('zones'))).not.toContain('amazonses.com');
  expect(spf(mailPlan('box'))).not.toContain('ip4:');
});

test('who sends through SES lets it send in its name', () => {
  const plan = mailPlan('zones');
  const { parts } = everyKind('zones').deployments[0]!;
  const withChannel = {
    ...plan,
    deployments: plan.deployments.map((d) => ({ ...d, parts: [...d.parts, parts.find(({ kind }) => kind === 'channel')!] })),
  };
  expect(spf(withChannel)).toContain('include:amazonses.com');
});

test('the policy lies in the region of certificates for the edge, whatever the home region', () => {
  const plan = mailPlan('zones');
  const [home] = plan.deployments;
  const abroad = { ...plan, deployments: [{ ...home!, region: { ...home!.region, name: 'eu-west-1' } }] };
  const edge = templateOf(synthesized(abroad), 'us-east-1-edge');
  edge.resourceCountIs('AWS::CloudFront::Function', 1);
});

test('is there in a sandbox, too', () => {
  expect(record(smallest(mailPlan('zones')), /MailServers/).Type).toBe('MX');
});

test('a system that is none of mail publishes nothing of the sort', () => {
  const template = templateOf(synthesized(tinyPlan('zones')), 'us-east-1-edge');
  expect(Object.values(template.findResources('AWS::Route53::RecordSet')).filter(({ Properties: { Type } }) => !/^A+$/.test(Type))).toEqual(
    [],
  );
  expect(tinyPlan('zones').deployments[0]).not.toHaveProperty('mail');
});

test('is refused where nobody takes mail', () => {
  const region = { name: HOME_REGION, share: 1, role: 'active' } as const;
  const b = new Blueprint({ zones: 3, region, regions: [region] });
  b.mailDomain({ dmarc: 'none' });
  expect(() => requireMailServers(b.mail, { parts: b.size(), flows: b.flows })).toThrow('a front that listens on tcp 25');
});
