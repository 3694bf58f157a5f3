"""Who gets what from moderation."""

from __future__ import annotations

from tests.contract.authorization.matrix import Request, Row, Stage, signed_in
from tests.factories import community, profiles

REPORTS = "/api/v1/reports"


def a_post_to_report(stage: Stage) -> Request:
    author = profiles.person(stage.db)
    target = {"kind": "post", "id": str(community.post(stage.db, author).id)}
    return Request(json={"target": target, "reason": "spam"})


ROWS: list[Row] = [
    signed_in("POST", REPORTS, a_post_to_report),
    signed_in("GET", REPORTS),
]
