import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { clientsOf } from './clients';
import { type DeployedCopy, deployedCopy } from './deployed-copy';
import { GAPS } from './emulator-gaps';
import { type Answer, type Call, errorAnswer } from './gateway-call';
import { resolveForeignOutputs } from './stack-outputs';
import type { Template } from './template';

/** Calls that bring a template. */
const BRINGS_TEMPLATE = ['CreateChangeSet', 'CreateStack', 'UpdateStack'];

/** Templates on their way to the emulator: each is replaced by a copy without what the emulator cannot do. */
export class TemplateCopies {
  /** Keys of the gaps that were needed so far. */
  readonly usedGaps = new Set<string>();

  constructor(private readonly emulator: string) {}

  /** @returns the call as the emulator shall see it, or an error in place of its answer */
  async passed(call: Call): Promise<Call | Answer> {
    if (call.service !== 'cloudformation' || !BRINGS_TEMPLATE.includes(call.action)) return call;
    const fields = new URLSearchParams(call.body.toString());
    const place = placeOf(fields.get('TemplateURL'));
    const text = place ? await this.read(call.region, place) : fields.get('TemplateBody');
    // What has none, or none that can be read, is for the emulator to refuse.
    const original = text && parsed(text);
    if (!original) return call;
    let copy: DeployedCopy;
    try {
      const outputOf = (region: string, stack: string, output: string) => this.outputOf(region, stack, output);
      copy = deployedCopy(await resolveForeignOutputs(original, call.region, outputOf), GAPS);
    } catch (error) {
      return errorAnswer(call, 400, 'ValidationError', (error as Error).message);
    }
    copy.used.forEach((key) => this.usedGaps.add(key));
    const body = JSON.stringify(copy.template);
    if (place) {
      const Key = `${place.Key}.deployed`;
      await clientsOf(this.emulator, call.region).s3.send(new PutObjectCommand({ ...place, Key, Body: body }));
      fields.set('TemplateURL', `${this.emulator}/${place.Bucket}/${Key}`);
    } else fields.set('TemplateBody', body);
    return { ...call, body: Buffer.from(fields.toString()) };
  }

  private async read(region: string, place: Place): Promise<string | undefined> {
    const asking = clientsOf(this.emulator, region).s3.send(new GetObjectCommand(place));
    return asking.then(
      ({ Body }) => Body?.transformToString(),
      () => undefined,
    );
  }

  private async outputOf(region: string, stack: string, output: string): Promise<string> {
    const { cloudformation } = clientsOf(this.emulator, region);
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: stack }));
    const value = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === output)?.OutputValue;
    if (value === undefined) throw new Error(`stack ${stack} in ${region} has no output ${output}`);
    return value;
  }
}

interface Place {
  Bucket: string;
  Key: string;
}

/** Bucket and key of an address in S3, with the bucket in the path or in the host. */
function placeOf(address: string | null): Place | undefined {
  if (!address) return undefined;
  const { hostname, pathname } = new URL(address);
  const inHost = /^(.+)\.s3[.-][\w.-]*amazonaws\.com$/.exec(hostname)?.[1];
  const [, Bucket, Key] = /^\/([^/]+)\/(.+)$/.exec(inHost ? `/${inHost}${pathname}` : pathname) ?? [];
  return Bucket && Key ? { Bucket, Key: decodeURIComponent(Key) } : undefined;
}

function parsed(text: string): Template | undefined {
  try {
    return JSON.parse(text) as Template;
  } catch {
    // The bootstrap template is YAML; the emulator can do all of it.
    return undefined;
  }
}
