"""Pages: what answers which address, what may read and render them, and in which order a deployment replaces them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra import page_paths
from infra.constructs.page_headers import content_security_policy
from infra.openapi import document
from infra.site_upload.handler import SUPERSEDED
from tests.infra.deployment import Deployment, Resource, references
from tests.infra.test_front import api_origin, behavior_of, distribution, policy_named

Regions = dict[str, Deployment]

FILES = ("/assets/index-4f.js", "/admin/assets/a.css", "/studio/assets/a.js", "/config.json", "/theme.js")
ICONS = ("/favicon.ico", "/favicon.svg", "/icon-192.png", "/manifest.webmanifest")
STAFF = ("/admin", "/admin/", "/admin/orders/7", "/studio", "/studio/articles")
CUSTOMER = (
    "/cart",
    "/checkout",
    "/checkout/return",
    "/account/orders",
    "/orders/7",
    "/sign-in",
    "/en/cart",
    "/en/reset",
)
RENDERED = (
    "/",
    "/en/",
    "/c/candles",
    "/p/mug",
    "/p/checkout-counter",
    "/search",
    "/@ada",
    "/robots.txt",
    "/sitemap.xml",
)


def origin(deployed: Deployment, origin_id: str) -> dict[str, Any]:
    [found] = [one for one in distribution(deployed)["Origins"] if one["Id"] == origin_id]
    chosen: dict[str, Any] = found
    return chosen


def origins_of(deployed: Deployment, path: str) -> list[dict[str, Any]]:
    """What is asked for a path, in turn."""
    target = behavior_of(deployed, path)["TargetOriginId"]
    groups = {group["Id"]: group for group in distribution(deployed)["OriginGroups"]["Items"]}
    if target not in groups:
        return [origin(deployed, target)]
    return [origin(deployed, member["OriginId"]) for member in groups[target]["Members"]["Items"]]


def is_site(found: dict[str, Any]) -> bool:
    return "S3OriginConfig" in found and "-web-" in json.dumps(found["DomainName"])


def function_of(deployed: Deployment, path: str) -> str | None:
    """The end of the name of the function that CloudFront runs for a path."""
    for association in behavior_of(deployed, path).get("FunctionAssociations", ()):
        [name] = references(association["FunctionARN"])
        [found] = [one for one in deployed.resources("AWS::CloudFront::Function") if one.logical_id == name]
        return str(found.properties["Name"]).removeprefix(f"{deployed.environment.prefix}-")
    return None


def headers_of(deployed: Deployment, path: str) -> dict[str, Any]:
    [name] = references(behavior_of(deployed, path)["ResponseHeadersPolicyId"])
    [found] = [one for one in deployed.resources("AWS::CloudFront::ResponseHeadersPolicy") if one.logical_id == name]
    config: dict[str, Any] = found.properties["ResponseHeadersPolicyConfig"]
    return config


def of_web(deployed: Deployment, kind: str, start: str) -> Resource:
    [found] = [one for one in deployed.resources(kind, stack="Web") if one.logical_id.startswith(start)]
    return found


def render(deployed: Deployment) -> Resource:
    return of_web(deployed, "AWS::Lambda::Function", "RenderFunction")


@pytest.mark.parametrize("path", [*FILES, *ICONS])
def test_files_come_from_the_bucket_at_their_own_addresses(deployed: Deployment, path: str) -> None:
    [found] = origins_of(deployed, path)
    assert is_site(found)
    assert function_of(deployed, path) is None
    # AWS's own policy `CachingOptimized`: neither query nor cookie, compressed, as long as Cache-Control says.
    assert behavior_of(deployed, path)["CachePolicyId"] == "658327ea-f89d-4fab-a63d-7e88639e58f6"
    assert behavior_of(deployed, path)["Compress"] is True
    custom = headers_of(deployed, path)["CustomHeadersConfig"]["Items"]
    assert {"Header": "Cross-Origin-Resource-Policy", "Value": "same-origin", "Override": True} in custom


@pytest.mark.parametrize("path", [*STAFF, *CUSTOMER])
def test_pages_of_people_are_documents_that_no_search_engine_keeps(deployed: Deployment, path: str) -> None:
    [found] = origins_of(deployed, path)
    assert is_site(found)
    assert function_of(deployed, path) == "shells"
    custom = {item["Header"]: item["Value"] for item in headers_of(deployed, path)["CustomHeadersConfig"]["Items"]}
    assert custom["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", RENDERED)
def test_all_else_is_rendered_and_has_a_shell_to_fall_back_on(deployed: Deployment, path: str) -> None:
    rendering, shell = origins_of(deployed, path)
    assert rendering["DomainName"]["Fn::GetStackOutput"]["OutputName"] == "RenderHost"
    assert is_site(shell)
    assert function_of(deployed, path) == "pages"
    custom = {item["Header"] for item in headers_of(deployed, path)["CustomHeadersConfig"]["Items"]}
    assert "X-Robots-Tag" not in custom


def test_every_path_of_the_api_leads_to_the_api(deployed: Deployment) -> None:
    api = api_origin(deployed)
    for path in [*json.loads(document.read())["paths"], "/api/v1/nothing", "/api/v1/cart/checkout", "/health/ready"]:
        assert origins_of(deployed, path.replace("{", "x").replace("}", "x")) == [api], path


def test_the_shell_answers_when_rendering_fails_or_takes_too_long(deployed: Deployment) -> None:
    default = distribution(deployed)["DefaultCacheBehavior"]["TargetOriginId"]
    [group] = [one for one in distribution(deployed)["OriginGroups"]["Items"] if one["Id"] == default]
    assert group["FailoverCriteria"]["StatusCodes"]["Items"] == [500, 502, 503, 504]
    rendering = origins_of(deployed, "/")[0]
    assert rendering["CustomOriginConfig"]["OriginReadTimeout"] == render(deployed).properties["Timeout"] == 10
    assert rendering["ConnectionAttempts"] == 1


def test_a_rendered_page_is_kept_by_path_and_query_and_is_nobody_s_own(deployed: Deployment) -> None:
    cache = policy_named(deployed, "CachePolicy", "pages")
    key = cache["ParametersInCacheKeyAndForwardedToOrigin"]
    assert (cache["MinTTL"], cache["DefaultTTL"], cache["MaxTTL"]) == (0, 0, 86400)
    assert key["HeadersConfig"]["Headers"] == ["x-page-path"]
    assert key["CookiesConfig"] == {"CookieBehavior": "none"}
    passed = policy_named(deployed, "OriginRequestPolicy", "pages")
    assert passed["CookiesConfig"] == {"CookieBehavior": "none"}
    assert set(passed["HeadersConfig"]["Headers"]) == {"CloudFront-Viewer-Address", "x-page-host"}
    assert "AllowedMethods" not in distribution(deployed)["DefaultCacheBehavior"]  # GET and HEAD


def test_pages_load_scripts_of_ours_and_where_something_is_paid_stripe_s(deployed: Deployment) -> None:
    for path, payments in (("/", True), ("/cart", True), ("/admin", False)):
        security = headers_of(deployed, path)["SecurityHeadersConfig"]
        text = json.dumps(security["ContentSecurityPolicy"]["ContentSecurityPolicy"])
        assert "default-src 'none'; script-src 'self'" in text
        assert ("https://js.stripe.com" in text) is payments
        assert "unsafe-eval" not in text
        assert "script-src 'self' 'unsafe-inline'" not in text
        assert "sharestack-" in text  # the bucket that browsers send pictures to
        assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 31_536_000


def test_a_directive_without_a_source_is_left_out() -> None:
    staff = content_security_policy("https://files.example", payments=False)
    assert "frame-src" not in staff
    assert "connect-src 'self' https://files.example;" in staff
    assert "frame-src https://js.stripe.com https://hooks.stripe.com" in content_security_policy("", payments=True)


def test_english_pages_of_customers_are_treated_like_chinese_ones() -> None:
    chinese = [path for path in page_paths.CUSTOMER_PATHS if not path.startswith("/en/")]
    assert (*chinese, *(f"/en{path}" for path in chinese)) == page_paths.CUSTOMER_PATHS


def test_there_are_fewer_behaviours_than_cloudfront_takes(deployed: Deployment) -> None:
    assert len(distribution(deployed)["CacheBehaviors"]) < 75


def test_the_bucket_of_pages_is_closed_and_lets_old_builds_expire(deployed: Deployment) -> None:
    bucket = of_web(deployed, "AWS::S3::Bucket", "Bucket").properties
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    [superseded] = [rule for rule in bucket["LifecycleConfiguration"]["Rules"] if "ExpirationInDays" in rule]
    assert superseded["TagFilters"] == [{"Key": "build", "Value": SUPERSEDED}]
    assert superseded["ExpirationInDays"] == 30
    statements = of_web(deployed, "AWS::S3::BucketPolicy", "Bucket").properties["PolicyDocument"]["Statement"]
    [reading] = [s for s in statements if s["Effect"] == "Allow" and "Service" in s["Principal"]]
    assert (reading["Principal"], reading["Action"]) == ({"Service": "cloudfront.amazonaws.com"}, "s3:GetObject")
    assert ":distribution/*" in json.dumps(reading["Condition"]["ArnLike"]["aws:SourceArn"])


def test_pages_are_rendered_outside_the_network_with_no_right_but_to_log(deployed: Deployment) -> None:
    function = render(deployed)
    properties = function.properties
    assert (properties["Runtime"], properties["Architectures"]) == ("nodejs22.x", ["arm64"])
    assert (properties["MemorySize"], properties["Handler"]) == (512, "entry.handler")
    assert "VpcConfig" not in properties
    assert deployed.actions_of(function) <= {
        *("logs:CreateLogStream", "logs:PutLogEvents"),
        *("xray:PutTraceSegments", "xray:PutTelemetryRecords"),
    }
    variables = properties["Environment"]["Variables"]
    assert variables["ORIGIN_SECRET"] == api_origin(deployed)["OriginCustomHeaders"][0]["HeaderValue"]
    domain = deployed.environment.domain
    assert variables["SITE_ORIGIN"] == (f"https://{domain}" if domain else "")


def test_only_cloudfront_may_ask_for_a_rendered_page(deployed: Deployment) -> None:
    assert of_web(deployed, "AWS::Lambda::Url", "Render").properties["AuthType"] == "AWS_IAM"
    permissions = [
        one.properties
        for one in deployed.resources("AWS::Lambda::Permission", stack="Web")
        if one.logical_id.startswith("Render")
    ]
    assert {one["Action"] for one in permissions} == {"lambda:InvokeFunctionUrl", "lambda:InvokeFunction"}
    for permission in permissions:
        assert permission["Principal"] == "cloudfront.amazonaws.com"
        assert ":distribution/" in json.dumps(permission["SourceArn"])
    [signing] = [
        one.properties["OriginAccessControlConfig"]
        for one in deployed.resources("AWS::CloudFront::OriginAccessControl")
        if one.properties["OriginAccessControlConfig"]["OriginAccessControlOriginType"] == "lambda"
    ]
    assert (signing["SigningBehavior"], signing["SigningProtocol"]) == ("always", "sigv4")


def test_new_pages_come_after_their_assets_and_old_ones_are_purged_last(deployed: Deployment) -> None:
    upload = of_web(deployed, "Custom::Trigger", "Upload")
    alias = of_web(deployed, "AWS::Lambda::Alias", "Render")
    purge = of_web(deployed, "Custom::Trigger", "Purge")
    assert upload.logical_id in alias.body["DependsOn"]
    assert alias.logical_id in purge.body["DependsOn"]
    variables = of_web(deployed, "AWS::Lambda::Function", "PurgeFunction").properties["Environment"]["Variables"]
    assert variables["CACHE_TAG"] == "web"


def test_pages_come_after_the_routes_that_they_need(prod: Deployment) -> None:
    """Without a domain it is the other way round: contexts are told CloudFront's address, and it is told the pages'."""
    name = prod.environment.stack_name
    artifacts = prod.manifest["artifacts"]
    contexts = {name(stack) for stack in ("Catalog", "Identity", "Ordering", "Payments")}
    assert contexts <= set(artifacts[name("Web")]["dependencies"])
    assert name("Web") in artifacts[name("Front")]["dependencies"]


def test_config_json_says_what_scripts_must_know_of_the_environment(prod: Deployment) -> None:
    variables = of_web(prod, "AWS::Lambda::Function", "UploadFunction").properties["Environment"]["Variables"]
    configuration = json.loads(variables["CONFIGURATION"])
    assert configuration == {"stripe_script": "https://js.stripe.com/v3/", "site": "https://sharestack.example"}


def test_a_second_region_has_the_same_pages_and_answers_with_them_where_the_first_fails(two_regions: Regions) -> None:
    home, standby = two_regions["home"], two_regions["standby"]
    assert not standby.resources("AWS::Lambda::Url")
    buckets = [of_web(one, "AWS::S3::Bucket", "Bucket").properties["BucketName"] for one in (home, standby)]
    assert [json.dumps(name).split('"')[5] for name in buckets] == [
        "sharestack-prod-web-",
        "sharestack-prod-web-standby-",
    ]
    _, shell = origins_of(home, "/")
    assert "web-standby" in json.dumps(shell["DomainName"])
    first, second = origins_of(home, "/cart")
    assert is_site(first)
    assert "web-standby" in json.dumps(second["DomainName"])
