"""The web application firewall in front of CloudFront: AWS's common rules, and rates per address."""

from collections.abc import Sequence
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_logs as logs
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from functions.media.manifest import MEDIA_PREFIX
from infra.constructs.retained_log_group import RETENTION_BY_DAYS
from infra.environments import Environment

# Providers sign what they send, come from few addresses, and deliver thousands of events in minutes after an outage.
# `webhook` is Stripe's, `webhooks/` has everybody's.
WEBHOOK_PATHS = "/api/v1/payments/webhook"

# Of webhooks, one address may send so many in five minutes: Stripe's busiest minute after an outage has some thousands.
WEBHOOK_REQUESTS = 30_000

# What shows no signature at all is no provider's: a person who tries, or a flood that is to wake functions.
UNSIGNED_WEBHOOK_REQUESTS = 100
SIGNATURE_HEADERS = ("stripe-signature",)

# A page has dozens of pictures, which caches serve: who looks at many pages is no attack.
MEDIA_PATHS = f"/{MEDIA_PREFIX}"

# Counted, not blocked: articles, reviews and imports are long, and may speak of HTML. The functions limit every body by
# themselves, and clean what they store as HTML.
COUNTED_RULES = ("CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY", "SizeRestrictions_BODY")

_AS_IT_IS = waf.CfnWebACL.TextTransformationProperty(priority=0, type="NONE")

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
                self._rate(
                    1, requests, name="rate", of=[_not_a_webhook(), _elsewhere_than("STARTS_WITH", MEDIA_PATHS)]
                ),
                self._managed(2, "AWSManagedRulesKnownBadInputsRuleSet", spare_webhooks=True),
                self._managed(3, "AWSManagedRulesCommonRuleSet", spare_webhooks=True, counted=COUNTED_RULES),
                self._managed(4, "AWSManagedRulesSQLiRuleSet", spare_webhooks=True, counted=("SQLi_BODY",)),
                self._rate(
                    5,
                    UNSIGNED_WEBHOOK_REQUESTS,
                    name="webhooks-unsigned",
                    of=[_a_webhook(), *map(_lacks, SIGNATURE_HEADERS)],
                ),
                self._rate(6, WEBHOOK_REQUESTS, name="webhooks", of=[_a_webhook()]),
            ],
        )
        self.arn = acl.attr_arn
        self._log(acl, environment)

    def _visibility(self, name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
        return waf.CfnWebACL.VisibilityConfigProperty(
            cloud_watch_metrics_enabled=True, metric_name=f"{self._prefix}-{name}", sampled_requests_enabled=True
        )

    def _rate(
        self, priority: int, requests: int, *, name: str, of: Sequence[waf.CfnWebACL.StatementProperty]
    ) -> waf.CfnWebACL.RuleProperty:
        """Refuses an address that sends more than so many of the requests for which all of `of` is true."""
        return waf.CfnWebACL.RuleProperty(
            name=name,
            priority=priority,
            action=waf.CfnWebACL.RuleActionProperty(block={}),
            visibility_config=self._visibility(name),
            statement=waf.CfnWebACL.StatementProperty(
                rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                    limit=requests,
                    aggregate_key_type="IP",
                    evaluation_window_sec=300,
                    scope_down_statement=_all(of),
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
        """What was blocked or counted, without credentials. Links by mail have theirs in the query."""
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
            ]
            + [waf.CfnLoggingConfiguration.FieldToMatchProperty(query_string={})],
        )


def _all(statements: Sequence[waf.CfnWebACL.StatementProperty]) -> waf.CfnWebACL.StatementProperty:
    """True where all of them are; the rule language wants two at least."""
    if len(statements) == 1:
        return statements[0]
    both = waf.CfnWebACL.AndStatementProperty(statements=list(statements))
    return waf.CfnWebACL.StatementProperty(and_statement=both)


def _not(statement: waf.CfnWebACL.StatementProperty) -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(not_statement=waf.CfnWebACL.NotStatementProperty(statement=statement))


def _a_webhook() -> waf.CfnWebACL.StatementProperty:
    return _path("STARTS_WITH", WEBHOOK_PATHS)


def _not_a_webhook() -> waf.CfnWebACL.StatementProperty:
    return _not(_a_webhook())


def _elsewhere_than(constraint: str, path: str) -> waf.CfnWebACL.StatementProperty:
    return _not(_path(constraint, path))


def _path(constraint: str, path: str) -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(
        byte_match_statement=waf.CfnWebACL.ByteMatchStatementProperty(
            field_to_match=waf.CfnWebACL.FieldToMatchProperty(uri_path={}),
            positional_constraint=constraint,
            search_string=path,
            text_transformations=[_AS_IT_IS],
        )
    )


def _lacks(header: str) -> waf.CfnWebACL.StatementProperty:
    """True where there is no such header, or an empty one. A header that is missing matches no statement about it."""
    return _not(
        waf.CfnWebACL.StatementProperty(
            size_constraint_statement=waf.CfnWebACL.SizeConstraintStatementProperty(
                field_to_match=waf.CfnWebACL.FieldToMatchProperty(single_header={"Name": header}),
                comparison_operator="GT",
                size=0,
                text_transformations=[_AS_IT_IS],
            )
        )
    )
