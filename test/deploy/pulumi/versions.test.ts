import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file: string) => readFileSync(join(__dirname, '../../..', file), 'utf8');
const first = (pattern: RegExp, text: string) => pattern.exec(text)?.[1];

test('the engine says that it is the version that it is built from', () => {
  const version = first(/^\s*github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/m, read('test/tools/go/pulumi/go.mod'));
  expect(version).toMatch(/^3\.\d+\.\d+$/);
  expect(first(/version\.Version=v(\S+)/, read('test/tools/go/pulumi/ldflags'))).toBe(version);
});

test('the double of the provider is a double of the release that the product asks for', () => {
  const version = first(/PROVIDER_VERSION = '(\S+)'/, read('sandbox/engines/pulumi/cloud-control.ts'));
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(first(/version: '(\S+)'/, read('test/deploy/pulumi/provider-double.js'))).toBe(version);
});
