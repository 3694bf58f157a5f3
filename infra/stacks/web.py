"""The pages: their bucket, what renders the public ones, and how a deployment brings new ones."""

import json
from typing import Any, Final

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.constructs.render_function import RenderFunction
from infra.constructs.site_deployment import SitePurge, SiteUpload
from infra.constructs.web_bucket import WebBucket
from infra.environments import Environment
from infra.page_paths import STRIPE_SCRIPT

# What every rendered page is tagged with, beside what it is about.
CACHE_TAG: Final = "web"

RENDER_HOST_OUTPUT: Final = "RenderHost"


class WebStack(cdk.Stack):
    """Assets, then documents that name them, then the function that renders others, then the purge of those rendered.

    The second region has a bucket with the same content, for when the home region fails; it renders nothing.
    """

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        *,
        key: kms.IKey,
        origin: str,
        alarm_action: cloudwatch.IAlarmAction,
        **kwargs: Any,
    ) -> None:
        super().__init__(scope, environment.stack_name("web"), **kwargs)
        bucket = WebBucket(self, "Bucket", environment=environment)
        upload = SiteUpload(
            self,
            "Upload",
            environment=environment,
            key=key,
            bucket=bucket,
            configuration=json.dumps(configuration(environment)),
        )
        if environment.standby:
            return
        render = RenderFunction(
            self, "Render", environment=environment, key=key, origin=origin, alarm_action=alarm_action
        )
        upload.trigger.execute_before(render.alias)
        purge = SitePurge(self, "Purge", environment=environment, key=key, cache_tag=CACHE_TAG)
        purge.trigger.execute_after(render.alias)
        cdk.CfnOutput(self, RENDER_HOST_OUTPUT, value=render.host, description="What CloudFront asks for pages")


def configuration(environment: Environment) -> dict[str, str]:
    """`/config.json`: what the pages' scripts must know of the environment."""
    site = f"https://{environment.domain}" if environment.domain else ""
    return {"stripe_script": STRIPE_SCRIPT, "site": site}
