import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { scaleprint } from './command-line';

const folder = mkdtempSync(join(tmpdir(), 'scaleprint-synth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('synth --json', () => {
  const { code, stdout } = scaleprint(['synth', 'payment-processing', '--stage', 'day-1', '--out', folder, '--json']);
  const document = JSON.parse(stdout) as {
    system: string;
    stage: string;
    templates: string[];
    manifests: string[];
    resources: number;
    objects: number;
  };
  const place = join(folder, 'payment-processing', 'day-1');

  test('is one document about its stage', () => {
    expect(code).toBe(0);
    expect(document).toMatchObject({ system: 'payment-processing', stage: 'day-1' });
  });

  test('names templates and manifests that exist, inside the folder of the stage', () => {
    for (const files of [document.templates, document.manifests]) {
      expect(files.length).toBeGreaterThan(0);
      expect(files.filter((file) => !existsSync(file) || !file.startsWith(place))).toEqual([]);
    }
  });

  test('counts the resources of all templates', () => {
    const counts = document.templates.map((file) => {
      const template = JSON.parse(readFileSync(file, 'utf8')) as { Resources: object };
      return Object.keys(template.Resources).length;
    });
    expect(document.resources).toBe(counts.reduce((a, b) => a + b, 0));
  });

  test('counts the objects of all manifests', () => {
    const documents = document.manifests.flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')));
    expect(document.objects).toBe(documents.length);
  });

  test('leaves cdk.out, manifests and the plan, and nothing temporary', () => {
    expect(readdirSync(join(folder, 'payment-processing'))).toEqual(['day-1']);
    expect(readdirSync(place)).toEqual(['cdk.out', 'k8s', 'plan.json']);
  });
});
