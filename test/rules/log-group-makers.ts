import type { Template } from '../every-stage';

/**
 * AWS's own policies that our roles have, none of which lets anybody make a log group: AWS Managed Policy Reference, a page each
 * (https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKSClusterPolicy.html), and their documents in iann0036/iam-dataset,
 * aws/managedpolicies; 2026-11-22. Read a new one there: AWSLambdaBasicExecutionRole, for one, lets functions make theirs.
 */
const MAKE_NONE = new Set([
  'AmazonEC2ContainerRegistryPullOnly',
  'AmazonEKSClusterPolicy',
  'AmazonEKSWorkerNodePolicy',
  'AmazonEKS_CNI_Policy',
  'AmazonSSMManagedInstanceCore',
]);

const ACTION = 'logs:createloggroup';

/** Actions may hold `*` and `?`, and their case does not matter. */
const covers = (actions: unknown): boolean =>
  [actions].flat().some((action) => {
    const pattern = String(action)
      .toLowerCase()
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${pattern}$`).test(ACTION);
  });

/** Every object in a tree, with its key. */
function* nodesOf(node: unknown, key = ''): Generator<[string, unknown]> {
  yield [key, node];
  if (typeof node === 'object' && node !== null)
    for (const [name, child] of Object.entries(node)) yield* nodesOf(child, Array.isArray(node) ? key : name);
}

function isGrant(node: any): boolean {
  if (node?.Effect !== 'Allow') return false;
  return node.NotAction === undefined ? covers(node.Action) : !covers(node.NotAction);
}

/** A role or policy by reference to one of the same template, which is looked into itself. */
const isOwn = (node: any, { resources }: Template): boolean =>
  (resources[node?.Ref] ?? resources[node?.['Fn::GetAtt']?.[0]])?.Type.startsWith('AWS::IAM::') === true;

const isHarmless = (policy: unknown): boolean => MAKE_NONE.has(/:iam::aws:policy\/([\w/-]+)"/.exec(JSON.stringify(policy))?.[1] ?? '');

/**
 * Who could make a log group that no template has: by a policy in the template, by one of AWS's or somebody's that is not known to let nobody,
 * or as a role from elsewhere. What services make with rights of their own is looked at by type, in leaves-nothing.ts.
 */
export function logGroupMakers(template: Template): string[] {
  const makers = Object.entries(template.resources).flatMap(([id, { Properties }]) =>
    [...nodesOf(Properties)].flatMap(([key, node]) => {
      if (isGrant(node)) return [`${id} allows it`];
      if (Array.isArray(node) || isOwn(node, template)) return [];
      if (key === 'ManagedPolicyArns' && !isHarmless(node)) return [`${id} has a policy that may allow it: ${JSON.stringify(node)}`];
      if (/(Role|PermissionArn)(Arn)?$/i.test(key)) return [`${id} works as a role that may: ${JSON.stringify(node)}`];
      return [];
    }),
  );
  return makers.map((maker) => `${template.name} ${maker}`);
}
