import { App, CloudFormationValidatePlugin } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { join } from 'node:path';
import { everySandbox, everyStage, firstAndLargest, type Template } from '../every-stage';
import { IGNORED_VIOLATIONS } from './ignored-violations';

interface Violation {
  rule: string;
  template: string;
  type?: string;
  property?: string;
  says: string;
}

/** What the engine that checks every `cdk synth` finds, errors and warnings; all templates at once, because it takes seconds to load. */
function violations(): Violation[] {
  const stages = [...everyStage, ...firstAndLargest(everySandbox)];
  const templates = new Map(stages.flatMap(([, stage]) => stage.distinctTemplates.map((t): [string, Template] => [t.path, t])));
  const stacks = stages.flatMap(([, stage]) => new CloudAssembly(join(stage.folder, 'cdk.out')).stacks);
  const distinct = stacks.filter(({ templateFullPath }) => templates.has(templateFullPath));
  const stackTemplates = distinct.map(({ hierarchicalId, templateFullPath, environment: { region } }) => ({
    stackConstructPath: hierarchicalId,
    templatePath: templateFullPath,
    region,
    accountId: undefined,
  }));
  const report = new CloudFormationValidatePlugin().validate({
    stackTemplates,
    templatePaths: stackTemplates.map((t) => t.templatePath),
    appConstruct: new App(),
  });
  return report.violations.flatMap(({ ruleName, description, violatingResources }) =>
    violatingResources.map(({ resourceLogicalId, templatePath, locations }): Violation => {
      const { name, resources } = templates.get(templatePath!)!;
      const property = locations[0]?.replace(/^Properties\./, '');
      return { rule: ruleName, template: name, type: resources[resourceLogicalId ?? '']?.Type, property, says: description.slice(0, 200) };
    }),
  );
}

describe("CDK's validation engine", () => {
  const found = violations();
  const ignored = ({ rule, type, property }: Violation) =>
    IGNORED_VIOLATIONS.find((i) => i.rule === rule && i.where.type === type && i.where.property === property);

  test('finds nothing in any template that is not known to be none', () => {
    expect(found.filter((violation) => !ignored(violation)).slice(0, 20)).toEqual([]);
  });

  test('still finds everything that is ignored', () => {
    const used = new Set(found.map(ignored));
    expect(IGNORED_VIOLATIONS.filter((violation) => !used.has(violation))).toEqual([]);
  });
});
