"""Discovery: search and its suggestions."""

from __future__ import annotations

from tests.contract.shown_people import LISTED, MUTES, PERSON, Shown
from tests.contract.shown_people.world import NAME, WORD

ROWS: list[Shown] = [
    Shown("/api/v1/search", LISTED, query={"q": WORD}, case="posts"),
    Shown("/api/v1/search", PERSON | {MUTES}, query={"q": NAME}, case="people"),
    Shown("/api/v1/search/suggestions", PERSON | {MUTES}, query={"q": NAME}),
]
NOBODY: dict[str, str] = dict.fromkeys(
    ("/api/v1/products/{product_id}/recommendations", "/api/v1/recommendations/products"), "products"
)
