"""The web application firewall in front of CloudFront: AWS's common rules, and a rate per address."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_logs as logs
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from infra.constructs.closed_bucket import MEDIA_PREFIX
from infra.constructs.retained_log_group import RETENTION_BY_DAYS
from infra.environments import Environment

# Stripe signs what it sends, comes from few addresses, and delivers thousands of events in minutes after an outage.
WEBHOOK_PATH = "/api/v1/payments/webhook"

# A page has dozens of pictures, which caches serve: who looks at many pages is no attack.
MEDIA_PATHS = f"/{MEDIA_PREFIX}"

# Counted, not blocked: articles, reviews and imports are long, and may speak of HTML. The functions limit every body by
# themselves, and clean what they store as HTML.
COUNTED_RULES = ("CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY", "SizeRestrictions_BODY")

# Never in a log.
REDACTED_HEADERS = ("authorization", "cookie", "stripe-signature", "x-cart-token", "x-csrf-token")


class Firewall(Construct):
    """A web ACL for CloudFront; `arn` is what the distribution names. Its stack must be in us-east-1.

    `requests` is how many one address may send in five minutes, over which it is refused until it slows down.
    """

    def __init__(self, scope: Construct, construct_id: str, *, environment: Environment, requests: int) -> None:
        super().__init__(scope, construct_id)
        self._prefix = environment.prefix
        acl = waf.CfnWebACL(
            self,
            "Rules",
            name=environment.prefix,
            scope="CLOUDFRONT",
            default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
            visibility_config=self._visibility("all"),
            rules=[
                self._managed(0, "AWSManagedRulesAmazonIpReputationList"),
                self._rate(1, requests),
                self._managed(2, "AWSManagedRulesKnownBadInputsRuleSet", spare_webhooks=True),
                self._managed(3, "AWSManagedRulesCommonRuleSet", spare_webhooks=True, counted=COUNTED_RULES),
                self._managed(4, "AWSManagedRulesSQLiRuleSet", spare_webhooks=True, counted=("SQLi_BODY",)),
            ],
        )
        self.arn = acl.attr_arn
        self._log(acl, environment)

    def _visibility(self, name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
        return waf.CfnWebACL.VisibilityConfigProperty(
            cloud_watch_metrics_enabled=True, metric_name=f"{self._prefix}-{name}", sampled_requests_enabled=True
        )

    def _rate(self, priority: int, requests: int) -> waf.CfnWebACL.RuleProperty:
        return waf.CfnWebACL.RuleProperty(
            name="rate",
            priority=priority,
            action=waf.CfnWebACL.RuleActionProperty(block={}),
            visibility_config=self._visibility("rate"),
            statement=waf.CfnWebACL.StatementProperty(
                rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                    limit=requests,
                    aggregate_key_type="IP",
                    evaluation_window_sec=300,
                    scope_down_statement=waf.CfnWebACL.StatementProperty(
                        and_statement=waf.CfnWebACL.AndStatementProperty(
                            statements=[_not_a_webhook(), _elsewhere_than("STARTS_WITH", MEDIA_PATHS)]
                        )
                    ),
                )
            ),
        )

    def _managed(
        self, priority: int, name: str, *, spare_webhooks: bool = False, counted: tuple[str, ...] = ()
    ) -> waf.CfnWebACL.RuleProperty:
        return waf.CfnWebACL.RuleProperty(
            name=name,
            priority=priority,
            override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
            visibility_config=self._visibility(name),
            statement=waf.CfnWebACL.StatementProperty(
                managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
                    vendor_name="AWS",
                    name=name,
                    scope_down_statement=_not_a_webhook() if spare_webhooks else None,
                    rule_action_overrides=[
                        waf.CfnWebACL.RuleActionOverrideProperty(
                            name=rule, action_to_use=waf.CfnWebACL.RuleActionProperty(count={})
                        )
                        for rule in counted
                    ],
                )
            ),
        )

    def _log(self, acl: waf.CfnWebACL, environment: Environment) -> None:
        """What was blocked or counted, without credentials."""
        # WAF writes only to groups with this prefix.
        group = logs.LogGroup(
            self,
            "Log",
            log_group_name=f"aws-waf-logs-{environment.prefix}",
            retention=RETENTION_BY_DAYS[environment.log_days],
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        arn = cdk.Stack.of(self).format_arn(
            service="logs",
            resource="log-group",
            resource_name=group.log_group_name,
            arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
        )
        kept: dict[str, Any] = {
            "DefaultBehavior": "DROP",
            "Filters": [
                {
                    "Behavior": "KEEP",
                    "Requirement": "MEETS_ANY",
                    "Conditions": [{"ActionCondition": {"Action": action}} for action in ("BLOCK", "COUNT")],
                }
            ],
        }
        waf.CfnLoggingConfiguration(
            self,
            "Logging",
            resource_arn=acl.attr_arn,
            log_destination_configs=[arn],
            logging_filter=kept,
            redacted_fields=[
                waf.CfnLoggingConfiguration.FieldToMatchProperty(single_header={"Name": name})
                for name in REDACTED_HEADERS
            ],
        )


def _not_a_webhook() -> waf.CfnWebACL.StatementProperty:
    return _elsewhere_than("EXACTLY", WEBHOOK_PATH)


def _elsewhere_than(constraint: str, path: str) -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(
        not_statement=waf.CfnWebACL.NotStatementProperty(
            statement=waf.CfnWebACL.StatementProperty(
                byte_match_statement=waf.CfnWebACL.ByteMatchStatementProperty(
                    field_to_match=waf.CfnWebACL.FieldToMatchProperty(uri_path={}),
                    positional_constraint=constraint,
                    search_string=path,
                    text_transformations=[waf.CfnWebACL.TextTransformationProperty(priority=0, type="NONE")],
                )
            )
        )
    )
