"""Every link in every letter leads to a page of the storefront, in the language of the letter."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from tests.integration.notifications.stage import OPERATORS, WORKER_OF, consenting, deliver, message, placed
from tests.support import storefront_routes
from tests.support.storefront_routes import Page

_LINK = re.compile(r"http://127\.0\.0\.1:8000(/en(?=/))?(/[^\s\"<?]*)")
_LETTERS = sorted(set(WORKER_OF) - OPERATORS)
_ABOUT_DAYS = {"ModerationActionTaken": {"appeal_ends_at": datetime.now(UTC).isoformat()}}


def test_routes_are_read_as_they_are_written() -> None:
    found = {page.path: page.is_rendered for page in storefront_routes.pages()}
    assert found["/p/$slug"]
    assert not found["/account/security"]
    assert "/account" in found
    assert Page("/p/$slug", True).is_at("/p/pot")
    assert not Page("/p/$slug", True).is_at("/p/pot/x")


@pytest.mark.parametrize("page", storefront_routes.pages(), ids=lambda page: page.path)
def test_a_page_is_either_rendered_or_of_one_customer(page: Page) -> None:
    """What is neither would be kept near visitors, and answered by a function that knows nobody."""
    assert page.is_rendered != page.is_answered_by_the_shell


@pytest.mark.parametrize("language", ["en", "zh-CN", "fr"])
@pytest.mark.parametrize("event", _LETTERS)
def test_links_in_letters_lead_to_pages(
    event: str, language: str, db: Session, ada: User, asked: list[dict[str, Any]]
) -> None:
    pages = storefront_routes.pages()
    fields = _ABOUT_DAYS.get(event, {}) | {"language": language}
    deliver(message(event, consenting(db, ada), **fields))
    [letter] = asked
    prefix = "" if language == "zh-CN" else "/en"
    for body in (letter["text"], letter["html"]):
        for found in _LINK.finditer(body):
            assert (found[1] or "") == prefix, found[0]
            assert any(page.is_at(found[2]) for page in pages), found[0]


@pytest.mark.parametrize("is_customer", [True, False])
def test_an_order_has_a_page_for_customers_and_one_for_guests(
    is_customer: bool, db: Session, ada: User, asked: list[dict[str, Any]]
) -> None:
    deliver(message("OrderPaid", order_id=str(placed(db, ada if is_customer else None))))
    found = _LINK.search(asked[0]["text"])
    assert found
    route = "/account/orders/$id" if is_customer else "/orders/$id"
    assert [page.path for page in storefront_routes.pages() if page.is_at(found[2])] == [route]
