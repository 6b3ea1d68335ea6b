import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ParameterName } from '../../stacks/parameters';
import { deploy } from './change-set';
import { Checks } from './checks';
import { clientsOf } from './clients';
import { deployStage } from './deploy-stage';
import { Emulator } from './emulator';
import { gapKey, GAPS } from './emulator-gaps';
import floors from './floors.json';
import { shareOf, tableOf } from './report';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const MINUTES = 3;
/** How far a share may rise above its floor before the floor should follow. */
const SLACK = 0.03;
const DOMAIN = 'shop.example.com';

/** Deploys the stages of floors.json to a local AWS and compares what is there with their templates. @returns the exit code */
async function main(): Promise<number> {
  const checks = new Checks();
  const gaps = new Set<string>();
  const folder = mkdtempSync(join(tmpdir(), 'scaleprint-deploy-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const emulator = await Emulator.start();
  const parameters: Record<ParameterName, string> = {
    DomainName: DOMAIN,
    HostedZoneId: await hostedZone(emulator),
    AdministratorArn: 'arn:aws:iam::123456789012:role/administrator',
    ApiCidrs: '203.0.113.0/24',
    AlarmEmail: 'alarms@example.com',
    CloudFrontPrefixList: 'pl-3b927c52',
    S3PrefixList: 'pl-63a5400a',
  };
  checks.check(floors.length > 0, 'floors.json names no stage');
  for (const { system, stage, floor } of floors) {
    const deploying = () => deployStage(system, stage, { emulator, checks, parameters, folder, gaps });
    const outcomes = (await checks.step(`${system} ${stage}`, deploying)) ?? [];
    const share = shareOf(outcomes);
    const figures = `${percent(share)} of ${outcomes.length} resources exist, the floor is ${percent(floor)}`;
    console.log(`${system} ${stage}: ${figures}\n${tableOf(outcomes)}\n`);
    checks.check(share >= floor, `${system} ${stage}: ${figures}`);
    if (share > floor + SLACK)
      console.log(`Raise the floor of ${system} ${stage} in test/deploy/floors.json to ${Math.floor(share * 100) / 100}.\n`);
  }
  // After a failure some were simply not reached.
  for (const key of checks.failures.length > 0 ? [] : GAPS.flatMap((gap) => gap.types.map((type) => gapKey(gap, type))))
    checks.check(gaps.has(key), `emulator-gaps.ts lists a gap that nothing deployed needs any more: ${key}`);
  for (const failure of checks.failures) console.log(`FAILED ${failure}`);
  console.log(`${checks.passed} passed, ${checks.failures.length} failed`);
  return checks.failures.length === 0 ? 0 : 1;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** A zone to put the stage's names into, as whoever deploys has one. */
async function hostedZone(emulator: Emulator): Promise<string> {
  const { cloudformation } = clientsOf(emulator.endpoint, 'us-east-1');
  const template = {
    Resources: { Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: DOMAIN } } },
    Outputs: { Id: { Value: { Ref: 'Zone' } } },
  };
  return (await deploy(cloudformation, { name: 'zone', template, parameters: {}, tags: {} })).Id!;
}

// Leaving through process.exit is what stops the emulator, whatever happens.
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) process.once(signal, () => process.exit(code)); // prettier-ignore
setTimeout(() => {
  console.log(`the run took longer than ${MINUTES} minutes\n0 passed, 1 failed`);
  process.exit(1);
}, MINUTES * 60_000).unref();
main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.log(`${error.message}\n0 passed, 1 failed`);
    process.exit(1);
  },
);
