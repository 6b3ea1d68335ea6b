import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { parseAllDocuments } from 'yaml';
import { K3S_VERSION, k3sUserData } from '../../constructs/k3s-user-data';

// The script runs for real, in a folder instead of the machine's root and with stand-ins for the programs that only the machine has.

const props = {
  bucket: 'my-manifests',
  region: 'eu-west-1',
  domainNames: ['a.example.com', 'b.example.com'],
  syncSeconds: 300,
  logGroupName: '/pods',
};
const script: string = new Stack().resolve(k3sUserData(props))['Fn::Base64'];
const root = mkdtempSync(join(tmpdir(), 'scaleprint-machine-'));
const calls = join(root, 'calls');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Each writes down how it was called. A download fails the first time, as before the machine has its address; so does the installation. */
const STAND_INS = {
  systemctl: '',
  sleep: '',
  aws: '',
  dnf: `mkdir -p "$ROOT/opt/aws/amazon-cloudwatch-agent/etc" "$ROOT/opt/aws/amazon-cloudwatch-agent/bin"
cp "$ROOT/bin/systemctl" "$ROOT/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl"`,
  curl: `[ -e "$ROOT/online" ] || { touch "$ROOT/online"; exit 6; }
while [ "$1" != -o ]; do shift; done
cat > "$2" <<'INSTALL'
echo "install $INSTALL_K3S_VERSION $INSTALL_K3S_SKIP_SELINUX_RPM $*" >> "$ROOT/calls"
[ -e "$ROOT/installed" ] || { touch "$ROOT/installed"; exit 1; }
INSTALL`,
};

let ran: ReturnType<typeof spawnSync>;

beforeAll(() => {
  for (const folder of ['bin', 'etc/systemd/system', 'run']) mkdirSync(join(root, folder), { recursive: true });
  for (const [name, does] of Object.entries(STAND_INS)) {
    const file = join(root, 'bin', name);
    writeFileSync(file, `#!/bin/bash\necho "$(basename "$0") $*" >> "$ROOT/calls"\n${does}\n`);
    chmodSync(file, 0o755);
  }
  const moved = script.replace(/(?<=[\s:])\/(etc|var|run|opt)\//g, `${root}/$1/`);
  writeFileSync(join(root, 'user-data'), moved);
  ran = spawnSync('bash', [join(root, 'user-data')], {
    env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, ROOT: root },
    encoding: 'utf8',
    timeout: 20_000,
  });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('is a script that bash reads, within what EC2 takes', () => {
  expect(spawnSync('bash', ['-n'], { input: script }).status).toBe(0);
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html, 2026-11-22: 16 KB before it is encoded.
  expect(Buffer.byteLength(script)).toBeLessThan(16 * 1024);
});

test('runs to its end, trying downloads again', () => {
  expect(`${ran.status} ${ran.stderr}`).toBe('0 ');
  const made = readFileSync(calls, 'utf8').trim().split('\n');
  expect(made.map((call) => call.split(' ')[0])).toEqual([
    ...['systemctl', 'curl', 'sleep', 'curl', 'install', 'sleep', 'install', 'dnf', 'amazon-cloudwatch-agent-ctl'],
  ]);
  expect(made).toContain(`install ${K3S_VERSION} true server --secrets-encryption`);
  expect(made).toContain('systemctl enable --now manifests.timer');
});

test("writes a web server's settings that k3s can read", () => {
  const [config, ...others] = parseAllDocuments(read('var/lib/rancher/k3s/server/manifests/traefik-config.yaml'), { strict: true });
  expect(others).toEqual([]);
  expect(config!.errors).toEqual([]);
  const { kind, metadata, spec } = config!.toJS();
  expect([kind, metadata.name, metadata.namespace]).toEqual(['HelmChartConfig', 'traefik', 'kube-system']);
  const [values] = parseAllDocuments(spec.valuesContent);
  expect(values!.errors).toEqual([]);
  const { additionalArguments } = values!.toJS();
  expect(additionalArguments).toContain('--entrypoints.websecure.http.tls.domains[0].main=a.example.com');
  expect(additionalArguments).toContain('--entrypoints.websecure.http.tls.domains[0].sans=b.example.com');
});

test('a timer keeps the manifests in step with the bucket', () => {
  const unit = (name: string) => new Map([...read(`etc/systemd/system/${name}`).matchAll(/^(\w+)=(.*)$/gm)].map(([, k, v]) => [k!, v!]));
  const [timer, service] = [unit('manifests.timer'), unit('manifests.service')];
  expect([timer.get('OnActiveSec'), timer.get('OnUnitInactiveSec'), timer.get('WantedBy')]).toEqual(['0', '300', 'timers.target']);
  const [program, ...args] = service.get('ExecStart')!.split(' ');
  expect(program).toBe('/usr/bin/aws');
  const target = args.at(-1)!;
  // Below the folder that k3s watches, in one the script has made.
  expect(existsSync(target)).toBe(true);
  expect(target).toBe(join(root, 'var/lib/rancher/k3s/server/manifests/scaleprint'));
  expect(args.slice(0, -1)).toEqual(['s3', 'sync', '--delete', '--region', 'eu-west-1', 's3://my-manifests/manifests']);
});

test("sends every container's log to its group", () => {
  const { collect_list } = JSON.parse(read('opt/aws/amazon-cloudwatch-agent/etc/pods.json')).logs.logs_collected.files;
  expect(collect_list).toEqual([expect.objectContaining({ log_group_name: '/pods', publish_multi_logs: true })]);
});
