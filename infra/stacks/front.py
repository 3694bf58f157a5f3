"""CloudFront in front of pages and API: keeps what is public, passes the rest on, and the firewall before it."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_ssm as ssm
from constructs import Construct

from functions.media.manifest import MEDIA_PREFIX
from infra import page_paths
from infra.constructs.closed_bucket import media_bucket_name
from infra.constructs.firewall import Firewall
from infra.constructs.graphs import front_graphs
from infra.constructs.hosted_zone import hosted_zone
from infra.constructs.object_replication import replica_name
from infra.constructs.origin_guard import ORIGIN_HEADER
from infra.constructs.page_behaviors import BUCKET_FAILURES, PageBehaviors
from infra.environments import CLOUDFRONT_REGION, Environment

# Whose answers are the same for everybody. How long they are kept is said by their Cache-Control, see
# `shared/web/responses.py`: product lists and pages an hour, the category tree six hours, with stale-while-revalidate.
PUBLIC_PATHS = (
    "/api/v1/products",
    "/api/v1/products/*",
    "/api/v1/categories",
    "/api/v1/site*",
    "/.well-known/jwks.json",
    "/openapi.json",
    "/openapi/*",
    "/docs",
    "/docs/*",
)

# Pictures, straight from their bucket. A name stands for its content, so they are kept as long as they say: a year.
MEDIA_PATHS = f"/{MEDIA_PREFIX}*"

# Belong to the one request that filled the cache.
PER_REQUEST_HEADERS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "X-Correlation-Id")

# What an answer is about, said by the API and kept beside the answer. `catalog.purge_pages` purges by it.
CACHE_TAG_HEADER = "Cache-Tag"

# The gateway gives up after so long.
ORIGIN_SECONDS = 30

# CloudFront would keep these for ten seconds, some of them in spite of `no-store`.
ERRORS_NOT_KEPT = (400, 403, 404, 405, 414, 500, 501, 502, 503, 504)

# The construct library's warning about buckets that it does not make.
POLICY_ELSEWHERE = "@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac"

# The one address at which the API wants to know which country somebody is in.
LOCATED_PATH = "/api/v1/users/me/onboarding"
COUNTRY_HEADER = "CloudFront-Viewer-Country"

# Hosted zone of every CloudFront distribution (Route 53, "AliasTarget").
CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"


class FrontStack(cdk.Stack):
    """The distribution. With a domain it is in us-east-1, where certificates and firewalls of CloudFront must be.

    `origin` is the host name of the API, `render_host` that of the function that renders pages.
    """

    def __init__(
        self, scope: Construct, environment: Environment, *, origin: str, render_host: str, **kwargs: Any
    ) -> None:
        if environment.domain:
            kwargs["env"] = cdk.Environment(region=CLOUDFRONT_REGION)
        super().__init__(scope, environment.stack_name("front"), **kwargs)
        self._settings = environment
        self._origin = origins.HttpOrigin(
            origin,
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
            read_timeout=cdk.Duration.seconds(ORIGIN_SECONDS),
            custom_headers={ORIGIN_HEADER: environment.newest_origin_secret},
        )
        self._pages = PageBehaviors(self, "Pages", environment=environment, render_host=render_host)
        self.distribution = self._make_distribution()
        for name in self._names():
            self._add_records(name)
        self.public_url = f"https://{environment.domain or self.distribution.distribution_domain_name}"
        cdk.CfnOutput(self, "Url", value=self.public_url, description="Address of pages and API")
        self._write_down_distribution()
        # All regions of an account share their dashboards; the distribution's id is known here.
        cloudwatch.Dashboard(
            self,
            "Dashboard",
            dashboard_name=f"{environment.dashboard_prefix}-front",
            default_interval=cdk.Duration.hours(3),
            widgets=[front_graphs(self.distribution, hit_rates=environment.edge_metrics)],
        )

    def _make_distribution(self) -> cloudfront.Distribution:
        environment = self._settings
        firewall = self._firewall()
        public, private = self._public_behavior(), self._private_behavior()
        distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"ShareStack {environment.name}",
            default_behavior=self._pages.rendered,
            additional_behaviors={
                **dict.fromkeys(PUBLIC_PATHS, public),
                LOCATED_PATH: self._located_behavior(),
                **dict.fromkeys(page_paths.API_PATHS, private),
                MEDIA_PATHS: self._media_behavior(),
                **self._pages.by_path,
            },
            error_responses=[
                cloudfront.ErrorResponse(http_status=status, ttl=cdk.Duration.seconds(0)) for status in ERRORS_NOT_KEPT
            ],
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021 if environment.domain else None,
            # Asia, Europe and North America: where the customers are.
            price_class=cloudfront.PriceClass.PRICE_CLASS_200,
            domain_names=self._names() or None,
            certificate=self._certificate() if environment.domain else None,
            web_acl_id=firewall.arn if firewall else None,
            publish_additional_metrics=environment.edge_metrics,
        )
        resource = distribution.node.default_child
        assert isinstance(resource, cloudfront.CfnDistribution)
        resource.add_property_override("DistributionConfig.CacheTagConfig", {"HeaderName": CACHE_TAG_HEADER})
        # The worker that purges pages may do so by these tags; the stack's own are not in the template.
        for tag, value in environment.tags.items():
            cdk.Tags.of(distribution).add(tag, value)
        return distribution

    def _write_down_distribution(self) -> None:
        """For people in an output; for the worker in a parameter, because with a domain it is in another region."""
        distribution_id = self.distribution.distribution_id
        cdk.CfnOutput(self, "DistributionId", value=distribution_id, description="For invalidations")
        ssm.StringParameter(
            self,
            "DistributionParameter",
            parameter_name=self._settings.distribution_parameter,
            string_value=distribution_id,
            description="For invalidations",
        )

    def _firewall(self) -> Firewall | None:
        requests = self._settings.firewall_requests
        if requests is None:
            return None
        return Firewall(self, "Firewall", environment=self._settings, requests=requests)

    def _private_behavior(self) -> cloudfront.BehaviorOptions:
        """Nothing is kept, everything is passed on: methods, tokens, cookies, query."""
        return cloudfront.BehaviorOptions(
            origin=self._origin,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        )

    def _located_behavior(self) -> cloudfront.BehaviorOptions:
        """As the private one, and the API is told the viewer's country. What is part of a cache's key is passed on, and
        an origin request policy that leaves the Host header out adds no header of CloudFront's own. Nothing is kept
        here either: it is POSTed to.
        """
        policy = cloudfront.CachePolicy(
            self,
            "LocatedCache",
            cache_policy_name=f"{self._settings.prefix}-located",
            comment="Passes the viewer's country on",
            min_ttl=cdk.Duration.seconds(0),
            default_ttl=cdk.Duration.seconds(0),
            max_ttl=cdk.Duration.seconds(1),
            header_behavior=cloudfront.CacheHeaderBehavior.allow_list("Authorization", COUNTRY_HEADER),
            query_string_behavior=cloudfront.CacheQueryStringBehavior.all(),
            cookie_behavior=cloudfront.CacheCookieBehavior.all(),
        )
        return cloudfront.BehaviorOptions(
            origin=self._origin,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=policy,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        )

    def _public_behavior(self) -> cloudfront.BehaviorOptions:
        """Kept for as long as the answer says. No token and no cookie reaches the API, so none can shape an answer."""
        return cloudfront.BehaviorOptions(
            origin=self._origin,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            # All of them, so that the API answers 405 in the form of every other error.
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            compress=True,
            cache_policy=self._cache_policy(),
            origin_request_policy=self._request_policy(),
            response_headers_policy=cloudfront.ResponseHeadersPolicy(
                self,
                "PublicAnswer",
                response_headers_policy_name=f"{self._settings.prefix}-public",
                remove_headers=[*PER_REQUEST_HEADERS, CACHE_TAG_HEADER],
            ),
        )

    def _media_behavior(self) -> cloudfront.BehaviorOptions:
        """Read by CloudFront's own signature, which the bucket wants; from its copy where the home region fails."""
        pictures = self._pictures("Media", media_bucket_name(self, self._settings), self._settings.region)
        if second := self._settings.second_region:
            pictures = origins.OriginGroup(
                primary_origin=pictures,
                fallback_origin=self._pictures("MediaCopy", replica_name(self, self._settings, "media"), second),
                fallback_status_codes=BUCKET_FAILURES,
            )
        return cloudfront.BehaviorOptions(
            origin=pictures,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            compress=False,
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
        )

    def _pictures(self, construct_id: str, name: str, region: str) -> cloudfront.IOrigin:
        bucket = s3.Bucket.from_bucket_attributes(self, construct_id, bucket_name=name, region=region)
        # What CloudFront may do is said by the bucket itself, which is in another stack.
        cdk.Annotations.of(self).acknowledge_warning(POLICY_ELSEWHERE)
        return origins.S3BucketOrigin.with_origin_access_control(
            bucket, origin_access_levels=[cloudfront.AccessLevel.READ]
        )

    def _cache_policy(self) -> cloudfront.CachePolicy:
        return cloudfront.CachePolicy(
            self,
            "Public",
            cache_policy_name=f"{self._settings.prefix}-public",
            comment="As long as the answer's Cache-Control says",
            min_ttl=cdk.Duration.seconds(0),
            default_ttl=cdk.Duration.seconds(0),
            max_ttl=cdk.Duration.days(1),
            query_string_behavior=cloudfront.CacheQueryStringBehavior.all(),
            cookie_behavior=cloudfront.CacheCookieBehavior.none(),
            # CORS answers name the origin that asked.
            header_behavior=cloudfront.CacheHeaderBehavior.allow_list("Origin"),
            enable_accept_encoding_gzip=True,
            enable_accept_encoding_brotli=True,
        )

    def _request_policy(self) -> cloudfront.OriginRequestPolicy:
        return cloudfront.OriginRequestPolicy(
            self,
            "PublicRequest",
            origin_request_policy_name=f"{self._settings.prefix}-public",
            header_behavior=cloudfront.OriginRequestHeaderBehavior.allow_list(
                "Access-Control-Request-Headers", "Access-Control-Request-Method", "X-Correlation-Id"
            ),
            query_string_behavior=cloudfront.OriginRequestQueryStringBehavior.all(),
            cookie_behavior=cloudfront.OriginRequestCookieBehavior.none(),
        )

    def _certificate(self) -> acm.ICertificate:
        return acm.Certificate(
            self,
            "Certificate",
            domain_name=str(self._settings.domain),
            subject_alternative_names=[self._settings.api_domain],
            validation=acm.CertificateValidation.from_dns(hosted_zone(self, self._settings)),
        )

    def _names(self) -> list[str]:
        """Names of the site: its own, and the one for programs of others."""
        domain = self._settings.domain
        return [domain, self._settings.api_domain] if domain else []

    def _add_records(self, name: str) -> None:
        for kind in ("A", "AAAA"):
            route53.CfnRecordSet(
                self,
                f"Record{kind}{'Api' if name == self._settings.api_domain else ''}",
                name=f"{name}.",
                type=kind,
                hosted_zone_id=hosted_zone(self, self._settings).hosted_zone_id,
                alias_target=route53.CfnRecordSet.AliasTargetProperty(
                    dns_name=self.distribution.distribution_domain_name, hosted_zone_id=CLOUDFRONT_ZONE
                ),
            )
