"""Runs ministack until its input closes.

Its services can do more than its CloudFormation: the types below are taught to it here, each by the calls of its service's own API. And it
deletes a bucket only when the bucket is empty, as AWS does.
"""

import json
import os
import re
import signal
import sys
import threading

from ministack.app import main
from ministack.services import ec2, eks, s3
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS as HANDLERS


def answered(answer):
    status, _, body = answer
    text = body.decode() if isinstance(body, bytes) else body
    if status >= 400:
        raise ValueError(text)
    return text


def flat(prefix, value):
    """Parameters of a query API: lists count from one."""
    if isinstance(value, dict):
        return {k: v for key, child in value.items() for k, v in flat(f"{prefix}.{key}" if prefix else key, child).items()}
    if isinstance(value, list):
        return {k: v for i, child in enumerate(value, 1) for k, v in flat(f"{prefix}.{i}", child).items()}
    return {prefix: [str(value)]}


def call_ec2(action, **fields):
    return answered(ec2._ACTION_MAP[action](flat("", {key: value for key, value in fields.items() if value is not None})))


def between(text, tag):
    return re.search(f"<{tag}>([^<]+)</{tag}>", text)[1]


def tagged(resource, props):
    ec2._tags[resource] = props.get("Tags", [])
    return resource


def lower(node):
    """Fields as the API of EKS spells them."""
    if isinstance(node, dict):
        return {key[0].lower() + key[1:]: lower(child) for key, child in node.items()}
    return [lower(child) for child in node] if isinstance(node, list) else node


def tag_map(props):
    return {tag["Key"]: tag["Value"] for tag in props.get("Tags", [])}


def rule(direction, end):
    """A rule of a security group that is a resource of its own."""

    def permission(props):
        peers = {
            "Groups": [{"GroupId": props[f"{end}SecurityGroupId"]}] if f"{end}SecurityGroupId" in props else None,
            "IpRanges": [{"CidrIp": props["CidrIp"]}] if "CidrIp" in props else None,
        }
        found = {name: [{**peer[0], "Description": props.get("Description", "")}] for name, peer in peers.items() if peer}
        ports = {key: props[key] for key in ("FromPort", "ToPort") if key in props}
        return [{"IpProtocol": props["IpProtocol"], **ports, **found}]

    def create(logical_id, props, stack):
        text = call_ec2(f"AuthorizeSecurityGroup{direction}", GroupId=props["GroupId"], IpPermissions=permission(props))
        rule_id = between(text, "securityGroupRuleId")
        return rule_id, {"Id": rule_id}

    def delete(rule_id, props):
        call_ec2(f"RevokeSecurityGroup{direction}", GroupId=props["GroupId"], IpPermissions=permission(props))

    return {"create": create, "delete": delete}


def create_address(logical_id, props, stack):
    text = call_ec2("AllocateAddress", Domain=props.get("Domain"))
    address, allocation = between(text, "publicIp"), tagged(between(text, "allocationId"), props)
    if "InstanceId" in props:
        call_ec2("AssociateAddress", AllocationId=allocation, InstanceId=props["InstanceId"])
    return address, {"AllocationId": allocation, "PublicIp": address}


def allocation_of(address):
    return next(k for k, a in ec2._addresses.items() if a["PublicIp"] == address)


def update_address(address, old, new, stack):
    allocation = tagged(allocation_of(address), new)
    if old.get("InstanceId") != new.get("InstanceId"):
        call_ec2("AssociateAddress", AllocationId=allocation, InstanceId=new.get("InstanceId"))
    return address, {"AllocationId": allocation, "PublicIp": address}


def delete_address(address, props):
    call_ec2("ReleaseAddress", AllocationId=allocation_of(address))


def create_nat_gateway(logical_id, props, stack):
    text = call_ec2("CreateNatGateway", SubnetId=props["SubnetId"], AllocationId=props["AllocationId"])
    return tagged(between(text, "natGatewayId"), props), {}


def create_flow_log(logical_id, props, stack):
    fields = {key: props.get(key) for key in ("ResourceType", "TrafficType", "LogDestinationType", "LogGroupName")}
    text = call_ec2("CreateFlowLogs", ResourceId=[props["ResourceId"]], **fields)
    return tagged(between(text, "item"), props), {}


def create_instance(logical_id, props, stack):
    fields = {key: props.get(key) for key in ("ImageId", "InstanceType", "SubnetId", "UserData")}
    profile = {"Name": props["IamInstanceProfile"].split("/")[-1]}
    text = call_ec2("RunInstances", **fields, SecurityGroupId=props["SecurityGroupIds"], IamInstanceProfile=profile)
    return tagged(between(text, "instanceId"), props), {}


def update_instance(instance, old, new, stack):
    """Another image or place is another machine. All else changes while it is stopped: nothing runs its user data, unless that asks for it."""
    if any(old.get(key) != new.get(key) for key in ("ImageId", "SubnetId")):
        return create_instance(None, new, stack)
    call_ec2("StopInstances", InstanceId=[instance])
    ec2._instances[instance].update({key: new[key] for key in ("InstanceType", "UserData")})
    call_ec2("StartInstances", InstanceId=[instance])
    return tagged(instance, new), {}


def user_data(describe):
    """What a machine is asked to run, which is not told."""

    def told(params):
        status, headers, body = describe(params)
        if status < 400 and params["Attribute"] == ["userData"]:
            value = ec2._instances[params["InstanceId"][0]]["UserData"]
            body = body.replace(b"<userData/>", f"<userData><value>{value}</value></userData>".encode())
        return status, headers, body

    return told


def delete_instance(instance, props):
    volumes = [mapping["Ebs"]["VolumeId"] for mapping in ec2._instances[instance].get("BlockDeviceMappings", [])]
    call_ec2("TerminateInstances", InstanceId=[instance])
    # Volumes go with their machine unless a template says otherwise.
    for volume in volumes:
        ec2._volumes.pop(volume, None)


def create_access_entry(logical_id, props, stack):
    cluster, principal = props["ClusterName"], props["PrincipalArn"]
    answered(eks._create_access_entry(cluster, {"principalArn": principal, "tags": tag_map(props)}))
    for policy in props.get("AccessPolicies", []):
        answered(eks._associate_access_policy(cluster, principal, lower(policy)))
    return f"{cluster}|{principal}", {}


def create_addon(logical_id, props, stack):
    body = {**lower({k: v for k, v in props.items() if k != "Tags"}), "tags": tag_map(props)}
    answered(eks._create_addon(props["ClusterName"], body))
    return f"{props['ClusterName']}|{props['AddonName']}", {}


def create_pod_identity(logical_id, props, stack):
    body = {**lower({k: v for k, v in props.items() if k != "Tags"}), "tags": tag_map(props)}
    made = json.loads(answered(eks._create_pod_identity_association(props["ClusterName"], body)))["association"]
    return made["associationId"], {"AssociationId": made["associationId"], "AssociationArn": made["associationArn"]}


def of_cluster(delete):
    return lambda physical_id, props: answered(delete(props["ClusterName"], physical_id.split("|")[-1]))


HANDLERS.update(
    {
        "AWS::EC2::SecurityGroupIngress": rule("Ingress", "Source"),
        "AWS::EC2::SecurityGroupEgress": rule("Egress", "Destination"),
        "AWS::EC2::EIP": {"create": create_address, "update": update_address, "delete": delete_address},
        "AWS::EC2::NatGateway": {"create": create_nat_gateway, "delete": lambda i, p: call_ec2("DeleteNatGateway", NatGatewayId=i)},
        "AWS::EC2::FlowLog": {"create": create_flow_log, "delete": lambda i, p: call_ec2("DeleteFlowLogs", FlowLogId=[i])},
        "AWS::EC2::Instance": {"create": create_instance, "update": update_instance, "delete": delete_instance},
        "AWS::EKS::AccessEntry": {"create": create_access_entry, "delete": of_cluster(eks._delete_access_entry)},
        "AWS::EKS::Addon": {"create": create_addon, "delete": of_cluster(eks._delete_addon)},
        "AWS::EKS::PodIdentityAssociation": {
            "create": create_pod_identity,
            "delete": of_cluster(eks._delete_pod_identity_association),
        },
    }
)


def again(create, delete):
    """An update: ministack would make a second one beside the first."""

    def update(physical_id, old, new, stack):
        delete(physical_id, old)
        return create(None, new, stack)

    return update


for name in (
    "AWS::EC2::SecurityGroupIngress",
    "AWS::EC2::SecurityGroupEgress",
    "AWS::EKS::AccessEntry",
    "AWS::EKS::Addon",
    "AWS::EKS::PodIdentityAssociation",
):
    HANDLERS[name]["update"] = again(**HANDLERS[name])
ec2._ACTION_MAP["DescribeInstanceAttribute"] = user_data(ec2._ACTION_MAP["DescribeInstanceAttribute"])
HANDLERS["AWS::S3::Bucket"]["delete"] = lambda name, props: answered(s3._delete_bucket(name))


def end_with_input():
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)


threading.Thread(target=end_with_input, daemon=True).start()
sys.argv = ["ministack"]
main()
