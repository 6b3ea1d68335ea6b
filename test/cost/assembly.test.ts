import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadTemplates } from '../../cost/assembly';
import { TemplateError } from '../../cost/template';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'cdk-out-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: object) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), JSON.stringify(content));
};
const template = (id: string, type = 'AWS::SQS::Queue', Properties = {}) => ({ Resources: { [id]: { Type: type, Properties } } });
const stack = (templateFile: string, region: string, stackName?: string) => ({
  type: 'aws:cloudformation:stack',
  environment: `aws://unknown-account/${region}`,
  properties: { templateFile, ...(stackName ? { stackName } : {}) },
});
const summary = () =>
  loadTemplates(folder, 'us-west-2').map((one) => `${one.stack} ${one.region} ${one.resources.map(({ logicalId }) => logicalId).join()}`);

describe('reading a cdk.out folder', () => {
  test('takes stacks, names and regions from the manifest, stages included', () => {
    write('manifest.json', {
      artifacts: {
        A: stack('A.template.json', 'eu-west-1', 'shop-a'),
        B: stack('B.template.json', 'unknown-region'),
        'A.assets': { type: 'cdk:asset-manifest' },
        Prod: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } },
      },
    });
    write('A.template.json', template('Q1'));
    write('B.template.json', template('Q2'));
    write('Unlisted.template.json', template('Q3'));
    write('assembly-Prod/manifest.json', { artifacts: { C: stack('C.template.json', 'sa-east-1') } });
    write('assembly-Prod/C.template.json', template('Q4'));
    expect(summary()).toEqual(['shop-a eu-west-1 Q1', 'B us-west-2 Q2', 'C sa-east-1 Q4']);
  });

  test('takes every template where there is no manifest', () => {
    write('B.template.json', template('Q2'));
    write('A.template.json', template('Q1'));
    write('tree.json', {});
    expect(summary()).toEqual(['A us-west-2 Q1', 'B us-west-2 Q2']);
  });

  test('puts the resources of a nested stack in its place; one it cannot read stays', () => {
    const nested = (hash: string) => ({ 'Fn::Sub': `https://s3.\${AWS::Region}.\${AWS::URLSuffix}/assets/${hash}.json` });
    write('manifest.json', { artifacts: { A: stack('A.template.json', 'eu-west-1') } });
    write('A.template.json', {
      Resources: {
        Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: nested('abc') } },
        Foreign: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: nested('def') } },
      },
    });
    write('A.assets.json', { files: { abc: { source: { path: 'Inner.nested.template.json' } } } });
    write('Inner.nested.template.json', template('Q'));
    expect(summary()).toEqual(['A eu-west-1 Foreign', 'A/Inner eu-west-1 Q']);
  });

  test('says what is missing', () => {
    expect(() => loadTemplates(join(folder, 'none'))).toThrow(TemplateError);
    expect(() => loadTemplates(join(folder, 'none'))).toThrow(/none: no such file or folder; allowed: a template or a cdk.out folder/);
    expect(() => loadTemplates(folder)).toThrow(/found no stack/);
    write('manifest.json', { artifacts: [] });
    expect(() => loadTemplates(folder)).toThrow(/manifest\.json: not a manifest/);
  });
});
