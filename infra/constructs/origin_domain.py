"""The API's own name, to which CloudFront connects: the same in every region, so that one can stand in for another."""

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_route53 as route53
from constructs import Construct

from infra.constructs.hosted_zone import hosted_zone
from infra.environments import Environment

# Three failures in a row, asked every thirty seconds: gone for a minute and a half.
CHECK_SECONDS = 30
FAILURES = 3


class OriginDomain(Construct):
    """`origin.<domain>`: certificate, mapping and record. With a second region, Route 53 chooses between the two.

    The home region's `/health` is asked through the gateway's own address, which is open to everybody.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        environment: Environment,
        api: apigateway.HttpApi,
        stage: apigateway.CfnStage,
    ) -> None:
        super().__init__(scope, construct_id)
        self._settings = environment
        self._zone = hosted_zone(cdk.Stack.of(self), environment)
        self.host = environment.origin_host
        certificate = acm.Certificate(
            self,
            "Certificate",
            domain_name=self.host,
            validation=acm.CertificateValidation.from_dns(self._zone),
        )
        name = apigateway.CfnDomainName(
            self,
            "Name",
            domain_name=self.host,
            domain_name_configurations=[
                apigateway.CfnDomainName.DomainNameConfigurationProperty(
                    certificate_arn=certificate.certificate_arn,
                    endpoint_type="REGIONAL",
                    security_policy="TLS_1_2",
                )
            ],
        )
        mapping = apigateway.CfnApiMapping(
            self, "Mapping", api_id=api.api_id, domain_name=name.ref, stage=stage.stage_name
        )
        mapping.add_resource_dependency(stage)
        self._add_record(name, api)

    def _add_record(self, name: apigateway.CfnDomainName, api: apigateway.HttpApi) -> None:
        role = self._settings.failover_role
        check = self._health_check(api) if role == "PRIMARY" else None
        route53.CfnRecordSet(
            self,
            "Record",
            name=f"{self.host}.",
            type="A",
            hosted_zone_id=self._zone.hosted_zone_id,
            set_identifier=self._settings.region if role else None,
            failover=role,
            health_check_id=check.attr_health_check_id if check else None,
            alias_target=route53.CfnRecordSet.AliasTargetProperty(
                dns_name=name.attr_regional_domain_name, hosted_zone_id=name.attr_regional_hosted_zone_id
            ),
        )

    def _health_check(self, api: apigateway.HttpApi) -> route53.CfnHealthCheck:
        return route53.CfnHealthCheck(
            self,
            "HealthCheck",
            health_check_config=route53.CfnHealthCheck.HealthCheckConfigProperty(
                type="HTTPS",
                fully_qualified_domain_name=cdk.Fn.select(2, cdk.Fn.split("/", api.api_endpoint)),
                port=443,
                resource_path="/health",
                request_interval=CHECK_SECONDS,
                failure_threshold=FAILURES,
                enable_sni=True,
            ),
        )
