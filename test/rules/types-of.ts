/** Types by service, as CloudFormation writes them. */
export const typesOf = (services: Readonly<Record<string, string>>): ReadonlySet<string> =>
  new Set(Object.entries(services).flatMap(([service, names]) => names.split(' ').map((name) => `AWS::${service}::${name}`)));
