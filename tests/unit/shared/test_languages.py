"""Language tags, and what browsers ask for."""

from __future__ import annotations

import pytest

from shared import languages


@pytest.mark.parametrize(
    ("given", "normal"),
    [("EN", "en"), ("pt-br", "pt-BR"), ("ZH-hans-cn", "zh-Hans-CN"), ("es-419", "es-419"), (" yue ", "yue")],
)
def test_a_tag_has_one_spelling(given: str, normal: str) -> None:
    assert languages.normalise(given) == normal


@pytest.mark.parametrize("given", ["", "e", "english", "en_US", "en-", "en-US-x-y", "e1", "ｅｎ", "en\nfr", "<b>"])
def test_what_is_no_tag_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="language tag"):
        languages.normalise(given)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("*", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en;q=0.3, de-at", "de-AT"),
        ("fr;q=0, de;q=0.1", "de"),
        ("de;q=0.7,fr;q=0.7", "de"),
        ("en;q=2, it", "it"),
        ("'; DROP TABLE users;--, nl;q=0.1", "nl"),
        (",".join(["xx-invalid-tag"] * 10_000), "en"),
    ],
)
def test_the_first_wish_that_is_a_language_is_granted(header: str | None, language: str) -> None:
    assert languages.preferred(header) == language
