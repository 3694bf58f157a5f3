"""One spelling for each address."""

from __future__ import annotations

import pytest

from shared import emails, settings


@pytest.fixture(autouse=True)
def _environment(environment: None) -> None:
    """Settings are read."""


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("Ada@EXAMPLE.com", "Ada@example.com"),
        (" ada@example.com ", "ada@example.com"),
        ("ada+shop@example.com", "ada+shop@example.com"),
        ("ada@xn--fsqu00a.xn--0zwm56d.com", "ada@例子.测试.com"),
        ("e\u0301va@example.com", "éva@example.com"),
        ("ada@shop.test", "ada@shop.test"),
    ],
)
def test_an_address_has_one_spelling(given: str, normal: str) -> None:
    assert emails.normalise(given) == normal


@pytest.mark.parametrize(
    "given",
    [
        "ada",
        "ada@",
        "@example.com",
        "ada@localhost",
        "a b@example.com",
        "Ada <ada@example.com>",
        "ada@example..com",
        "ada@[127.0.0.1]",
        "ada@example.com\r\nBcc: all@example.com",
        "ada,eve@example.com",
        "ada;eve@example.com",
        '"ada eve"@example.com',
        "<ada>@example.com",
        "ada@-example.com",
        "ada@example-.com",
        "ada@example",
        ".ada@example.com",
        "ada@example.com.",
        "ada@@example.com",
        "a" * 65 + "@example.com",
        "ada@" + "x." * 130 + "com",
    ],
)
def test_what_cannot_be_an_address_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        emails.normalise(given)
    assert emails.lookup_key(given) == given.strip()


def test_test_domains_are_for_development_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "prod")
    settings.reset()
    with pytest.raises(ValueError, match="special-use"):
        emails.normalise("ada@shop.test")
