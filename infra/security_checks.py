"""cdk-nag's AwsSolutions rules over the whole app, and the one list of exceptions to them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from infra.environments import Environment

PACK = "AwsSolutions"
REPORT = "validation-report.json"

# The second region's stacks are named like the home region's, after this.
STANDBY = "Standby-"


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A finding that we accept for the constructs at `path` and below them, and why.

    `rule` is the finding's id without the name of the rule pack. `path` is a glob without the stack's prefix
    (`ShareStack-<Environment>-`, also without `Standby-`); see `places` for what `{data}` and such stand for in a rule.
    """

    rule: str
    path: str
    reason: str

    def covers(self, finding: "Finding") -> bool:
        """Whether this exception accepts the finding."""
        parts = finding.path.split("/")
        places = ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
        return self.rule == finding.rule and any(fnmatchcase(place, self.path) for place in places)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A rule that the construct at `path` breaks. Both are written as in `Accepted`."""

    rule: str
    path: str


EXCEPTIONS = (
    Accepted(
        rule="APIG4",
        path="Operations/Api/ANY --health",
        reason="for the health checks of Route 53, which can show no secret; tells that the function runs, no more",
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
        rule="IAM5[Resource::{vault}:ExportsOutputFnGetAttImportsC5EA4F6FArnBBEA0D9A/imports/*]",
        path="Catalog/*/Role/DefaultPolicy",
        reason="the same in the second region",
    ),
    Accepted(
        rule="IAM5[Resource::{data}:ExportsOutputFnGetAttImportsC5EA4F6FArnBBEA0D9A/import-reports/*]",
        path="Catalog/*/Role/DefaultPolicy",
        reason="objects under the prefix of reports; their keys are made at run time",
    ),
    Accepted(
        rule="IAM5[Resource::{vault}:ExportsOutputFnGetAttImportsC5EA4F6FArnBBEA0D9A/import-reports/*]",
        path="Catalog/*/Role/DefaultPolicy",
        reason="the same in the second region",
    ),
    Accepted(
        rule="IAM5[Resource::<ImportsC5EA4F6F.Arn>/*]",
        path="Data/Imports/Replication/DefaultPolicy",
        reason="S3 copies every object of the bucket",
    ),
    Accepted(
        rule="IAM5[Resource::arn:<AWS::Partition>:s3:::{prefix}-imports-standby-<AWS::AccountId>/*]",
        path="Data/Imports/Replication/DefaultPolicy",
        reason="S3 copies every object of the bucket",
    ),
    Accepted(
        rule="IAM5[Resource::arn:<AWS::Partition>:kms:{second_region}:<AWS::AccountId>:key/*]",
        path="Data/Imports/Replication/DefaultPolicy",
        reason="policies name no aliases; a condition on the alias leaves the one key of the second region",
    ),
    Accepted(
        rule="IAM5[Resource::{data}:ExportsOutputFnGetAttImportsC5EA4F6FArnBBEA0D9A/exports/*]",
        path="Catalog/*/Role/DefaultPolicy",
        reason="objects under the prefix of exports; their keys are made at run time",
    ),
    Accepted(
        rule="IAM5[Resource::{vault}:ExportsOutputFnGetAttImportsC5EA4F6FArnBBEA0D9A/exports/*]",
        path="Catalog/*/Role/DefaultPolicy",
        reason="the same in the second region",
    ),
    Accepted(
        rule="IAM5[Resource::{data}:ExportsOutputFnGetAttImportsC5EA4F6FArnBBEA0D9A/metric-exports/*]",
        path="Analytics/*/Role/DefaultPolicy",
        reason="files of figures under their prefix; their keys are made at run time",
    ),
    Accepted(
        rule="IAM5[Resource::{vault}:ExportsOutputFnGetAttImportsC5EA4F6FArnBBEA0D9A/metric-exports/*]",
        path="Analytics/*/Role/DefaultPolicy",
        reason="the same in the second region",
    ),
    Accepted(
        rule="IAM5[Resource::{data}:ExportsOutputFnGetAttImportsC5EA4F6FArnBBEA0D9A/personal-data/*]",
        path="Identity/*/Role/DefaultPolicy",
        reason="copies of people's data under their prefix; their keys are made at run time",
    ),
    Accepted(
        rule="IAM5[Resource::{vault}:ExportsOutputFnGetAttImportsC5EA4F6FArnBBEA0D9A/personal-data/*]",
        path="Identity/*/Role/DefaultPolicy",
        reason="the same in the second region",
    ),
    Accepted(
        rule="IAM5[Resource::{data}:ExportsOutputFnGetAttDownloads22991465ArnECAC0159/downloads/*]",
        path="Catalog/Api/Role/DefaultPolicy",
        reason="files for buyers under their prefix; their keys are made at run time",
    ),
    Accepted(
        rule="IAM5[Resource::{vault}:ExportsOutputFnGetAttDownloads22991465ArnECAC0159/downloads/*]",
        path="Catalog/Api/Role/DefaultPolicy",
        reason="the same in the second region",
    ),
    Accepted(
        rule="IAM5[Resource::<Downloads22991465.Arn>/*]",
        path="Data/Downloads/Replication/DefaultPolicy",
        reason="S3 copies every object of the bucket",
    ),
    Accepted(
        rule="IAM5[Resource::arn:<AWS::Partition>:s3:::{prefix}-downloads-standby-<AWS::AccountId>/*]",
        path="Data/Downloads/Replication/DefaultPolicy",
        reason="S3 copies every object of the bucket",
    ),
    Accepted(
        rule="IAM5[Resource::arn:<AWS::Partition>:kms:{second_region}:<AWS::AccountId>:key/*]",
        path="Data/Downloads/Replication/DefaultPolicy",
        reason="policies name no aliases; a condition on the alias leaves the one key of the second region",
    ),
    Accepted(
        rule="IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
        path="Media/BucketNotificationsHandler*",
        reason="role of CDK's provider of bucket notifications: writes its own logs",
    ),
    Accepted(
        rule="IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
        path="Community/BucketNotificationsHandler*",
        reason="role of CDK's provider of bucket notifications: writes its own logs",
    ),
    Accepted(
        rule="IAM5[Resource::{data}:ExportsOutputFnGetAttImportsC5EA4F6FArnBBEA0D9A/archives/*]",
        path="Community/*/Role/DefaultPolicy",
        reason="files of posts under their prefix; their keys are made at run time",
    ),
    Accepted(
        rule="IAM5[Resource::{vault}:ExportsOutputFnGetAttImportsC5EA4F6FArnBBEA0D9A/archives/*]",
        path="Community/*/Role/DefaultPolicy",
        reason="the same in the second region",
    ),
    Accepted(
        rule="IAM5[Resource::{data}:ExportsOutputFnGetAttMediaA721A567ArnB9989168/uploads/*]",
        path="Community/*/Role/DefaultPolicy",
        reason="pictures of the posts that people bring, handed to media like uploads",
    ),
    Accepted(
        rule="IAM5[Resource::{vault}:ExportsOutputFnGetAttMediaA721A567ArnB9989168/uploads/*]",
        path="Community/*/Role/DefaultPolicy",
        reason="the same in the second region",
    ),
    Accepted(
        rule="IAM5[Resource::{data}:ExportsOutputFnGetAttMediaA721A567ArnB9989168/uploads/*]",
        path="Media/*/Role/DefaultPolicy",
        reason="uploaded pictures under their prefix; their keys are made at run time",
    ),
    Accepted(
        rule="IAM5[Resource::{data}:ExportsOutputFnGetAttMediaA721A567ArnB9989168/uploads/*]",
        path="Catalog/*/Role/DefaultPolicy",
        reason="pictures that imports have fetched, handed to media like uploads",
    ),
    Accepted(
        rule="IAM5[Resource::{vault}:ExportsOutputFnGetAttMediaA721A567ArnB9989168/uploads/*]",
        path="Catalog/*/Role/DefaultPolicy",
        reason="the same in the second region",
    ),
    Accepted(
        rule="IAM5[Resource::{vault}:ExportsOutputFnGetAttMediaA721A567ArnB9989168/uploads/*]",
        path="Media/*/Role/DefaultPolicy",
        reason="the same in the second region",
    ),
    Accepted(
        rule="IAM5[Resource::{data}:ExportsOutputFnGetAttMediaA721A567ArnB9989168/media/*]",
        path="Media/*/Role/DefaultPolicy",
        reason="pictures that everybody sees, under their prefix; their keys are made at run time",
    ),
    Accepted(
        rule="IAM5[Resource::{vault}:ExportsOutputFnGetAttMediaA721A567ArnB9989168/media/*]",
        path="Media/*/Role/DefaultPolicy",
        reason="the same in the second region",
    ),
    Accepted(
        rule="IAM5[Resource::<MediaA721A567.Arn>/*]",
        path="Data/Media/Replication/DefaultPolicy",
        reason="S3 copies every object of the bucket",
    ),
    Accepted(
        rule="IAM5[Resource::arn:<AWS::Partition>:s3:::{prefix}-media-standby-<AWS::AccountId>/*]",
        path="Data/Media/Replication/DefaultPolicy",
        reason="S3 copies every object of the bucket",
    ),
    Accepted(
        rule="IAM5[Resource::arn:<AWS::Partition>:kms:{second_region}:<AWS::AccountId>:key/*]",
        path="Data/Media/Replication/DefaultPolicy",
        reason="policies name no aliases; a condition on the alias leaves the one key of the second region",
    ),
    Accepted(
        rule="IAM5[Resource::arn:aws:cloudfront::<AWS::AccountId>:distribution/*]",
        path="Catalog/PurgePages/Role/DefaultPolicy",
        reason="the distribution's id is known in the front's region only; a condition on tags leaves this one",
    ),
    Accepted(
        rule="IAM5[Resource::arn:aws:cloudfront::<AWS::AccountId>:distribution/*]",
        path="Web/Purge/Role/DefaultPolicy",
        reason="the same for a deployment of pages",
    ),
    Accepted(
        rule="IAM5[Resource::<Bucket83908E77.Arn>/*]",
        path="Web/Upload/Role/DefaultPolicy",
        reason="every object of the bucket is a file of the site, named by its build",
    ),
    Accepted(
        rule="S1",
        path="Web/Bucket",
        reason="holds what everybody may see, and CloudFront alone reads it; who writes is in CloudFormation's events",
    ),
    Accepted(
        rule="IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]",
        path="Notifications/*/Role/DefaultPolicy",
        reason="in its sandbox SES looks at the recipient's identity, too; a condition names the one sender",
    ),
    Accepted(
        rule="L1",
        path="*/Function",
        reason="Python 3.13 and Node.js 22 are what is built and tested for; they are moved on purpose, for all",
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
        rule="SMG4",
        path="Edge/OriginGuard/Secret*",
        reason="replaced by its next generation in the table of environments, both being valid meanwhile",
    ),
    Accepted(
        rule="CFR1",
        path="Front/Distribution",
        reason="we sell to every country that Stripe takes money from",
    ),
    Accepted(
        rule="CFR2",
        path="Front/Distribution",
        reason="development only, where it would cost more than all the rest; that others have one is tested",
    ),
    Accepted(
        rule="CFR3",
        path="Front/Distribution",
        reason="the API logs each request that reaches it, the firewall what it stops; the rest is cached public pages",
    ),
    Accepted(
        rule="CFR4",
        path="Front/Distribution",
        reason="without a domain, in development, CloudFront's own certificate decides about versions of TLS",
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


def places(environment: Environment) -> dict[str, str]:
    """What rules name differently in each environment."""
    second = environment.second_region
    return {
        "data": environment.stack_name("data"),
        "vault": environment.in_second_region().stack_name("vault") if second else "",
        "prefix": environment.prefix,
        "second_region": second or "",
    }


def synthesize(environment: Environment, folder: Path) -> None:
    """Write the templates of `environment` into `folder`, and beside them the report of what the rules find."""
    import aws_cdk as cdk
    from cdk_nag import AwsSolutionsChecks

    from infra import app

    checked = app.make_app(folder)
    app.add_stacks(checked, environment)
    cdk.Validations.of(checked).add_plugins(AwsSolutionsChecks(checked))
    try:
        checked.synth()
    except RuntimeError as error:
        if "ValidationFailed" not in str(error):
            raise


def read_findings(folder: Path, environment: Environment) -> list[Finding]:
    """The findings in the report that `synthesize` wrote into `folder`: all of the rules', and CDK's own errors."""
    report = json.loads((folder / REPORT).read_text())
    return [
        Finding(
            rule=_general(violation["ruleName"].removeprefix(f"{PACK}-"), environment),
            path=construct["constructPath"].removeprefix(environment.stack_name("")).removeprefix(STANDBY),
        )
        for plugin in report["pluginReports"]
        for violation in plugin["violations"]
        if plugin["pluginName"] == PACK or violation["severity"] == "error"
        for construct in violation["violatingConstructs"]
    ]


def unaccepted(findings: Sequence[Finding]) -> list[Finding]:
    """Findings that no exception accepts."""
    return [finding for finding in findings if not any(accepted.covers(finding) for accepted in EXCEPTIONS)]


def _general(rule: str, environment: Environment) -> str:
    """A finding's rule with placeholders for what differs between environments."""
    for name, text in places(environment).items():
        rule = rule.replace(text, f"{{{name}}}") if text else rule
    return rule
