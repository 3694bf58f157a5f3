"""Who gets what from community."""

from __future__ import annotations

from dataclasses import replace

from tests.contract.authorization import community_groups
from tests.contract.authorization.matrix import OK, REFUSED, Request, Row, Stage, public, signed_in
from tests.factories import community, profiles

POSTS = "/api/v1/posts"


def a_post(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner)
    return Request(path={"post_id": community.post(stage.db, stage.owner).id})


def a_text_of_somebody_onboarded(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner)
    return Request(json={"text": "Good morning"})


ROWS: list[Row] = [
    public("GET", POSTS),
    # Of the callers only the owner has chosen a username.
    replace(signed_in("POST", POSTS, a_text_of_somebody_onboarded, outcome=REFUSED), owner=OK),
    public("GET", f"{POSTS}/{{post_id}}", a_post),
]
ROWS += community_groups.ROWS
