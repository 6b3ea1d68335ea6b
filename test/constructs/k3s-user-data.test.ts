import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { parse, parseAllDocuments } from 'yaml';
import { K3S_VERSION, type K3sUserData, k3sUserData } from '../../constructs/k3s-user-data';

// The script runs for real, in a folder instead of the machine's root and with stand-ins for the programs that only the machine has.

const props = {
  bucket: 'my-manifests',
  region: 'eu-west-1',
  domainNames: ['a.example.com', 'b.example.com'],
  syncSeconds: 300,
  listeners: [
    { name: 'tcp-25', port: 25, protocol: 'tcp', ownPort: 10_025 },
    { name: 'udp-5000', port: 5000, protocol: 'udp', ownPort: 5000 },
  ],
  logGroupName: '/pods',
} as const;
const userData = (changes: Partial<K3sUserData> = {}): string => new Stack().resolve(k3sUserData({ ...props, ...changes }))['Fn::Base64'];
/** Bodies of its MIME parts, by type. */
const partsOf = (text: string): Map<string, string> => {
  const [, boundary] = /^Content-Type: multipart\/mixed; boundary="(.+)"$/m.exec(text)!;
  const [, ...parts] = text.split(`--${boundary}--\n`)[0]!.split(`--${boundary}\n`);
  return new Map(parts.map((part) => [/^Content-Type: ([\w/-]+)/.exec(part)![1]!, part.slice(part.indexOf('\n\n') + 2)]));
};
const scriptOf = (text: string): string => partsOf(text).get('text/x-shellscript')!;
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

let ran: ReturnType<typeof start>;

/** The machine starts, with its disk as it is. @returns how the script ended, and what it called */
function start(script: string) {
  writeFileSync(calls, '');
  const moved = script.replace(/(?<=[\s:])\/(etc|var|run|opt)\//g, `${root}/$1/`);
  const { status, stderr } = spawnSync('bash', ['-s'], {
    input: moved,
    env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, ROOT: root },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { ended: `${status} ${stderr}`, made: readFileSync(calls, 'utf8').trim().split('\n') };
}

beforeAll(() => {
  for (const folder of ['bin', 'etc/systemd/system', 'run']) mkdirSync(join(root, folder), { recursive: true });
  for (const [name, does] of Object.entries(STAND_INS)) {
    const file = join(root, 'bin', name);
    writeFileSync(file, `#!/bin/bash\necho "$(basename "$0") $*" >> "$ROOT/calls"\n${does}\n`);
    chmodSync(file, 0o755);
  }
  ran = start(scriptOf(userData()));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('is a script that bash reads, within what EC2 takes', () => {
  expect(spawnSync('bash', ['-n'], { input: scriptOf(userData()) }).status).toBe(0);
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html, 2026-11-22: 16 KB before it is encoded.
  expect(Buffer.byteLength(userData())).toBeLessThan(16 * 1024);
});

test('cloud-init runs it at every start, not once', () => {
  const parts = partsOf(userData());
  expect([...parts.keys()]).toEqual(['text/cloud-config', 'text/x-shellscript']);
  const config = parts.get('text/cloud-config')!;
  expect(config).toMatch(/^#cloud-config\n/);
  expect(parse(config)).toEqual({ cloud_final_modules: [['scripts-user', 'always']] });
});

test('runs to its end, trying downloads again', () => {
  expect(ran.ended).toBe('0 ');
  expect(ran.made.map((call) => call.split(' ')[0])).toEqual([
    ...[
      'systemctl',
      'systemctl',
      'systemctl',
      'curl',
      'sleep',
      'curl',
      'install',
      'sleep',
      'install',
      'dnf',
      'amazon-cloudwatch-agent-ctl',
    ],
  ]);
  expect(ran.made).toContain(`install ${K3S_VERSION} true server --secrets-encryption`);
  expect(ran.made.slice(0, 3)).toEqual([
    'systemctl daemon-reload',
    'systemctl enable manifests.timer',
    'systemctl restart manifests.timer',
  ]);
});

test("writes a web server's settings that k3s can read", () => {
  const [config, ...others] = parseAllDocuments(read('var/lib/rancher/k3s/server/manifests/traefik-config.yaml'), { strict: true });
  expect(others).toEqual([]);
  expect(config!.errors).toEqual([]);
  const { kind, metadata, spec } = config!.toJS();
  expect([kind, metadata.name, metadata.namespace]).toEqual(['HelmChartConfig', 'traefik', 'kube-system']);
  const [values] = parseAllDocuments(spec.valuesContent);
  expect(values!.errors).toEqual([]);
  const { additionalArguments, ports } = values!.toJS();
  expect(ports).toEqual({
    'tcp-25': { port: 10_025, exposedPort: 25, protocol: 'TCP', expose: { default: true } },
    'udp-5000': { port: 5000, exposedPort: 5000, protocol: 'UDP', expose: { default: true } },
  });
  expect(additionalArguments).toContain('--entrypoints.websecure.http.tls.domains[0].main=a.example.com');
  expect(additionalArguments).toContain('--entrypoints.websecure.http.tls.domains[0].sans=b.example.com');
});

test('says nothing of ports where the web is all there is', () => {
  expect(userData({ listeners: [] })).not.toContain('ports:');
  expect(userData()).toContain('ports:');
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

test('run again on the same disk, it brings what has changed since', () => {
  const version = 'v9.9.9+k3s1';
  const changed = userData({ domainNames: ['new.example.com'], bucket: 'other-manifests', logGroupName: '/other' });
  const { ended, made } = start(scriptOf(changed).replaceAll(K3S_VERSION, version));
  expect(ended).toBe('0 ');
  expect(made).toContain(`install ${version} true server --secrets-encryption`);
  expect(made).toContain('systemctl restart manifests.timer');
  const config = read('var/lib/rancher/k3s/server/manifests/traefik-config.yaml');
  expect(config).toContain('domains[0].main=new.example.com');
  expect(config).not.toContain('a.example.com');
  expect(read('etc/systemd/system/manifests.service')).toContain('s3://other-manifests/manifests');
  expect(read('opt/aws/amazon-cloudwatch-agent/etc/pods.json')).toContain('"/other"');
});
