"""What CloudFront does with pages and their files: where they come from, how they are kept, which headers they get."""

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra import page_paths
from infra.constructs.closed_bucket import media_bucket_name
from infra.constructs.object_replication import replica_name
from infra.constructs.page_headers import PageHeaders
from infra.constructs.render_function import RENDER_SECONDS
from infra.constructs.web_bucket import CONTENT, web_bucket_name
from infra.environments import Environment

EDGE_FUNCTIONS = Path(__file__).resolve().parents[1] / "edge_functions"

# The page's own address, see `edge_functions/pages.js`.
PAGE_HEADER = "x-page-path"
HOST_HEADER = "x-page-host"

# CloudFront takes no 429 into an origin group.
RENDER_FAILURES = [500, 502, 503, 504]

# 403 is what a bucket says of an object that it does not have: it may be in the other one.
BUCKET_FAILURES = [403, 404, 500, 502, 503, 504]


class PageBehaviors(Construct):
    """`by_path` are behaviours by their patterns; `rendered` is that of everything else.

    `render_host` is the host of the render function's URL.
    """

    def __init__(self, scope: Construct, construct_id: str, *, environment: Environment, render_host: str) -> None:
        super().__init__(scope, construct_id)
        self._settings = environment
        media = media_bucket_name(self, environment)
        uploads = f"https://{media}.s3.{environment.region}.amazonaws.com"
        self._headers = PageHeaders(self, "Headers", environment=environment, uploads=uploads)
        self._shells = self._edge_function("shells")
        home = self._bucket_origin("Site", web_bucket_name(self, environment), environment.region)
        second = environment.second_region
        copy = self._bucket_origin("SiteCopy", replica_name(self, environment, CONTENT), second) if second else None
        self._bucket = self._with_copy(home, copy)
        # An origin group has two members: the shell is asked for in the region where the function is not.
        self.rendered = self._rendered(render_host, fallback=copy or home)
        self.by_path = {
            **dict.fromkeys(page_paths.ASSET_PATHS, self._file()),
            **dict.fromkeys(page_paths.FILE_PATHS, self._file()),
            **dict.fromkeys(page_paths.STAFF_PATHS, self._shell(self._headers.staff)),
            **dict.fromkeys(page_paths.CUSTOMER_PATHS, self._shell(self._headers.customer)),
        }

    def _with_copy(self, home: cloudfront.IOrigin, copy: cloudfront.IOrigin | None) -> cloudfront.IOrigin:
        """The bucket; where there are two regions, that of the other one where this fails."""
        if copy is None:
            return home
        return origins.OriginGroup(primary_origin=home, fallback_origin=copy, fallback_status_codes=BUCKET_FAILURES)

    def _bucket_origin(self, construct_id: str, name: str, region: str) -> cloudfront.IOrigin:
        bucket = s3.Bucket.from_bucket_attributes(self, construct_id, bucket_name=name, region=region)
        return origins.S3BucketOrigin.with_origin_access_control(
            bucket, origin_access_levels=[cloudfront.AccessLevel.READ]
        )

    def _file(self) -> cloudfront.BehaviorOptions:
        """Kept for as long as its Cache-Control says."""
        return cloudfront.BehaviorOptions(
            origin=self._bucket,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            compress=True,
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=self._headers.files,
        )

    def _shell(self, headers: cloudfront.IResponseHeadersPolicy) -> cloudfront.BehaviorOptions:
        """A document of an application, whatever the address in it."""
        return cloudfront.BehaviorOptions(
            origin=self._bucket,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            compress=True,
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=headers,
            function_associations=[self._shells],
        )

    def _rendered(self, render_host: str, *, fallback: cloudfront.IOrigin) -> cloudfront.BehaviorOptions:
        """Rendered; the shell where that fails, or takes too long.

        Neither cookie nor token reaches the function, so that no page can be anybody's own.
        """
        return cloudfront.BehaviorOptions(
            origin=origins.OriginGroup(
                primary_origin=self._render_origin(render_host),
                fallback_origin=fallback,
                fallback_status_codes=RENDER_FAILURES,
            ),
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            compress=True,
            cache_policy=self._page_cache(),
            origin_request_policy=cloudfront.OriginRequestPolicy(
                self,
                "Request",
                origin_request_policy_name=f"{self._settings.prefix}-pages",
                # The API limits how much each of those asks for whom pages are rendered.
                header_behavior=cloudfront.OriginRequestHeaderBehavior.allow_list(
                    "CloudFront-Viewer-Address", HOST_HEADER
                ),
                query_string_behavior=cloudfront.OriginRequestQueryStringBehavior.none(),
                cookie_behavior=cloudfront.OriginRequestCookieBehavior.none(),
            ),
            response_headers_policy=self._headers.public,
            function_associations=[self._edge_function("pages")],
        )

    def _render_origin(self, host: str) -> cloudfront.IOrigin:
        access = cloudfront.FunctionUrlOriginAccessControl(
            self, "RenderAccess", origin_access_control_name=f"{self._settings.prefix}-render"
        )
        return origins.HttpOrigin(
            host,
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
            read_timeout=cdk.Duration.seconds(RENDER_SECONDS),
            connection_attempts=1,
            connection_timeout=cdk.Duration.seconds(3),
            origin_access_control_id=access.origin_access_control_id,
        )

    def _page_cache(self) -> cloudfront.CachePolicy:
        return cloudfront.CachePolicy(
            self,
            "Cache",
            cache_policy_name=f"{self._settings.prefix}-pages",
            comment="As long as the page's Cache-Control says, by its path and query",
            min_ttl=cdk.Duration.seconds(0),
            default_ttl=cdk.Duration.seconds(0),
            max_ttl=cdk.Duration.days(1),
            query_string_behavior=cloudfront.CacheQueryStringBehavior.all(),
            cookie_behavior=cloudfront.CacheCookieBehavior.none(),
            header_behavior=cloudfront.CacheHeaderBehavior.allow_list(PAGE_HEADER),
            enable_accept_encoding_gzip=True,
            enable_accept_encoding_brotli=True,
        )

    def _edge_function(self, name: str) -> cloudfront.FunctionAssociation:
        function = cloudfront.Function(
            self,
            name.title(),
            function_name=f"{self._settings.prefix}-{name}",
            comment=f"ShareStack {self._settings.name}: {name}",
            code=cloudfront.FunctionCode.from_file(file_path=str(EDGE_FUNCTIONS / f"{name}.js")),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        return cloudfront.FunctionAssociation(function=function, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST)
