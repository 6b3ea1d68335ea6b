import { everySandbox, everyStage } from '../every-stage';

interface Statement {
  Effect?: string;
  Principal?: unknown;
  Action?: unknown;
  Resource?: unknown;
}

/** Policies of identities, which say what, and of resources, which say whom. */
function statementsOf(properties: Record<string, unknown> = {}): Statement[] {
  const { PolicyDocument, KeyPolicy, AccessPolicies, AssumeRolePolicyDocument, Policies = [] } = properties;
  const inline = (Policies as { PolicyDocument?: unknown }[]).map((p) => p.PolicyDocument);
  const documents = [PolicyDocument, KeyPolicy, AccessPolicies, AssumeRolePolicyDocument, ...inline];
  return documents.flatMap((d) => (d as { Statement?: Statement[] } | undefined)?.Statement ?? []).filter((s) => s.Effect === 'Allow');
}

/** Actions that AWS lets nobody narrow to a resource (service authorization reference). */
const UNSCOPED = /^((autoscaling|ec2|elasticloadbalancing):Describe\w+|cloudwatch:GetMetricData)$/;

function isWild({ Principal, Action, Resource }: Statement): boolean {
  const actions = [Action].flat().map(String);
  // Where a policy says whom it lets in, it belongs to a resource, and `*` is that resource.
  if (Principal !== undefined) return false;
  if (actions.some((a) => /^(\*|[\w-]+:\*)$/.test(a))) return true;
  return [Resource].flat().some(isEverything) && !actions.every((a) => UNSCOPED.test(a));
}

/** `*`, or an ARN that ends in everything there is; a log group's streams are its own. */
function isEverything(resource: unknown): boolean {
  const text = JSON.stringify(resource ?? null);
  return text === '"*"' || (/:\*"[\]}]*$/.test(text) && !text.includes('log-group'));
}

const isForEverybody = ({ Principal }: Statement): boolean => ['"*"', '{"AWS":"*"}'].includes(JSON.stringify(Principal ?? null));

describe.each([...everyStage, ...everySandbox])('permissions of %s', (_, { templates }) => {
  const statements = templates.flatMap((t) =>
    Object.entries(t.resources).flatMap(([id, r]) =>
      statementsOf(r.Properties).map((statement) => ({ where: `${t.name} ${id}`, statement })),
    ),
  );

  test('name the actions, and the resources wherever AWS lets them', () => {
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.filter(({ statement }) => isWild(statement))).toEqual([]);
  });

  test('let nobody in whom they do not name', () => {
    expect(statements.filter(({ statement }) => isForEverybody(statement))).toEqual([]);
  });
});
