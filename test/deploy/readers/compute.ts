import {
  DescribeAccessEntryCommand,
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  DescribePodIdentityAssociationCommand,
  ListAssociatedAccessPoliciesCommand,
} from '@aws-sdk/client-eks';
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { GetEventSourceMappingCommand, GetFunctionCommand, ListTagsCommand as ListLambdaTagsCommand } from '@aws-sdk/client-lambda';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import type { Clients } from '../clients';
import { ACCOUNT } from '../emulator';
import { capitalized, type Properties, type Readers, tagList } from './reader';

/** Clusters, balancers and functions. */
export const computeReaders: Readers = {
  'AWS::EKS::Cluster': async ({ clients: { eks }, id }) => {
    const { cluster } = await eks.send(new DescribeClusterCommand({ name: id }));
    const { logging, resourcesVpcConfig, tags, ...rest } = cluster!;
    const enabled = logging?.clusterLogging?.filter((log) => log.enabled).flatMap(({ types = [] }) => types) ?? [];
    return {
      ...(capitalized(rest) as Properties),
      Logging: { ClusterLogging: { EnabledTypes: enabled.map((Type) => ({ Type })) } },
      ResourcesVpcConfig: capitalized(resourcesVpcConfig),
      Tags: tagList(tags),
    };
  },
  'AWS::EKS::Nodegroup': async ({ clients: { eks }, id, properties: { ClusterName } }) => {
    const asked = { clusterName: String(ClusterName), nodegroupName: id.split('/').at(-1) };
    const { nodegroup } = await eks.send(new DescribeNodegroupCommand(asked));
    const { labels, tags, ...rest } = nodegroup!;
    return { ...(capitalized(rest) as Properties), Labels: labels, Tags: tags };
  },
  'AWS::EKS::AccessEntry': async ({ clients: { eks }, properties: { ClusterName, PrincipalArn } }) => {
    const asked = { clusterName: String(ClusterName), principalArn: String(PrincipalArn) };
    const { accessEntry } = await eks.send(new DescribeAccessEntryCommand(asked));
    const { associatedAccessPolicies } = await eks.send(new ListAssociatedAccessPoliciesCommand(asked));
    const { tags, ...rest } = accessEntry!;
    return { ...(capitalized(rest) as Properties), AccessPolicies: capitalized(associatedAccessPolicies), Tags: tagList(tags) };
  },
  'AWS::EKS::Addon': async ({ clients: { eks }, properties: { ClusterName, AddonName } }) => {
    const { addon } = await eks.send(new DescribeAddonCommand({ clusterName: String(ClusterName), addonName: String(AddonName) }));
    const { tags, ...rest } = addon!;
    return { ...(capitalized(rest) as Properties), Tags: tagList(tags) };
  },
  'AWS::EKS::PodIdentityAssociation': async ({ clients: { eks }, id, properties: { ClusterName } }) => {
    const asked = { clusterName: String(ClusterName), associationId: id };
    const { association } = await eks.send(new DescribePodIdentityAssociationCommand(asked));
    const { tags, ...rest } = association!;
    return { ...(capitalized(rest) as Properties), Tags: tagList(tags) };
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': async ({ clients, id: LoadBalancerArn }) => {
    const { LoadBalancers: [balancer] = [] } = await clients.elb.send(
      new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] }),
    );
    const { Attributes } = await clients.elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
    return (
      balancer && {
        ...balancer,
        Name: balancer.LoadBalancerName,
        LoadBalancerAttributes: Attributes,
        Subnets: balancer.AvailabilityZones?.map(({ SubnetId }) => SubnetId),
        Tags: await tagsOf(clients, LoadBalancerArn),
      }
    );
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': async ({ clients, id: TargetGroupArn }) => {
    const { TargetGroups: [group] = [] } = await clients.elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [TargetGroupArn] }));
    const { Attributes } = await clients.elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
    return group && { ...group, TargetGroupAttributes: Attributes, Tags: await tagsOf(clients, TargetGroupArn) };
  },
  'AWS::ElasticLoadBalancingV2::Listener': async ({ clients, id }) => {
    const { Listeners: [listener] = [] } = await clients.elb.send(new DescribeListenersCommand({ ListenerArns: [id] }));
    return listener && { ...listener, Tags: await tagsOf(clients, id) };
  },
  'AWS::ElasticLoadBalancingV2::ListenerRule': async ({ clients, id, properties: { ListenerArn } }) => {
    const { Rules = [] } = await clients.elb.send(new DescribeRulesCommand({ ListenerArn: String(ListenerArn) }));
    const rule = Rules.find(({ RuleArn }) => RuleArn === id);
    return rule && { ...rule, ListenerArn, Tags: await tagsOf(clients, id) };
  },
  'AWS::Lambda::Function': async ({ clients: { lambda }, id, properties }) => {
    // By its ARN: ministack takes a name that begins with `url` for the path of a function's URL.
    const arn = `arn:aws:lambda:${await lambda.config.region()}:${ACCOUNT}:function:${id}`;
    const { Configuration, Tags, Code } = await lambda.send(new GetFunctionCommand({ FunctionName: arn }));
    return (
      Configuration && {
        ...Configuration,
        Tags: tagList(Tags),
        // What is stored is a zip archive of the text.
        Code: Code?.Location && properties.Code,
      }
    );
  },
  'AWS::Lambda::EventSourceMapping': async ({ clients: { lambda }, id }) => {
    const mapping = await lambda.send(new GetEventSourceMappingCommand({ UUID: id }));
    const { Tags } = await lambda.send(new ListLambdaTagsCommand({ Resource: mapping.EventSourceMappingArn }));
    return { ...mapping, FunctionName: mapping.FunctionArn?.split(':')[6], Tags: tagList(Tags) };
  },
  // What answers for it is its function.
  'Custom::BucketEmptier': async ({ clients: { lambda, s3 }, properties: { ServiceToken, Bucket } }) => {
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: String(ServiceToken) }));
    await s3.send(new HeadBucketCommand({ Bucket: String(Bucket) }));
    return { ServiceToken: Configuration?.FunctionArn, Bucket };
  },
};

const tagsOf = async ({ elb }: Clients, arn: string) =>
  (await elb.send(new DescribeTagsCommand({ ResourceArns: [arn] }))).TagDescriptions?.[0]?.Tags;
