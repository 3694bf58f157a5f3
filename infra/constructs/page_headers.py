"""Headers that CloudFront adds to pages: what a page may load and do, and who may keep or index it."""

from collections.abc import Mapping
from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from infra.environments import Environment

# Where browsers tell what a page was not allowed to do.
REPORTS_PATH: Final = "/api/v1/errors/csp"

_REPORTS = "csp"
_YEAR = cdk.Duration.days(365)

# Stripe's script, its frames, and what they ask (Stripe guide, "Integration security", content security policy).
_STRIPE: Final[Mapping[str, str]] = {
    "script-src": "https://js.stripe.com",
    "frame-src": "https://js.stripe.com https://hooks.stripe.com",
    "connect-src": "https://api.stripe.com",
}


def content_security_policy(uploads: str, *, payments: bool) -> str:
    """`uploads` is the origin that browsers send pictures and files to. With `payments`, Stripe's script may run.

    Components of the user interface hide parts of themselves by style attributes, hence `style-src-attr`.
    """
    directives = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src-elem": "'self'",
        "style-src-attr": "'unsafe-inline'",
        "img-src": "'self' https: data: blob:",
        "font-src": "'self'",
        "connect-src": f"'self' {uploads}",
        "frame-src": "",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "report-uri": REPORTS_PATH,  # of browsers that do not know the other
        "report-to": _REPORTS,
    }
    if payments:
        directives = {name: f"{value} {_STRIPE.get(name, '')}".strip() for name, value in directives.items()}
    return "; ".join(f"{name} {value}" for name, value in directives.items() if value)


class PageHeaders(Construct):
    """Response headers policies. `public` is for pages that are rendered, `customer` for those of one customer, `staff`
    for the administration and the studio, `files` for everything that pages load.

    A visit that begins on a public page goes on to checkout without another document, so both allow payments.
    """

    def __init__(self, scope: Construct, construct_id: str, *, environment: Environment, uploads: str) -> None:
        super().__init__(scope, construct_id)
        self._settings = environment
        shop = content_security_policy(uploads, payments=True)
        self.public = self._page_policy("pages", shop, indexed=True)
        self.customer = self._page_policy("customer-pages", shop, indexed=False)
        self.staff = self._page_policy("staff-pages", content_security_policy(uploads, payments=False), indexed=False)
        self.files = cloudfront.ResponseHeadersPolicy(
            self,
            "Files",
            response_headers_policy_name=f"{environment.prefix}-files",
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                strict_transport_security=self._transport(),
            ),
            custom_headers_behavior=_custom({"Cross-Origin-Resource-Policy": "same-origin"}),
        )

    def _page_policy(self, name: str, policy: str, *, indexed: bool) -> cloudfront.ResponseHeadersPolicy:
        robots = {} if indexed else {"X-Robots-Tag": "noindex"}
        return cloudfront.ResponseHeadersPolicy(
            self,
            name.title().replace("-", ""),
            response_headers_policy_name=f"{self._settings.prefix}-{name}",
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=policy, override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override=True
                ),
                strict_transport_security=self._transport(),
            ),
            custom_headers_behavior=_custom(
                {
                    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
                    "Permissions-Policy": (
                        'payment=(self "https://js.stripe.com"), camera=(), geolocation=(), microphone=()'
                    ),
                    "Reporting-Endpoints": f'{_REPORTS}="{REPORTS_PATH}"',
                    **robots,
                }
            ),
            remove_headers=["Cache-Tag"],
        )

    def _transport(self) -> cloudfront.ResponseHeadersStrictTransportSecurity:
        return cloudfront.ResponseHeadersStrictTransportSecurity(
            access_control_max_age=_YEAR, include_subdomains=False, override=True
        )


def _custom(headers: Mapping[str, str]) -> cloudfront.ResponseCustomHeadersBehavior:
    return cloudfront.ResponseCustomHeadersBehavior(
        custom_headers=[
            cloudfront.ResponseCustomHeader(header=name, value=value, override=True) for name, value in headers.items()
        ]
    )
