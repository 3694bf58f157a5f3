"""What a caller may do. Routes declare a permission; roles are bundles of permissions."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    CUSTOMER = "customer"
    CREATOR = "creator"
    VENDOR = "vendor"
    MODERATOR = "moderator"
    ADMIN = "admin"


class Permission(StrEnum):
    CATALOG_READ_ALL = "catalog:read_all"
    CATALOG_WRITE = "catalog:write"
    REVIEWS_MODERATE = "reviews:moderate"
    MEDIA_READ_ALL = "media:read_all"
    MEDIA_WRITE = "media:write"
    ORDERS_READ_ALL = "orders:read_all"
    ORDERS_WRITE = "orders:write"
    PRICING_READ_ALL = "pricing:read_all"
    PRICING_WRITE = "pricing:write"
    PAYMENTS_READ_ALL = "payments:read_all"
    PAYMENTS_REFUND = "payments:refund"
    PAYMENTS_WRITE = "payments:write"
    ANALYTICS_READ = "analytics:read"
    USERS_READ = "users:read"
    USERS_WRITE = "users:write"
    COUNTERS_READ = "counters:read"
    OPERATIONS_READ = "operations:read"
    AUDIT_READ = "audit:read"
    ERRORS_READ = "errors:read"
    ERRORS_RESOLVE = "errors:resolve"
    REPORTS_READ = "reports:read"
    REPORTS_MODERATE = "reports:moderate"
    KEYWORDS_WRITE = "keywords:write"
    TICKERS_WRITE = "tickers:write"
    SETTINGS_WRITE = "settings:write"


_GRANTS: Final[dict[Role, frozenset[Permission]]] = {
    Role.CUSTOMER: frozenset(),
    Role.CREATOR: frozenset(),
    Role.VENDOR: frozenset(),
    Role.MODERATOR: frozenset(
        {
            Permission.REVIEWS_MODERATE,
            Permission.MEDIA_READ_ALL,
            Permission.COUNTERS_READ,
            Permission.REPORTS_READ,
            Permission.REPORTS_MODERATE,
        }
    ),
    Role.ADMIN: frozenset(Permission),
}


def granted(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that any of the roles may do."""
    return frozenset().union(*(_GRANTS[role] for role in roles))
