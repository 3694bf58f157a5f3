"""What stands before the API: CloudFront's caches, the firewall, and the secret that only CloudFront knows."""

from __future__ import annotations

import dataclasses
import json
from fnmatch import fnmatchcase
from typing import Any

import pytest

from functions.payments import providers
from infra.constructs.firewall import SIGNATURE_HEADERS
from infra.environments import DEV
from infra.openapi import document
from shared.web import responses
from tests.infra.deployment import Deployment, references


def distribution(deployed: Deployment) -> dict[str, Any]:
    found: dict[str, Any] = deployed.only("AWS::CloudFront::Distribution").properties["DistributionConfig"]
    return found


def api_origin(deployed: Deployment) -> dict[str, Any]:
    """The one origin that is neither a bucket nor a function, which have CloudFront's own signature."""
    [found] = [origin for origin in distribution(deployed)["Origins"] if "OriginAccessControlId" not in origin]
    api: dict[str, Any] = found
    return api


def behavior_of(deployed: Deployment, path: str) -> dict[str, Any]:
    """The behaviour that CloudFront picks: the first whose pattern matches, else the default one."""
    config = distribution(deployed)
    matching = [entry for entry in config["CacheBehaviors"] if fnmatchcase(path, entry["PathPattern"])]
    chosen: dict[str, Any] = [*matching, config["DefaultCacheBehavior"]][0]
    return chosen


def is_kept(deployed: Deployment, path: str) -> bool:
    """Whether CloudFront keeps answers of a path. The other policies are AWS's own, `CachingDisabled`, and that of the
    one address which is told the viewer's country.
    """
    policy = behavior_of(deployed, path)["CachePolicyId"]
    if policy == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad":
        return False
    return not str(policy["Ref"]).startswith("Located")


def policy_named(deployed: Deployment, kind: str, name: str) -> dict[str, Any]:
    """One of our own: of a kind like `CachePolicy`, by the end of its name."""
    policies = [policy.properties[f"{kind}Config"] for policy in deployed.resources(f"AWS::CloudFront::{kind}")]
    full = f"{deployed.environment.prefix}-{name}"
    [found] = [policy for policy in policies if policy["Name"] == full]
    chosen: dict[str, Any] = found
    return chosen


def cache_policy(deployed: Deployment, name: str) -> dict[str, Any]:
    return policy_named(deployed, "CachePolicy", name)


def test_onboarding_is_told_the_viewer_s_country_and_nothing_of_it_is_kept(deployed: Deployment) -> None:
    path = "/api/v1/users/me/onboarding"
    assert not is_kept(deployed, path)
    policy = cache_policy(deployed, "located")
    headers = policy["ParametersInCacheKeyAndForwardedToOrigin"]["HeadersConfig"]["Headers"]
    assert headers == ["Authorization", "CloudFront-Viewer-Country"]
    assert (policy["DefaultTTL"], policy["MaxTTL"]) == (0, 1)
    assert "POST" not in behavior_of(deployed, path).get("CachedMethods", [])


@pytest.mark.parametrize(
    "path", ["/api/v1/products", "/api/v1/products/mug", "/api/v1/site", "/openapi.json", "/docs", "/docs/a.css"]
)
def test_public_pages_are_kept_by_cloudfront(deployed: Deployment, path: str) -> None:
    assert is_kept(deployed, path)


def test_no_other_route_of_the_gateway_is_kept(deployed: Deployment) -> None:
    public = ("/api/v1/products", "/api/v1/categories", "/api/v1/site", "/docs", "/openapi", "/.well-known/jwks.json")
    for route in deployed.resources("AWS::ApiGatewayV2::Route"):
        path = route.properties["RouteKey"].split(" ")[-1].replace("{", "x").replace("}", "x")
        if path != "$default":  # of addresses below /api that there are not
            assert is_kept(deployed, path) == path.startswith(public), path


def test_the_api_says_how_long_and_cloudfront_obeys_up_to_a_day(deployed: Deployment) -> None:
    policy = cache_policy(deployed, "public")
    assert (policy["MinTTL"], policy["DefaultTTL"], policy["MaxTTL"]) == (0, 0, 86400)
    assert "s-maxage=3600, stale-while-revalidate" in responses.CATALOG_PAGES.header
    assert "s-maxage=21600, stale-while-revalidate" in responses.CATEGORY_TREE.header


def test_neither_token_nor_cookie_nor_cart_reaches_a_kept_path(deployed: Deployment) -> None:
    """So no answer for one caller can be kept for another: what the API does not see cannot shape its answer."""
    cached = cache_policy(deployed, "public")
    key = cached["ParametersInCacheKeyAndForwardedToOrigin"]
    passed = policy_named(deployed, "OriginRequestPolicy", "public")
    assert key["CookiesConfig"] == {"CookieBehavior": "none"}
    assert passed["CookiesConfig"] == {"CookieBehavior": "none"}
    assert key["HeadersConfig"]["Headers"] == ["Origin"]
    assert set(passed["HeadersConfig"]["Headers"]) == {
        "Access-Control-Request-Headers",
        "Access-Control-Request-Method",
        "X-Correlation-Id",
    }
    assert key["QueryStringsConfig"] == {"QueryStringBehavior": "all"}
    assert key["EnableAcceptEncodingGzip"] is key["EnableAcceptEncodingBrotli"] is True


def test_private_paths_get_everything_that_the_caller_sent(deployed: Deployment) -> None:
    private = behavior_of(deployed, "/api/v1/cart")
    # AWS's own policy `AllViewerExceptHostHeader`.
    assert private["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    assert set(private["AllowedMethods"]) == {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}


def test_what_belongs_to_one_request_is_taken_off_kept_answers(deployed: Deployment) -> None:
    policy = policy_named(deployed, "ResponseHeadersPolicy", "public")
    removed = {item["Header"] for item in policy["RemoveHeadersConfig"]["Items"]}
    of_a_request = {"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "X-Correlation-Id"}
    assert removed == of_a_request | {responses.CACHE_TAG_HEADER}


def test_errors_are_not_kept(deployed: Deployment) -> None:
    """CloudFront keeps most errors for ten seconds, whatever their Cache-Control says, unless it is told otherwise."""
    kept = {entry["ErrorCode"]: entry["ErrorCachingMinTTL"] for entry in distribution(deployed)["CustomErrorResponses"]}
    assert set(kept) >= {400, 403, 404, 405, 500, 502, 503, 504}
    assert set(kept.values()) == {0}


def test_pictures_come_from_their_private_bucket_by_cloudfront_s_own_signature(deployed: Deployment) -> None:
    behavior = behavior_of(deployed, "/media/019a9f0e/abc-large.webp")
    assert behavior["PathPattern"] == "/media/*"
    assert "AllowedMethods" not in behavior  # GET and HEAD
    # AWS's own policies: `CachingOptimized`, which obeys Cache-Control up to a year, and `SecurityHeadersPolicy`.
    assert behavior["CachePolicyId"] == "658327ea-f89d-4fab-a63d-7e88639e58f6"
    assert behavior["ResponseHeadersPolicyId"] == "67f7725c-6f97-4210-82d7-5512b31e9d03"
    [origin] = [o for o in distribution(deployed)["Origins"] if o["Id"] == behavior["TargetOriginId"]]
    region = deployed.environment.region
    name = [f"sharestack-{deployed.environment.name}-media-", {"Ref": "AWS::AccountId"}]
    assert origin["DomainName"] == {"Fn::Join": ["", [*name, f".s3.{region}.amazonaws.com"]]}
    [named] = references(origin["OriginAccessControlId"])
    [control] = [c for c in deployed.resources("AWS::CloudFront::OriginAccessControl") if c.logical_id == named]
    signing = control.properties["OriginAccessControlConfig"]
    assert (signing["SigningBehavior"], signing["OriginAccessControlOriginType"]) == ("always", "s3")
    [bucket] = [b for b in deployed.resources("AWS::S3::Bucket", stack="Data") if b.logical_id.startswith("Media")]
    assert bucket.properties["BucketName"] == {"Fn::Join": ["", name]}


def test_cloudfront_reads_pictures_and_nothing_else_of_the_bucket(deployed: Deployment) -> None:
    [policy] = [
        p for p in deployed.resources("AWS::S3::BucketPolicy", stack="Data") if p.logical_id.startswith("Media")
    ]
    statements = policy.properties["PolicyDocument"]["Statement"]
    [allowed] = [s for s in statements if s["Effect"] == "Allow" and "Service" in s["Principal"]]
    assert (allowed["Principal"], allowed["Action"]) == ({"Service": "cloudfront.amazonaws.com"}, "s3:GetObject")
    assert json.dumps(allowed["Resource"]).endswith('"/media/*"]]}')
    assert ":distribution/*" in json.dumps(allowed["Condition"]["ArnLike"]["aws:SourceArn"])
    assert "AWS::AccountId" in json.dumps(allowed["Condition"])


def test_browsers_bring_pictures_to_the_bucket_from_the_shop_s_pages_only(deployed: Deployment) -> None:
    [bucket] = [b for b in deployed.resources("AWS::S3::Bucket", stack="Data") if b.logical_id.startswith("Media")]
    rules = bucket.properties["CorsConfiguration"]["CorsRules"]
    assert rules == [{"AllowedMethods": ["POST"], "AllowedOrigins": list(deployed.environment.allowed_origins)}]


def test_everything_is_https_only_on_both_sides(deployed: Deployment) -> None:
    config = distribution(deployed)
    behaviors = [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]
    # People type addresses of pages without https; programs that ask the API are told of their mistake.
    assert {behavior["ViewerProtocolPolicy"] for behavior in behaviors} == {"https-only", "redirect-to-https"}
    assert behavior_of(deployed, "/api/v1/cart")["ViewerProtocolPolicy"] == "https-only"
    for origin in config["Origins"]:
        if "CustomOriginConfig" in origin:
            assert origin["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
            assert origin["CustomOriginConfig"]["OriginSSLProtocols"] == ["TLSv1.2"]


def test_cloudfront_shows_the_newest_secret_and_no_template_holds_it(deployed: Deployment) -> None:
    origin = api_origin(deployed)
    [header] = origin["OriginCustomHeaders"]
    newest = deployed.environment.origin_secrets[-1]
    name = f"sharestack-{deployed.environment.name}/origin-{newest}"
    assert header == {
        "HeaderName": "x-origin-secret",
        "HeaderValue": f"{{{{resolve:secretsmanager:{name}:SecretString}}}}",
    }


def test_every_route_but_the_health_check_wants_the_secret(deployed: Deployment) -> None:
    open_routes = set()
    for route in deployed.resources("AWS::ApiGatewayV2::Route"):
        if route.properties["AuthorizationType"] == "NONE":
            open_routes.add(route.properties["RouteKey"])
        else:
            assert route.properties["AuthorizationType"] == "CUSTOM"
            assert "OriginGuard" in json.dumps(route.properties["AuthorizerId"])
    assert open_routes == {"ANY /health"}


def test_the_authorizer_is_asked_rarely_and_only_when_the_header_is_there(deployed: Deployment) -> None:
    authorizer = deployed.only("AWS::ApiGatewayV2::Authorizer").properties
    assert authorizer["IdentitySource"] == ["$request.header.x-origin-secret"]
    assert authorizer["AuthorizerResultTtlInSeconds"] == 300
    assert authorizer["EnableSimpleResponses"] is True


def test_functions_take_the_caller_s_address_from_one_trusted_proxy(deployed: Deployment) -> None:
    for function in deployed.functions():
        assert function.properties["Environment"]["Variables"]["TRUSTED_PROXY_HOPS"] == "1"


def rules(deployed: Deployment) -> dict[str, dict[str, Any]]:
    return {rule["Name"]: rule for rule in deployed.only("AWS::WAFv2::WebACL").properties["Rules"]}


def test_a_firewall_stands_before_every_environment_but_development(deployed: Deployment) -> None:
    if deployed.environment.name == "dev":
        assert not deployed.resources("AWS::WAFv2::WebACL")
        return
    acl = deployed.only("AWS::WAFv2::WebACL")
    assert references(distribution(deployed)["WebACLId"])
    assert acl.properties["Scope"] == "CLOUDFRONT"
    artifact = deployed.manifest["artifacts"][deployed.environment.stack_name("front")]
    assert artifact["environment"].endswith("/us-east-1")


def test_the_firewall_limits_addresses_and_applies_the_common_rules(prod: Deployment) -> None:
    limit = rules(prod)["rate"]["Statement"]["RateBasedStatement"]
    assert limit["Limit"] == prod.environment.firewall_requests
    assert limit["AggregateKeyType"] == "IP"
    assert set(rules(prod)) >= {
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
        "AWSManagedRulesSQLiRuleSet",
    }


def test_the_firewall_leaves_webhooks_to_their_signature(prod: Deployment) -> None:
    for name in ("AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"):
        [statement] = rules(prod)[name]["Statement"].values()
        assert spared(statement["ScopeDownStatement"]) == ("/api/v1/payments/webhook", "STARTS_WITH")


def spared(scope: dict[str, Any]) -> tuple[str, str]:
    """The path that a rule is not about, and how it is compared."""
    match = scope["NotStatement"]["Statement"]["ByteMatchStatement"]
    return match["SearchString"], match["PositionalConstraint"]


def test_neither_webhooks_nor_the_pictures_of_a_page_count_towards_an_address_s_limit(prod: Deployment) -> None:
    scope = rules(prod)["rate"]["Statement"]["RateBasedStatement"]["ScopeDownStatement"]
    found = {spared(one) for one in scope["AndStatement"]["Statements"]}
    assert found == {("/api/v1/payments/webhook", "STARTS_WITH"), ("/media/", "STARTS_WITH")}


def test_the_firewall_s_log_holds_no_credentials(prod: Deployment) -> None:
    logging = prod.only("AWS::WAFv2::LoggingConfiguration").properties
    headers = {field["SingleHeader"]["Name"] for field in logging["RedactedFields"] if "SingleHeader" in field}
    assert headers >= {"authorization", "cookie", "x-cart-token"}
    assert {"QueryString": {}} in logging["RedactedFields"]  # where links by mail have their tokens


def test_webhooks_have_limits_of_their_own_and_a_low_one_where_nothing_is_signed(prod: Deployment) -> None:
    limits = {name: rules(prod)[name]["Statement"]["RateBasedStatement"] for name in ("webhooks", "webhooks-unsigned")}
    match = limits["webhooks"]["ScopeDownStatement"]["ByteMatchStatement"]
    assert (match["SearchString"], match["PositionalConstraint"]) == ("/api/v1/payments/webhook", "STARTS_WITH")
    assert limits["webhooks"]["Limit"] > prod.environment.firewall_requests
    a_webhook, unsigned = limits["webhooks-unsigned"]["ScopeDownStatement"]["AndStatement"]["Statements"]
    assert a_webhook["ByteMatchStatement"] == match
    signature = unsigned["NotStatement"]["Statement"]["SizeConstraintStatement"]
    assert signature["FieldToMatch"] == {"SingleHeader": {"Name": "stripe-signature"}}
    assert (signature["ComparisonOperator"], signature["Size"]) == ("GT", 0)
    assert limits["webhooks-unsigned"]["Limit"] == 100


def test_the_low_limit_knows_the_signature_s_header_of_every_provider() -> None:
    """Without it a provider's deliveries would be taken for a flood."""
    known = {"stripe": "stripe-signature"}
    assert set(known) == set(providers.names())
    assert set(SIGNATURE_HEADERS) == set(known.values())
    for name, header in known.items():
        providers.webhooks_of(name).check_form({header: "t=1,v1=00"})


def test_no_kept_path_has_a_get_that_reads_a_token(dev: Deployment) -> None:
    """CloudFront takes tokens off such requests, and their answers are everybody's."""
    for path, operations in json.loads(document.read())["paths"].items():
        if is_kept(dev, path.replace("{", "x").replace("}", "x")):
            assert not operations.get("get", {}).get("security"), path


def test_a_domain_has_a_certificate_and_records_of_both_address_families(prod: Deployment) -> None:
    config = distribution(prod)
    names = ["sharestack.example", "api.sharestack.example"]
    assert config["Aliases"] == names
    certificate = prod.only_in("Front", "AWS::CertificateManager::Certificate").properties
    assert [certificate["DomainName"], *certificate["SubjectAlternativeNames"]] == names
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    records = {
        (r.properties["Name"], r.properties["Type"]) for r in prod.resources("AWS::Route53::RecordSet", stack="Front")
    }
    assert records == {(f"{name}.", kind) for name in names for kind in ("A", "AAAA")}


def test_with_a_domain_nothing_refers_across_regions(prod: Deployment) -> None:
    assert api_origin(prod)["DomainName"] == f"origin.{prod.environment.domain}"
    assert not prod.resources("Custom::CrossRegionExportWriter", "Custom::CrossRegionExportReader")


def test_without_a_domain_cloudfront_s_own_name_is_the_address(dev: Deployment) -> None:
    for function in dev.functions():
        url = function.properties["Environment"]["Variables"]["PUBLIC_URL"]
        assert "Distribution" in json.dumps(url)


def test_a_firewall_without_a_domain_is_refused() -> None:
    with pytest.raises(ValueError, match="dev: a firewall needs a domain"):
        dataclasses.replace(DEV, firewall_requests=1_000)
