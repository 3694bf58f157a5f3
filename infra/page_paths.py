"""Which addresses are pages, and what answers them: CloudFront's behaviours are made from it, in this order.

Patterns are CloudFront's: `*` stands for any characters, also slashes. What no pattern matches is a rendered page.
"""

from typing import Final

API_PATHS: Final = ("/api/*", "/health*")
"""The API's, beside its public ones. Nothing of them is kept."""

ASSET_PATHS: Final = ("/assets/*", "/admin/assets/*", "/studio/assets/*")
"""Files whose names stand for their content."""

FILE_PATHS: Final = ("/config.json", "/theme.js", "/favicon.*", "/icon-*", "/manifest.webmanifest")
"""Other files, at addresses that stay."""

STAFF_PATHS: Final = ("/admin", "/admin/*", "/studio", "/studio/*")
"""Applications for people who have signed in, each with one document for all of its addresses."""

_CUSTOMER_PAGES: Final = (
    "/cart",
    "/checkout*",
    "/account*",
    "/orders*",
    "/compose",
    "/welcome",
    "/groups/new",
    "/groups/*/manage",
    "/sign-in",
    "/register",
    "/forgot",
    "/reset",
    "/verify-email",
    "/deny-email",
    "/revert-email",
    "/unsubscribe",
    "/keep-account",
)
ENGLISH: Final = "/en"

CUSTOMER_PATHS: Final = (*_CUSTOMER_PAGES, *(f"{ENGLISH}{path}" for path in _CUSTOMER_PAGES))
"""Pages of one customer, made in the browser: nobody else's, and no search engine's."""

STRIPE_SCRIPT: Final = "https://js.stripe.com/v3/"
"""What pages load where something is paid: Stripe wants it to come from there ("Integration security guide")."""
