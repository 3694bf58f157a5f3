"""Who gets what from posts, feeds and people's pages."""

from __future__ import annotations

from dataclasses import replace

from shared.contexts.community.models.imports import PostImport
from tests.contract.authorization.matrix import (
    NOT_FOUND,
    OK,
    REFUSED,
    Request,
    Row,
    Stage,
    owner_only,
    public,
    signed_in,
)
from tests.factories import community, profiles

POSTS = "/api/v1/posts"
IMPORTS = f"{POSTS}/imports"
FEED = "/api/v1/feed"
PIN = "/api/v1/users/me/pinned-post"


def a_post(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner)
    return Request(path={"post_id": community.post(stage.db, stage.owner).id})


def a_draft(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner)
    return Request(
        path={"post_id": community.post(stage.db, stage.owner, status="draft", published_at=None).id},
    )


def an_edit(stage: Stage) -> Request:
    return replace(a_post(stage), json={"version": 1, "text": "Good evening"})


def a_pin(stage: Stage) -> Request:
    return Request(json={"post_id": str(a_post(stage).path["post_id"])})


def a_text_of_somebody_onboarded(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner)
    return Request(json={"text": "Good morning"})


def a_file_of_somebody_onboarded(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner)
    return Request(json={"size": 1})


def an_import(stage: Stage) -> Request:
    made = PostImport(user_id=stage.owner.id, size_bytes=1)
    stage.db.add(made)
    stage.db.commit()
    return Request(path={"import_id": made.id})


def a_page(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner)
    community.post(stage.db, stage.owner)
    return Request(path={"user": stage.owner.id})


ROWS: list[Row] = [
    public("GET", POSTS),
    # Of the callers only the owner has chosen a username.
    replace(signed_in("POST", POSTS, a_text_of_somebody_onboarded, outcome=REFUSED), owner=OK),
    public("GET", f"{POSTS}/{{post_id}}", a_post),
    replace(public("GET", f"{POSTS}/{{post_id}}", a_draft, outcome=NOT_FOUND, case="draft"), owner=OK),
    owner_only("PATCH", f"{POSTS}/{{post_id}}", an_edit),
    owner_only("DELETE", f"{POSTS}/{{post_id}}", a_post),
    owner_only("POST", f"{POSTS}/{{post_id}}/publish", a_draft),
    public("GET", f"{POSTS}/{{post_id}}/edits", a_post),
    public("GET", f"{POSTS}/{{post_id}}/quotes", a_post),
    signed_in("GET", f"{POSTS}/drafts"),
    replace(signed_in("POST", IMPORTS, a_file_of_somebody_onboarded, outcome=REFUSED), owner=OK),
    owner_only("GET", f"{IMPORTS}/{{import_id}}", an_import),
    owner_only("GET", f"{IMPORTS}/{{import_id}}/items", an_import),
    owner_only("PUT", PIN, a_pin),
    signed_in("DELETE", PIN),
    public("GET", FEED),
    signed_in("GET", FEED, request=Request(query={"scope": "following"}), case="following"),
    public("GET", "/api/v1/users/{user}/posts", a_page),
]
