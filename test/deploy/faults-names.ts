import {
  CreateStackCommand,
  DeleteStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { TAGS } from '../../stacks/sandbox';
import { clientsOf } from './clients';
import { deployAll, failsSaying, OWNER, prepareSandbox, STAGE, SYSTEM } from './faults-sandbox';
import { DOMAIN, HOME, type Surroundings } from './surroundings';

const TEMPLATE = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });

/** Somebody else has what a sandbox would be called: its stacks, the sandbox, one of its resources. */
export async function namesTaken(surroundings: Surroundings): Promise<void> {
  const { checks } = surroundings;
  const name = `${SYSTEM}-${STAGE}-${OWNER}`;
  const offer = await prepareSandbox(surroundings);
  await withStack(surroundings, `${name}-${HOME}-network`, {}, async () => {
    await failsSaying(surroundings, 'a stack of the same name', () => deployAll(offer), [
      /-network is taken by a stack that is no sandbox/,
      /--owner/,
    ]);
  });
  const tags = {
    [TAGS.sandbox]: name,
    [TAGS.owner]: 'somebody',
    [TAGS.expires]: new Date().toISOString(),
    [TAGS.system]: SYSTEM,
    [TAGS.stage]: STAGE,
    [TAGS.room]: 'data',
  };
  await withStack(surroundings, `${name}-${HOME}-data`, tags, async () => {
    await failsSaying(surroundings, 'a sandbox of the same name', () => prepareSandbox(surroundings), [/belongs to somebody/, /--owner/]);
  });

  const { route53 } = clientsOf(surroundings.emulator.endpoint, HOME);
  const record = { Name: DOMAIN, Type: 'A' as const, TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] };
  const change = (Action: 'CREATE' | 'DELETE') =>
    route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: offer.parameters[`${name}-${HOME}-edge:HostedZoneId`],
        ChangeBatch: { Changes: [{ Action, ResourceRecordSet: record }] },
      }),
    );
  await change('CREATE');
  await failsSaying(surroundings, 'a resource of the same name', () => deployAll(offer), [
    /-edge: \w+ \(AWS::Route53::RecordSet\) failed: .*already exists/,
    /a name is taken: delete .* another DomainName/,
  ]);
  await change('DELETE');
  const { length } = Object.keys(await deployAll(offer));
  checks.check(length === offer.stacks, `${length} of ${offer.stacks} stacks are up once the name is free again`);
}

async function withStack(
  { emulator }: Surroundings,
  StackName: string,
  tags: Record<string, string>,
  run: () => Promise<void>,
): Promise<void> {
  const { cloudformation: client } = clientsOf(emulator.endpoint, HOME);
  const waiter = { client, maxWaitTime: 30, minDelay: 1 };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await client.send(new CreateStackCommand({ StackName, TemplateBody: TEMPLATE, Tags }));
  await waitUntilStackCreateComplete(waiter, { StackName });
  await run();
  await client.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete(waiter, { StackName });
}
