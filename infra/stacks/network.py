"""The network: subnets without a way in, endpoints to the AWS services that functions call, security groups."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from infra.constructs.database import DATABASE_PORT
from infra.constructs.nat_instance import NatInstance
from infra.constructs.retained_log_group import RetainedLogGroup
from infra.environments import Environment, Internet

# What functions inside the network call at run time. S3 and DynamoDB have (free) gateway endpoints; log delivery,
# tracing and the polling of queues are done by the Lambda service outside the network.
INTERFACE_SERVICES = {
    "Events": ec2.InterfaceVpcEndpointAwsService.EVENTBRIDGE,
    "Mail": ec2.InterfaceVpcEndpointAwsService.EMAIL,
    "Queues": ec2.InterfaceVpcEndpointAwsService.SQS,
    "Secrets": ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
}

PRIVATE = "private"
EGRESS = "egress"


class NetworkStack(cdk.Stack):
    """VPC with public (NAT only), egress (functions that call providers) and private (everything else) subnets."""

    def __init__(self, scope: Construct, environment: Environment, **kwargs: Any) -> None:
        super().__init__(scope, environment.stack_name("network"), **kwargs)
        self._settings = environment
        nat = self._nat_provider()
        self.vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr("10.0.0.0/16"),
            # Zones by index, not by name: no account is asked at synthesis.
            availability_zones=[
                cdk.Fn.select(index, cdk.Fn.get_azs()) for index in range(environment.availability_zones)
            ],
            nat_gateway_provider=nat,
            nat_gateways=environment.nat_count,
            subnet_configuration=[
                ec2.SubnetConfiguration(
                    name="public", subnet_type=ec2.SubnetType.PUBLIC, cidr_mask=26, map_public_ip_on_launch=False
                ),
                ec2.SubnetConfiguration(name=EGRESS, subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=20),
                ec2.SubnetConfiguration(name=PRIVATE, subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=20),
            ],
            gateway_endpoints={
                "S3": ec2.GatewayVpcEndpointOptions(service=ec2.GatewayVpcEndpointAwsService.S3),
                "DynamoDb": ec2.GatewayVpcEndpointOptions(service=ec2.GatewayVpcEndpointAwsService.DYNAMODB),
            },
        )
        self.private_subnets = ec2.SubnetSelection(subnet_group_name=PRIVATE)
        self.egress_subnets = ec2.SubnetSelection(subnet_group_name=EGRESS)
        self.function_group = ec2.SecurityGroup(
            self,
            "Functions",
            vpc=self.vpc,
            description="Functions that reach the database",
            allow_all_outbound=False,
        )
        self.database_group = ec2.SecurityGroup(
            self, "Database", vpc=self.vpc, description="The database and its proxy", allow_all_outbound=False
        )
        https = ec2.Port.tcp(443)
        self.function_group.add_egress_rule(ec2.Peer.any_ipv4(), https, "AWS services and providers")
        port = ec2.Port.tcp(DATABASE_PORT)
        self.function_group.add_egress_rule(self.database_group, port, "the database")
        self.database_group.add_ingress_rule(self.function_group, port, "functions")
        self.database_group.add_ingress_rule(self.database_group, port, "the proxy reaches the database")
        self.database_group.add_egress_rule(self.database_group, port, "the proxy reaches the database")
        if isinstance(nat, NatInstance):
            nat.wait_until_ready(self.vpc)
            nat.connections.allow_from(self.function_group, https, "HTTPS to providers and AWS services")
        if environment.interface_endpoints:
            self._add_interface_endpoints()
        self._add_flow_log()
        cdk.Aspects.of(self).add(ec2.InstanceRequireImdsv2Aspect())

    def database_group_for(self, stack: cdk.Stack) -> ec2.ISecurityGroup:
        """The database's group as `stack` knows it: imported, so that no rule of it comes to depend on the cluster."""
        group_id = self.database_group.security_group_id
        return ec2.SecurityGroup.from_security_group_id(stack, "DatabaseGroup", group_id, mutable=False)

    def _nat_provider(self) -> ec2.NatProvider:
        if self._settings.internet is Internet.NAT_GATEWAY:
            return ec2.NatProvider.gateway()
        return NatInstance()

    def _add_interface_endpoints(self) -> None:
        group = ec2.SecurityGroup(
            self, "Endpoints", vpc=self.vpc, description="Interface endpoints", allow_all_outbound=False
        )
        group.add_ingress_rule(self.function_group, ec2.Port.tcp(443), "functions")
        for name, service in INTERFACE_SERVICES.items():
            self.vpc.add_interface_endpoint(
                f"{name}Endpoint",
                service=service,
                subnets=self.private_subnets,
                security_groups=[group],
                open=False,
            )

    def _add_flow_log(self) -> None:
        log_group = RetainedLogGroup(
            self, "FlowLog", environment=self._settings, name=self._settings.log_group_name("network/flow")
        )
        self.vpc.add_flow_log(
            "RejectedTraffic",
            destination=ec2.FlowLogDestination.to_cloud_watch_logs(log_group),
            traffic_type=ec2.FlowLogTrafficType.REJECT,
        )
