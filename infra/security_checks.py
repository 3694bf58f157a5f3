"""cdk-nag's AwsSolutions rules over the whole app, and the one list of exceptions to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks

from infra.environments import Environment

PACK = "AwsSolutions"


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A finding that we accept for the constructs at `path` and below them, and why.

    `rule` is the finding's id without the name of the rule pack. `path` is a glob without the stack's prefix
    (`ShareStack-<Environment>-`); `{data}` in a rule stands for the name of the data stack.
    """

    rule: str
    path: str
    reason: str


EXCEPTIONS = (
    Accepted(
        rule="APIG4",
        path="*/ANY --*",
        reason="tokens are verified by the functions, route by route; every route is in the authorization matrix test",
    ),
    Accepted(
        rule="APIG4",
        path="Operations/Api/$default",
        reason="answers unknown paths with 404 and serves nothing else",
    ),
    Accepted(
        rule="APIG4",
        path="Payments/ReceiveWebhook/POST *",
        reason="Stripe authenticates by a signature over the body, which the function verifies",
    ),
    Accepted(
        rule="IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
        path="Data/AWS*",
        reason="role of CDK's provider of custom resources: writes its own logs",
    ),
    Accepted(
        rule="IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
        path="Catalog/BucketNotificationsHandler*",
        reason="role of CDK's provider of bucket notifications: writes its own logs",
    ),
    Accepted(
        rule="IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]",
        path="*/Canaries/Role",
        reason="AWS's own role for CodeDeploy that moves aliases and reads alarms; its limited form",
    ),
    Accepted(
        rule="IAM5[Resource::*]",
        path="*/Role/DefaultPolicy",
        reason="X-Ray and the network interfaces of Lambda know no narrower resource; the code is denied the latter",
    ),
    Accepted(
        rule="IAM5[Resource::{data}:ExportsOutputFnGetAttImportsC5EA4F6FArnBBEA0D9A/imports/*]",
        path="Catalog/*/Role/DefaultPolicy",
        reason="objects under the prefix of imports; their keys are made at run time",
    ),
    Accepted(
        rule="L1",
        path="*/Function",
        reason="Python 3.13 is the version that packages are built and tested for; it is moved on purpose, for all",
    ),
    Accepted(
        rule="SMG4",
        path="Data/SigningKeys",
        reason="rotated by identity's own schedule, which also publishes the public keys",
    ),
    Accepted(
        rule="SMG4",
        path="Data/Stripe*",
        reason="issued by Stripe; replaced by the operator, two webhook secrets being valid at a time",
    ),
    Accepted(
        rule="SQS3",
        path="*/DeadLetterQueue",
        reason="is itself the dead-letter queue: of a schedule's or a bucket's asynchronous invocations",
    ),
    Accepted(
        rule="EC26",
        path="Network/Vpc/*/NatInstance",
        reason="forwards packets and stores nothing",
    ),
    Accepted(
        rule="EC28",
        path="Network/Vpc/*/NatInstance",
        reason="development only; its loss is noticed at the first call to a provider",
    ),
    Accepted(
        rule="EC29",
        path="Network/Vpc/*/NatInstance",
        reason="development only; stateless, made again by the next deployment",
    ),
    Accepted(
        rule="RDS10",
        path="Data/Database/Cluster",
        reason="unprotected environments are meant to be deleted; production is protected, which another test asserts",
    ),
)


def add_checks(app: cdk.App, environment: Environment, exceptions: Sequence[Accepted] = EXCEPTIONS) -> None:
    """Check the app at synthesis, which then fails with `ValidationFailed` on a finding that is not accepted."""
    prefix = environment.stack_name("")
    for construct in app.node.find_all():
        path = construct.node.path.removeprefix(prefix)
        for accepted in exceptions:
            if fnmatchcase(path, accepted.path):
                rule = accepted.rule.format(data=environment.stack_name("data"))
                acknowledgment = cdk.Acknowledgment(id=f"{PACK}::{PACK}-{rule}", reason=accepted.reason)
                cdk.Validations.of(construct).acknowledge(acknowledgment)
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app))
