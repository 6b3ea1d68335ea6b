import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { type Account, resolveAccount } from '../../sandbox/account';
import type { ParameterName } from '../../stacks/parameters';
import { Checks } from './checks';
import { clientsOf } from './clients';
import { Emulator } from './emulator';
import { type Fault, type Gateway, startGateway } from './gateway';

/** What a section of the deployment tests works in: an AWS account of its own in the emulator. */
export interface Surroundings {
  emulator: Emulator;
  gateway: Gateway;
  /** The gateway's; add to it to have calls fail. */
  faults: Fault[];
  checks: Checks;
  /** As the product resolves it. */
  account: Account;
  /** Empty, gone at the end. */
  folder: string;
  /** Collects the keys of the gaps that were needed in reading back; those in deploying the gateway knows. */
  gaps: Set<string>;
}

/** Stands in for the zone of whoever deploys. */
export const DOMAIN = 'example.com';
export const HOME = 'us-east-1';

/** @returns an account with nothing in it: no bootstrap, no zone; `process.env` leads the product to it */
export async function makeSurroundings(checks = new Checks()): Promise<Surroundings> {
  const emulator = await Emulator.start();
  const faults: Fault[] = [];
  const gateway = await startGateway({ emulator, faults });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: gateway.endpoint,
    AWS_ACCESS_KEY_ID: 'emulator',
    AWS_SECRET_ACCESS_KEY: 'emulator',
    AWS_REGION: HOME,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
  const folder = mkdtempSync(join(tmpdir(), 'scaleprint-deploy-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return { emulator, gateway, faults, checks, account: await resolveAccount(HOME), folder, gaps: new Set() };
}

/** What `cdk bootstrap` makes in a region, by the toolkit that the product deploys with. */
export async function bootstrap({ account }: Surroundings, regions: readonly string[]): Promise<void> {
  const { BaseCredentials, BootstrapEnvironments, Toolkit } = await import('@aws-cdk/toolkit-lib');
  const toolkit = new Toolkit({
    sdkConfig: { baseCredentials: BaseCredentials.custom({ provider: account.credentials, region: account.region }) },
    ioHost: { notify: async () => {}, requestResponse: async ({ defaultResponse }) => defaultResponse },
  });
  await toolkit.bootstrap(BootstrapEnvironments.fromList(regions.map((region) => `aws://${account.id}/${region}`)));
}

/** A public zone, as whoever deploys has one. @returns its id */
export async function makeZone({ emulator }: Surroundings, domain: string): Promise<string> {
  const { route53 } = clientsOf(emulator.endpoint, HOME);
  const { HostedZone } = await route53.send(new CreateHostedZoneCommand({ Name: domain, CallerReference: domain }));
  return HostedZone!.Id!.replace('/hostedzone/', '');
}

/** Answers to everything that stacks ask for. */
export const parametersOf = (domain: string, zone: string): Record<ParameterName, string> => ({
  DomainName: domain,
  HostedZoneId: zone,
  AdministratorArn: 'arn:aws:iam::123456789012:role/administrator',
  ApiCidrs: '203.0.113.0/24',
  AlarmEmail: 'alarms@example.com',
  DkimPublicKey: 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A,MIIBCgKCAQEA',
  CloudFrontPrefixList: 'pl-3b927c52',
  S3PrefixList: 'pl-63a5400a',
  KafkaPrivateConnectivity: 'yes',
  StreamPrograms: 'yes',
});
