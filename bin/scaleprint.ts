import { Command, Option } from 'commander';
import { oneLine, run } from './run-verb';

const program = new Command('scaleprint')
  .description('Infrastructure blueprints that can be deployed, priced and reviewed')
  .configureOutput({ outputError: (text, write) => write(`${oneLine(text.replace(/^error: /, 'scaleprint: '))}\n`) })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

const json = () => new Option('--json', 'one JSON document on stdout');
const stage = () => new Option('--stage <stage>', 'one stage, such as launch or seed-003');
const all = () => new Option('--all', 'every stage; without a system, of every system');
const set = () =>
  new Option('--set <key=value>', 'replaces a figure of the workload; may be repeated').argParser(
    (given: string, before: string[] | undefined) => [...(before ?? []), given],
  );
const out = (folder: string) => new Option('--out <folder>', 'where to write').default(folder);
const environment = () =>
  new Option('--environment <name>', 'name of stacks and clusters instead of the stage: keeps them while the stage changes');
const region = () => new Option('--region <region>', 'home region, instead of us-east-1');

const verb = (name: string, description: string, options: Option[]): void => {
  const command = program.command(name).description(description);
  const [verbName] = name.split(' ');
  options.forEach((option) => command.addOption(option));
  command.action((...given: unknown[]) =>
    run(verbName!, given.slice(0, -2) as (string | undefined)[], given.at(-2) as Record<string, never>),
  );
};

verb('list [system]', 'systems, their stages and the case studies behind them', [json()]);
verb('plan [system]', 'sized parts, decisions and head-room as a table', [stage(), all(), set(), region(), json()]);
verb('explain [system]', 'the same as prose: demand, limit, arithmetic, source, next trigger', [stage(), all(), set(), region(), json()]);
verb('synth [system]', 'writes CloudFormation and Kubernetes manifests', [
  ...[stage(), all(), set(), region(), environment(), out('dist'), json()],
  new Option('--image <image>', 'image of the pods; {service} in it becomes the service id'),
  new Option('--outputs <file>', "stack outputs as `cdk deploy --outputs-file` writes them; fills the manifests' endpoints"),
  new Option('--disposable', 'everything can be destroyed: no retained state'),
]);
verb('cost [system]', 'the monthly bill of a stage, or of any CloudFormation', [
  ...[stage(), all(), set(), region(), json()],
  new Option('--template <path>', 'a template or a cdk.out folder, instead of a system'),
  new Option('--usage <file>', 'usage figures as YAML or JSON, for --template'),
  new Option('--full', 'every line item, instead of the largest'),
]);
verb('compare [systems...]', 'stages of a system, or systems at one stage, side by side', [stage(), set(), region(), json()]);
verb('claims [system]', "the case studies' published figures beside ours", [json()]);
verb('all', 'plans, synthesizes and prices every stage of every system', [out('dist'), json()]);
verb('doctor', 'what is missing on this machine, and the command that installs it', [json()]);

// Whoever reads us, such as `head`, may stop before we do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

program.parse();
