"""Mail that nobody asked for: only to those who agree to it, and left with one click."""

from __future__ import annotations

import importlib
import re
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import tokens
from shared.contexts.identity.models.accounts import User
from tests.integration.notifications.stage import (
    NOBODY_FAILED,
    OFFERS,
    WORKER_OF,
    deliver,
    message,
)
from tests.support.lambda_client import LambdaClient

pytestmark = pytest.mark.usefixtures("aws")


@pytest.mark.parametrize("event", sorted(OFFERS))
def test_an_offer_can_be_left_with_one_click(event: str, db: Session, ada: User, asked: list[dict[str, Any]]) -> None:
    deliver(message(event, ada))
    headers = asked[0]["headers"]
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.fullmatch(
        r"<http://127\.0\.0\.1:8000/api/v1/users/unsubscribe\?token=([\w-]+)>", headers["List-Unsubscribe"]
    )
    assert found
    assert tokens.unsign("unsubscribe", found[1]) == ada.id.bytes
    for body in (asked[0]["text"], asked[0]["html"]):
        assert re.search(rf"http://127\.0\.0\.1:8000(/en)?/unsubscribe\?token={found[1]}", body)


def test_the_click_that_leaves_offers_is_understood_by_identity(
    db: Session, ada: User, asked: list[dict[str, Any]]
) -> None:
    """As a mail program does it (RFC 8058, section 3.2); looking at the address changes nothing."""
    deliver(message("PriceDropped", ada))
    api = LambdaClient(importlib.import_module("functions.identity.handlers.api").handler)
    address = asked[0]["headers"]["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert api.get(address).status == 405
    deliver(message("PriceDropped", ada))
    assert len(asked) == 2
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert api.post(address, body="List-Unsubscribe=One-Click", headers=form).status == 204
    deliver(message("PriceDropped", ada))
    assert len(asked) == 2


@pytest.mark.parametrize("event", sorted(set(WORKER_OF) - OFFERS))
def test_what_is_no_offer_cannot_be_left(event: str, db: Session, asked: list[dict[str, Any]]) -> None:
    deliver(message(event))
    assert asked[0]["headers"] == {}
    assert "nsubscribe" not in asked[0]["html"]


@pytest.mark.parametrize("event", sorted(OFFERS))
@pytest.mark.parametrize(
    "since",
    ["marketing_consent_at = NULL", "is_active = false", "id = uuidv7()"],
    ids=["withdrawn", "inactive", "gone"],
)
def test_consent_counts_when_the_mail_is_sent(
    since: str, event: str, db: Session, ada: User, asked: list[dict[str, Any]]
) -> None:
    about = message(event, ada)
    db.execute(text(f"UPDATE users SET {since}"))
    db.commit()
    assert deliver(about) == NOBODY_FAILED
    assert asked == []


@pytest.mark.parametrize("event", sorted(OFFERS))
def test_the_same_offer_again_is_another_mail(event: str, db: Session, ada: User, asked: list[dict[str, Any]]) -> None:
    """A product can be back in stock twice; each is an event of its own."""
    deliver(message(event, ada), message(event, ada))
    assert len(asked) == 2
