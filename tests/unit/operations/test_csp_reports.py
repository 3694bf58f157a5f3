"""Reports of browsers about the pages' Content-Security-Policy."""

from __future__ import annotations

from typing import Any

import pytest

from functions.operations.domain.csp_reports import MOST, Violation, violations

MODERN: dict[str, Any] = {
    "type": "csp-violation",
    "age": 12,
    "url": "https://shop.example/p/lamp?q=1",
    "body": {
        "documentURL": "https://shop.example/p/lamp",
        "blockedURL": "https://cdn.example/widget.js?key=1",
        "effectiveDirective": "script-src-elem",
        "sourceFile": "https://shop.example/assets/main.js",
        "lineNumber": 3,
        "disposition": "enforce",
    },
}
OLD: dict[str, Any] = {
    "csp-report": {
        "document-uri": "https://shop.example/cart",
        "blocked-uri": "eval",
        "violated-directive": "script-src 'self'",
        "line-number": 7,
        "source-file": "https://shop.example/assets/cart.js",
    }
}


def test_both_forms_are_read() -> None:
    assert violations([MODERN]) == [
        Violation(
            directive="script-src-elem",
            blocked="https://cdn.example",
            page="https://shop.example/p/lamp",
            file="https://shop.example/assets/main.js",
            line=3,
            is_enforced=True,
        )
    ]
    [old] = violations(OLD)
    assert (old.directive, old.blocked, old.line) == ("script-src", "eval", 7)


def _changed(**values: Any) -> dict[str, Any]:
    return {**MODERN, "body": {**MODERN["body"], **values}}


@pytest.mark.parametrize(
    "reports",
    [
        [_changed(blockedURL="chrome-extension")],
        [_changed(sourceFile="moz-extension://a1/content.js")],
        [_changed(effectiveDirective="")],
        [{**MODERN, "type": "deprecation"}],
        [{"type": "csp-violation", "body": "text"}],
        {"csp-report": None},
        [None, 1, "text", [MODERN]],
        "text",
        None,
    ],
)
def test_what_is_none_of_ours_or_no_report_is_left_out(reports: object) -> None:
    assert violations(reports) == []


def test_one_violation_is_told_once_and_not_more_than_some() -> None:
    assert len(violations([MODERN, MODERN])) == 1
    assert len(violations([_changed(lineNumber=number) for number in range(50)])) == MOST


@pytest.mark.parametrize(
    ("blocked", "kept"),
    [
        ("inline", "inline"),
        ("", "inline"),
        ("data", "data"),
        ("https://user:secret@[::1/x", "?"),
        ("https://t.example/p?email=a@b.example", "https://t.example"),
    ],
)
def test_addresses_are_kept_without_what_may_be_private(blocked: str, kept: str) -> None:
    [violation] = violations([_changed(blockedURL=blocked)])
    assert violation.blocked == kept


@pytest.mark.parametrize("line", [-1, 10**12, "7", None])
def test_a_line_that_is_none_is_left_out(line: object) -> None:
    [violation] = violations([_changed(lineNumber=line)])
    assert violation.line is None
