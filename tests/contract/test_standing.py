"""Whoever is suspended or banned writes nothing that others read: every route is walked, with the matrix's rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy.orm import Session

from shared import keys
from shared.clients import database
from shared.contexts.profiles import standing_changes
from shared.contexts.profiles.standing import Standing
from tests.contract.applications import entry_point
from tests.contract.authorization.matrix import CALLERS, OK, Row, Stage, rows, send
from tests.factories import identity
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

CONTEXTS: Final = ("catalog", "community", "profiles")
_UNDOING: Final = "ends one's own act or takes one's own words away"
_PRIVATE: Final = "nobody else reads it"
_SAFETY: Final = "keeps others away"
_ACCOUNT: Final = {"full_name": "Ada King", "language": "en", "accepts_marketing": False, "version": 1}
ALLOWED: Final = {
    "PUT /api/v1/wishlist/{product_id}": _PRIVATE,
    "DELETE /api/v1/wishlist/{product_id}": _PRIVATE,
    "DELETE /api/v1/reviews/{review_id}": _UNDOING,
    "POST /api/v1/posts/{post_id}/bookmarks": _PRIVATE,
    "PUT /api/v1/posts/{post_id}/bookmarks": _PRIVATE,
    "DELETE /api/v1/posts/{post_id}/bookmarks": _PRIVATE,
    "POST /api/v1/bookmarks/folders": _PRIVATE,
    "PATCH /api/v1/bookmarks/folders/{folder_id}": _PRIVATE,
    "DELETE /api/v1/bookmarks/folders/{folder_id}": _PRIVATE,
    "DELETE /api/v1/comments/{comment_id}": _UNDOING,
    "DELETE /api/v1/groups/{slug}/membership": _UNDOING,
    "PUT /api/v1/groups/{slug}/follow": _PRIVATE,
    "DELETE /api/v1/groups/{slug}/follow": _PRIVATE,
    "PUT /api/v1/hashtags/{tag}/follow": _PRIVATE,
    "DELETE /api/v1/hashtags/{tag}/follow": _PRIVATE,
    "PUT /api/v1/tickers/{symbol}/follow": _PRIVATE,
    "DELETE /api/v1/tickers/{symbol}/follow": _PRIVATE,
    "DELETE /api/v1/users/me/pinned-post": _UNDOING,
    "DELETE /api/v1/posts/{post_id}": _UNDOING,
    "DELETE /api/v1/posts/{post_id}/reactions": _UNDOING,
    "DELETE /api/v1/comments/{comment_id}/reactions": _UNDOING,
    "DELETE /api/v1/posts/{post_id}/reposts": _UNDOING,
    "PUT /api/v1/users/{user}/mute": _SAFETY,
    "POST /api/v1/users/{user}/mute": _SAFETY,
    "DELETE /api/v1/users/{user}/mute": _PRIVATE,
    "PUT /api/v1/users/{user}/block": _SAFETY,
    "POST /api/v1/users/{user}/block": _SAFETY,
    "DELETE /api/v1/users/{user}/block": _PRIVATE,
    "DELETE /api/v1/users/{user}/follow": _UNDOING,
    "DELETE /api/v1/users/me/followers/{user}": _SAFETY,
    "POST /api/v1/follow-requests/{user}/accept": "who reads one's posts: nothing is written",
    "DELETE /api/v1/follow-requests/{user}": _SAFETY,
    "PUT /api/v1/users/me/interests": _PRIVATE,
    "PUT /api/v1/users/me/watchlist/{symbol}": _PRIVATE,
    "DELETE /api/v1/users/me/watchlist/{symbol}": _PRIVATE,
    "POST /api/v1/users/me/onboarding": "the sanction is the new profile's",
    "DELETE /api/v1/users/me/profile-picture": _UNDOING,
    "POST /api/v1/word-filters": _PRIVATE,
    "PATCH /api/v1/word-filters/{filter_id}": _PRIVATE,
    "DELETE /api/v1/word-filters/{filter_id}": _PRIVATE,
}
"""Routes that a sanction does not close, and why."""
OTHER_REQUESTS: Final[dict[str, dict[str, Any]]] = {
    "PUT /api/v1/users/me": {"json": {**_ACCOUNT, "bio": "Buy now"}},
    "PATCH /api/v1/users/me": {"json": {"bio": "Buy now", "version": 1}},
    "POST /api/v1/users/me/people-files/{name}": {"path": {"name": "following"}},
}
"""Where the matrix's row does not write what others read."""

STAFFS: Final = {"PUT /api/v1/tickers/{symbol}"}
"""Besides what is below `/admin/`: routes by which staff write for the shop."""

WALKED = [
    (context, row)
    for context in CONTEXTS
    for row in rows(context)
    if row.method not in {"GET", "HEAD"}
    and "/admin/" not in row.path
    and "/orders/" not in row.path
    and f"{row.method} {row.path}" not in STAFFS
]
ROWS = [pytest.param(context, row, id=f"{context}: {row}") for context, row in WALKED]


def test_no_route_is_allowed_that_does_not_exist() -> None:
    exist = {f"{row.method} {row.path}" for context in CONTEXTS for row in rows(context)}
    assert sorted(ALLOWED.keys() - exist) == []


@pytest.mark.parametrize(("context", "row"), ROWS)
@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.BANNED])
def test_a_route_that_writes_what_others_read_is_closed_by_a_sanction(
    context: str, row: Row, standing: Standing, db: Session, aws: Cloud
) -> None:
    """Traps, row 17. Whoever has no profile is refused for the same reason."""
    keys.reset()
    stage = Stage(db, aws, TestSigningKey.publish(db), identity.user(db))
    request = replace(row.prepared(stage), **OTHER_REQUESTS.get(f"{row.method} {row.path}", {}))
    owner_is_refused = row.expected("owner") is not OK and row.expected("customer") is OK
    user = identity.user(db) if owner_is_refused else stage.owner
    until = datetime.now(UTC) + timedelta(days=7) if standing is Standing.SUSPENDED else None
    with database.transaction() as connection:
        standing_changes.set_standing(connection, user.id, standing, until=until, reason="Threats")
    client = LambdaClient(entry_point(context)).signed_in(stage.signing_key.authorization(user))
    answer = send(client, row, request)
    if f"{row.method} {row.path}" in ALLOWED:
        assert answer.status < 400 or answer.json()["code"] != "suspended"
        return
    assert answer.status == 403, answer.body
    problem = answer.json()
    assert (problem["code"], problem["standing"], problem["reason"]) == ("suspended", standing, "Threats")
    assert (problem["until"] is None) == (until is None)
    db.rollback()


def test_the_matrix_has_a_row_that_would_succeed_for_each_route_that_is_closed() -> None:
    """Otherwise the walk proves nothing."""
    walked = [row for _, row in WALKED]
    granted = {f"{row.method} {row.path}" for row in walked if OK in {row.expected(caller) for caller in CALLERS}}
    closed = {f"{row.method} {row.path}" for row in walked} - ALLOWED.keys()
    assert sorted(closed - granted) == []
