"""What browsers report of a page's Content-Security-Policy, in both forms: of the Reporting API (W3C, "Content Security
Policy Level 3", 5.3) and of `report-uri` (CSP Level 2, 4.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

MOST: Final = 10
"""Of one request; a page that breaks its policy often breaks it in one way."""
_TEXT: Final = 500
# What people add to their browser breaks the policy of every page, and tells nothing of ours.
_EXTENSIONS: Final = (
    "chrome-extension",
    "moz-extension",
    "safari-extension",
    "safari-web-extension",
    "ms-browser-extension",
)


@dataclass(frozen=True, slots=True)
class Violation:
    """`blocked` is what was refused, without path and query: an origin, or a word such as `inline` or `eval`."""

    directive: str
    blocked: str
    page: str
    file: str
    line: int | None
    is_enforced: bool


def violations(reports: object) -> list[Violation]:
    """Those of the site, each once; what is no report of a violation is left out."""
    found = dict.fromkeys(filter(None, map(_violation, _bodies(reports))))
    return list(found)[:MOST]


def _bodies(reports: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(reports, dict):
        body = reports.get("csp-report")
        if isinstance(body, dict):
            yield body
    elif isinstance(reports, list):
        for report in reports:
            if (
                isinstance(report, dict)
                and report.get("type") == "csp-violation"
                and isinstance(report.get("body"), dict)
            ):
                yield report["body"]


def _violation(body: Mapping[str, Any]) -> Violation | None:
    directive = _text(body, "effectiveDirective", "effective-directive", "violated-directive").partition(" ")[0]
    blocked = _text(body, "blockedURL", "blocked-uri")
    file = _text(body, "sourceFile", "source-file")
    if not directive or blocked.startswith(_EXTENSIONS) or file.startswith(_EXTENSIONS):
        return None
    line = body.get("lineNumber", body.get("line-number"))
    return Violation(
        directive=directive,
        blocked=_origin(blocked) or "inline",
        page=_text(body, "documentURL", "document-uri"),
        file=file,
        line=line if isinstance(line, int) and 0 <= line < 10**9 else None,
        is_enforced=body.get("disposition") != "report",
    )


def _text(body: Mapping[str, Any], *names: str) -> str:
    return next((body[name][:_TEXT] for name in names if isinstance(body.get(name), str)), "")


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "?"
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else address.partition(":")[0]
