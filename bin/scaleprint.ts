import { Command, Option } from 'commander';
import { oneLine, run } from './run-verb';

const program = new Command('scaleprint')
  .description('Infrastructure blueprints that can be deployed, priced and reviewed')
  .configureOutput({ outputError: (text, write) => write(`${oneLine(text.replace(/^error: /, 'scaleprint: '))}\n`) })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

const json = () => new Option('--json', 'one JSON document on stdout');
const stage = () => new Option('--stage <stage>', 'one stage, such as launch or seed-003');
const all = () => new Option('--all', 'every stage; without a system, of every system');
const repeated = (flags: string, description: string) =>
  new Option(flags, `${description}; may be repeated`).argParser((given: string, before: string[] | undefined) => [
    ...(before ?? []),
    given,
  ]);
const set = () => repeated('--set <key=value>', 'replaces a figure of the workload');
const image = () => new Option('--image <image>', 'image of the pods; {service} in it becomes the service id');
const out = (folder: string) => new Option('--out <folder>', 'where to write').default(folder);
const environment = () =>
  new Option('--environment <name>', 'name of stacks and clusters instead of the stage: keeps them while the stage changes');
const from = () => repeated('--from <stage>', 'stage the environment has held, the latest last; what AWS does not shrink stays');
const region = () => new Option('--region <region>', 'home region, instead of us-east-1');
const onlyRegion = () => new Option('--region <region>', 'only sandboxes with stacks there');

const profile = () => new Option('--profile <profile>', "profile of the AWS configuration, instead of the environment's");
const owner = () => new Option('--owner <owner>', "short name of whose it is, instead of the caller's");
const engine = () => new Option('--engine <engine>', 'what deploys it: cloudformation or pulumi').default('cloudformation');
const yes = (agrees: string) => new Option('--yes', `${agrees} without being asked`);

const verb = (name: string, description: string, options: Option[], { parent = program, folder = '' } = {}): void => {
  const command = parent.command(name).description(description);
  const [verbName] = name.split(' ');
  options.forEach((option) => command.addOption(option));
  command.action((...given: unknown[]) =>
    run(folder + verbName!, given.slice(0, -2) as (string | undefined)[], given.at(-2) as Record<string, never>),
  );
};

verb('list [system]', 'systems, their stages and the case studies behind them', [json()]);
verb('plan [system]', 'sized parts, decisions and head-room as a table', [stage(), all(), set(), region(), from(), json()]);
verb('explain [system]', 'the same as prose: demand, limit, arithmetic, source, next trigger', [
  stage(),
  all(),
  set(),
  region(),
  from(),
  json(),
]);
verb('synth [system]', 'writes CloudFormation and Kubernetes manifests', [
  ...[stage(), all(), set(), region(), environment(), from(), out('dist'), json()],
  image(),
  new Option('--outputs <file>', "stack outputs as `cdk deploy --outputs-file` writes them; fills the manifests' endpoints"),
  new Option('--disposable', 'everything can be destroyed: no retained state'),
]);
verb('cost [system]', 'the monthly bill of a stage, or of any CloudFormation', [
  ...[stage(), all(), set(), region(), from(), json()],
  new Option('--template <path>', 'a template or a cdk.out folder, instead of a system'),
  new Option('--usage <file>', 'usage figures as YAML or JSON, for --template'),
  new Option('--full', 'every line item, instead of the largest'),
]);
verb('compare [systems...]', 'stages of a system, or systems at one stage, side by side', [stage(), set(), region(), json()]);
verb('claims [system]', "the case studies' published figures beside ours", [json()]);
const sandbox = { parent: program.command('sandbox').description('short-lived environments that end by themselves'), folder: 'sandbox/' };
verb(
  'up [system]',
  'brings a stage up at its smallest sizes, or goes on where it stopped',
  [
    ...[stage(), set(), region(), profile(), owner(), image()],
    new Option('--ttl <time>', 'how long it stays from now on: 30m, 4h or 2d (default: 4h, or what it already has)'),
    new Option('--budget <usd>', 'USD it may cost until it ends').default('20'),
    repeated('--parameter <name=value>', 'answers what a stack asks for'),
    engine(),
    new Option('--pod-metrics', 'makes metrics of its pods, a fifth of the bill of a cluster'),
    new Option('--no-expiry', 'with --engine pulumi: nothing ends it but you'),
    new Option('--gitops <folder>', 'writes the manifests there instead of applying them'),
    ...[yes('agrees to the price'), json()],
  ],
  sandbox,
);
verb('list', 'sandboxes that are alive, their age and cost', [onlyRegion(), profile(), engine(), json()], sandbox);
verb(
  'down [sandbox]',
  'deletes a sandbox: by its name, or by system and --stage',
  [stage(), owner(), onlyRegion(), profile(), engine(), yes("deletes it also when it is somebody else's,"), json()],
  sandbox,
);
verb('sweep', 'deletes sandboxes past their end', [onlyRegion(), profile(), engine(), yes('deletes them'), json()], sandbox);
verb('all', 'plans, synthesizes and prices every stage of every system', [out('dist'), json()]);
verb('doctor', 'what is missing on this machine, and the command that installs it', [json()]);

// Whoever reads us, such as `head`, may stop before we do.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

program.parse();
