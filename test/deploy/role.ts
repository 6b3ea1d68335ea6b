import { expected, type Known } from './expected';

/** What somebody asks AWS for. */
export interface Request {
  /** Service that assumes the role, such as `scheduler.amazonaws.com`. */
  service: string;
  /** What AWS tells the role's trust policy about the call. */
  context: Readonly<Record<string, string>>;
  /** Such as `cloudformation:DeleteStack`. */
  action: string;
  /** ARN of what it is done to. */
  resource: string;
}

interface Statement {
  Effect: string;
  Action?: unknown;
  Resource?: unknown;
  Principal?: { Service?: unknown };
  Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const list = (value: unknown): string[] => [value ?? []].flat().map(String);

/** `*` stands for anything, `?` for one character. */
function matches(patterns: unknown, value: string): boolean {
  return list(patterns).some((pattern) => {
    const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(value);
  });
}

const statementsIn = (document: unknown): Statement[] => [(document as { Statement?: Statement | Statement[] })?.Statement ?? []].flat();

/**
 * Why a role of a deployed template, which IAM in the emulator does not look into, would not be let do something; nothing where it would. As IAM
 * decides: somebody has to allow it and nobody to deny it. What it does not understand, such as a condition, allows nothing and denies.
 * @param role logical id
 */
export function refusal(role: string, { service, context, action, resource }: Request, known: Known): string | undefined {
  const resources = Object.entries(known.template.Resources);
  const own = known.template.Resources[role];
  if (own?.Type !== 'AWS::IAM::Role') return `${role} is no role of the template`;
  const { AssumeRolePolicyDocument, Policies = [] } = expected(own.Properties, known) as Record<string, any>;
  const trusted = statementsIn(AssumeRolePolicyDocument).some(
    ({ Effect, Action, Principal, Condition = {} }) =>
      Effect === 'Allow' &&
      matches(Action, 'sts:AssumeRole') &&
      list(Principal?.Service).includes(service) &&
      Object.entries(Condition).every(
        ([operator, keys]) =>
          operator === 'StringEquals' && Object.entries(keys).every(([key, values]) => list(values).includes(context[key] ?? '')),
      ),
  );
  if (!trusted) return `${role} does not let ${service} assume it for ${JSON.stringify(context)}`;

  const attached = resources.filter(
    ([, { Type, Properties }]) => Type === 'AWS::IAM::Policy' && (Properties?.Roles as { Ref?: string }[]).some(({ Ref }) => Ref === role),
  );
  const documents = [
    ...(Policies as { PolicyDocument: unknown }[]).map(({ PolicyDocument }) => PolicyDocument),
    ...attached.map(([, { Properties }]) => expected(Properties?.PolicyDocument, known)),
  ];
  const about = documents.flatMap(statementsIn).filter((one) => matches(one.Action, action) && matches(one.Resource, resource));
  if (about.some(({ Effect }) => Effect === 'Deny')) return `${role} is denied ${action} on ${resource}`;
  if (!about.some(({ Effect, Condition }) => Effect === 'Allow' && !Condition)) return `${role} is not allowed ${action} on ${resource}`;
  return undefined;
}
