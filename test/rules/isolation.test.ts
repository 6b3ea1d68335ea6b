import { isolatedTiers, isolatedWorkloads } from '../../plan/isolation';
import { everyStage, type Resource, type Template } from '../every-stage';

type Properties = Record<string, unknown>;
const ofType = (templates: readonly Template[], type: string): [string, Resource][] =>
  templates.flatMap((t) => Object.entries(t.resources).filter(([, r]) => r.Type === type));

const stages = everyStage.filter(([, { plan }]) => plan.deployments.some((d) => isolatedTiers(d).size > 0));

test('the card data of payments is isolated wherever it has a service', () => {
  const withTokens = everyStage.filter(([, { plan }]) =>
    plan.deployments.some((d) => d.platform === 'eks' && d.parts.some((p) => p.id === 'token')),
  );
  expect(withTokens.length).toBeGreaterThan(0);
  expect(stages).toEqual(expect.arrayContaining(withTokens));
});

describe.each(stages)('isolated tiers of %s', (_, stage) => {
  const { templates, plan, folders } = stage;
  const isolated = new Set(plan.deployments.flatMap((d) => [...isolatedTiers(d)]));
  const nodes = ofType(templates, 'AWS::EKS::Nodegroup').map(([, r]) => r.Properties as Properties & { Labels: Record<string, string> });

  test('have nodes where no route leads to the internet', () => {
    const withRoute = new Set(ofType(templates, 'AWS::EC2::Route').map(([, r]) => (r.Properties!.RouteTableId as { Ref: string }).Ref));
    const subnets = new Map(
      ofType(templates, 'AWS::EC2::SubnetRouteTableAssociation').map(([, r]) => [
        (r.Properties!.SubnetId as { Ref: string }).Ref,
        (r.Properties!.RouteTableId as { Ref: string }).Ref,
      ]),
    );
    const subnetsOf = (group: Properties) =>
      [...JSON.stringify(group.Subnets).matchAll(/Ref(NetworkVpc\w+?Subnet\dSubnet\w{8})/g)].map(([, id]) => id!);
    const isOpen = (group: Properties) => subnetsOf(group).map((id) => withRoute.has(subnets.get(id)!));
    const own = nodes.filter(({ Labels }) => isolated.has(Labels['scaleprint.dev/tier']!));
    expect(own.length).toBeGreaterThan(0);
    expect(own.flatMap(isOpen)).toEqual(own.flatMap(() => [false, false, false]));
    expect(nodes.filter((group) => !own.includes(group)).flatMap(isOpen)).not.toContain(false);
  });

  test('let nothing out of the network, neither nodes nor pods, but to S3', () => {
    const groups = ofType(templates, 'AWS::EC2::SecurityGroup').filter(([, r]) =>
      [...isolated].some((tier) => r.Properties!.GroupDescription === `pods of tier ${tier}`),
    );
    expect(groups.length).toBeGreaterThan(0);
    expect(JSON.stringify(groups)).not.toContain('0.0.0.0/0');
    const ids = groups.map(([id]) => id);
    const rules = ofType(templates, 'AWS::EC2::SecurityGroupEgress').filter(([, r]) =>
      ids.some((id) => JSON.stringify(r.Properties!.GroupId).includes(id)),
    );
    expect(
      rules.filter(([, { Properties: p }]) => !p!.DestinationSecurityGroupId).map(([, { Properties: p }]) => p!.DestinationPrefixListId),
    ).toEqual(groups.map(() => ({ Ref: 'S3PrefixList' })));
    const workloads = new Set(plan.deployments.flatMap((d) => [...isolatedWorkloads(d)]));
    const policies = folders.flatMap(({ objects }) => objects.filter((o) => o.kind === 'NetworkPolicy' && workloads.has(o.metadata.name)));
    expect(policies.length).toBeGreaterThan(0);
    expect(JSON.stringify(policies)).not.toContain('0.0.0.0/0');
  });
});
