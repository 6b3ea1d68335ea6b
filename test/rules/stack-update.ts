import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';

/** A template as far as an update looks into it. */
export interface UpdatedTemplate {
  Resources: Record<string, UpdatedResource>;
}

interface UpdatedResource {
  Type: string;
  Properties?: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
  DependsOn?: string | string[];
  UpdatePolicy?: { UseOnlineResharding?: boolean };
}

/** What an update does to a resource of one stack. */
export interface Change {
  stack: string;
  id: string;
  type: string;
  /** Second part of the construct's path: the part that a resource of ours is of. */
  owner: string;
  fate: 'added' | 'removed' | 'replaced' | 'updated';
  before?: UpdatedResource;
  after?: UpdatedResource;
  /** Properties that replace it, with both values. */
  because: string[];
  /** The logical id has another type: CloudFormation refuses the update. */
  retyped: boolean;
}

/** A change that the schema says may replace, and does not. */
interface InPlace {
  type: string;
  property: string;
  when: (before: unknown, change: Pick<Change, 'after'>) => boolean;
  source: string;
}

const RDS_PROVIDER =
  'aws-cloudformation-resource-providers-rds, dbinstance/util/ImmutabilityHelper.java: not among what cannot be changed, 2026-11-22';
export const IN_PLACE: readonly InPlace[] = [
  { type: 'AWS::RDS::DBInstance', property: 'BackupRetentionPeriod', when: () => true, source: RDS_PROVIDER },
  { type: 'AWS::RDS::DBInstance', property: 'MultiAZ', when: () => true, source: RDS_PROVIDER },
  { type: 'AWS::RDS::DBInstance', property: 'PerformanceInsightsKMSKeyId', when: (before) => before === undefined, source: RDS_PROVIDER },
  {
    type: 'AWS::ElastiCache::ReplicationGroup',
    property: 'NumNodeGroups',
    when: (before, { after }) => before !== undefined && after?.UpdatePolicy?.UseOnlineResharding === true,
    source: 'CloudFormation docs, UpdatePolicy attribute: UseOnlineResharding, 2026-11-22',
  },
  {
    type: 'AWS::EC2::Instance',
    property: 'InstanceType',
    // Its root volume is one of EBS.
    when: (_, { after }) => JSON.stringify(after?.Properties?.BlockDeviceMappings ?? '').includes('"Ebs"'),
    source: 'CloudFormation docs, AWS::EC2::Instance: InstanceType, update requires some interruptions, 2026-11-22',
  },
];

const spec = loadAwsServiceSpecSync();

/** Names that a resource has from its template, with their values; undefined where AWS chooses any of them. */
export function identityOf({ Type, Properties = {} }: UpdatedResource): string | undefined {
  const [definition] = spec.lookup('resource', 'cloudFormationType', 'equals', Type);
  const isGiven = (name: string) => Properties[name] !== undefined;
  const identifier = definition?.primaryIdentifier?.filter((name) => name !== 'SetIdentifier') ?? [];
  // What AWS knows by an ARN of its own has a name all the same: `BrokerName` of a broker.
  const names = identifier.every(isGiven) ? identifier : ['Name', `${Type.split('::').at(-1)}Name`].filter(isGiven);
  if (names.length === 0) return undefined;
  return JSON.stringify([Type, ...names.map((name) => Properties[name]), Properties.SetIdentifier]);
}

/** What updating stacks from one set of templates to another does; stacks by name. */
export const changesBetween = (before: ReadonlyMap<string, UpdatedTemplate>, after: ReadonlyMap<string, UpdatedTemplate>): Change[] =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((stack) => changesOf(stack, before.get(stack), after.get(stack)));

function changesOf(stack: string, before: UpdatedTemplate = { Resources: {} }, after: UpdatedTemplate = { Resources: {} }): Change[] {
  const changes: Change[] = [];
  fullDiff(before, after).resources.forEachDifference((id, difference) => {
    const [was, is] = [before.Resources[id], after.Resources[id]];
    const { Type: type, Metadata } = (was ?? is)!;
    const because = Object.entries(difference.propertyUpdates)
      .filter(([, { changeImpact }]) => changeImpact === ResourceImpact.WILL_REPLACE || changeImpact === ResourceImpact.MAY_REPLACE)
      .filter(
        ([property, { oldValue }]) => !IN_PLACE.some((e) => e.type === type && e.property === property && e.when(oldValue, { after: is })),
      )
      .map(([property, { oldValue, newValue }]) => `${property}: ${JSON.stringify(oldValue)} -> ${JSON.stringify(newValue)}`);
    const fate = !was ? 'added' : !is ? 'removed' : because.length > 0 ? 'replaced' : 'updated';
    const owner = String(Metadata?.['aws:cdk:path']).split('/')[1]!;
    changes.push({ stack, id, type, owner, fate, before: was, after: is, because, retyped: Boolean(was && is && was.Type !== is.Type) });
  });
  return changes;
}
