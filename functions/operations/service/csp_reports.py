"""What pages were not allowed to do, in the error log: a policy that refuses something of ours is our fault."""

from __future__ import annotations

from functions.operations.domain.csp_reports import Violation, violations
from functions.operations.service import client_errors
from functions.operations.service.client_errors import ClientErrorReport

FUNCTION = "web.csp"


def report(reports: object, *, user_agent: str | None) -> None:
    """Raises UnavailableError where the bus does not take them."""
    for violation in violations(reports):
        client_errors.report(_error(violation, user_agent))


def _error(violation: Violation, user_agent: str | None) -> ClientErrorReport:
    place = f"{violation.file}:{violation.line or 0}:0"
    return ClientErrorReport(
        function=FUNCTION,
        error_type="ContentSecurityPolicyViolation",
        message=f"{violation.directive} refused {violation.blocked}",
        stack=f"    at {place}" if violation.file else "",
        level="error" if violation.is_enforced else "warning",
        url=violation.page,
        user_agent=user_agent,
        release=None,
        correlation_id=None,
        context={"directive": violation.directive, "blocked": violation.blocked},
        user_id=None,
    )
