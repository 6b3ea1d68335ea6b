import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GAPS } from '../emulator-gaps';
import { startGateway, type Fault, type Gateway } from '../gateway';
import type { Answer, Call } from '../gateway-call';
import { clientsOf } from '../clients';
import { ApiError, CloudControl } from './cloud-control';
import { OneStacks } from './one-stacks';

/** A gateway that answers for Cloud Control too. */
export interface CloudControlGateway extends Gateway {
  /** Cloud Control of a region, made when it is first called. */
  cloudControl(region: string): CloudControl;
}

/** @param attributes those of a type that can be read */
export async function startCloudControl(
  emulator: { endpoint: string },
  attributes: (type: string) => readonly string[],
  faults: Fault[] = [],
): Promise<CloudControlGateway> {
  const regions = new Map<string, CloudControl>();
  const cloudControl = (region: string) => {
    const stacks = () => new OneStacks(clientsOf(gateway.endpoint, region).cloudformation);
    const made = regions.get(region) ?? new CloudControl(stacks(), attributes);
    regions.set(region, made);
    return made;
  };
  const instead = (call: Call) => {
    if (call.service === 'cloudcontrolapi') return Promise.resolve(answerOf(call, cloudControl(call.region)));
    return call.action === 'GetParameter' && call.body.includes('/aws/service/') ? publicParameter(call, emulator) : undefined;
  };
  const gateway: Gateway = await startGateway({ emulator, faults, instead });
  return { ...gateway, cloudControl };
}

/** CloudFormation's own look-up the gateway mends in the template; the engine looks up by itself. */
async function publicParameter(call: Call, { endpoint }: { endpoint: string }): Promise<Answer> {
  const Name = GAPS.find(({ effect }) => effect === 'default replaced')!.by!;
  const ssm = new SSMClient({ endpoint, region: call.region, credentials: { accessKeyId: 'emulator', secretAccessKey: 'emulator' } });
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
  return json(200, { Parameter: { Name, Value: Parameter?.Value } });
}

const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(JSON.stringify(body)),
});

function answerOf(call: Call, cloudControl: CloudControl): Answer {
  try {
    return json(200, cloudControl.answer(call.action, JSON.parse(call.body.toString()) as Parameters<CloudControl['answer']>[1]));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return json(400, { __type: `com.amazonaws.cloudcontrol#${error.code}`, message: error.message });
  }
}
