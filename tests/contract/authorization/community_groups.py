"""Who gets what from groups. Being staff of the platform is no role in a group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shared.contexts.community.models.groups import Group, GroupFlair
from tests.contract.authorization.matrix import (
    CALLERS,
    FORBIDDEN,
    NOT_FOUND,
    OK,
    REFUSED,
    UNAUTHENTICATED,
    Outcome,
    Request,
    Row,
    Stage,
    public,
    signed_in,
)
from tests.factories import community, groups, profiles

GROUPS = "/api/v1/groups"
GROUP = f"{GROUPS}/{{slug}}"
POST = f"{GROUP}/posts/{{post_id}}"


def a_group(stage: Stage, access: str = "public", **columns: Any) -> Group:
    """The owner's, who has chosen a username; the other callers have not."""
    profiles.profile(stage.db, stage.owner)
    return groups.group(stage.db, stage.owner, access=access, **columns)


def about(access: str = "public", json: Any = None) -> Callable[[Stage], Request]:
    def arranged(stage: Stage) -> Request:
        return Request(path={"slug": a_group(stage, access).slug}, json=json)

    return arranged


def a_name(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner)
    return Request(json={"name": "Value investors"})


def a_group_to_leave(stage: Stage) -> Request:
    """One that is somebody else's, too."""
    group = a_group(stage)
    groups.member(stage.db, group, profiles.person(stage.db), "owner")
    return Request(path={"slug": group.slug})


def somebody(kind: str, json: Any = None) -> Callable[[Stage], Request]:
    """A person of the group by request: a member, one who asks, is invited, is banned, or a stranger."""

    def arranged(stage: Stage) -> Request:
        group, person = a_group(stage, "request"), profiles.person(stage.db)
        if kind == "member":
            groups.member(stage.db, group, person)
        elif kind == "banned":
            groups.ban(stage.db, group, person)
        elif kind in {"asks", "invited"}:
            groups.request(stage.db, group, person, invited_by=stage.owner if kind == "invited" else None)
        return Request(path={"slug": group.slug, "user_id": person.id}, json=json)

    return arranged


def a_post(json: Any = None, **columns: Any) -> Callable[[Stage], Request]:
    """The owner's in their group; with an answer, and a flair that it could have."""

    def arranged(stage: Stage) -> Request:
        group = a_group(stage)
        made = community.post(stage.db, stage.owner, visibility="group", group_id=group.id, **columns)
        answer = community.comment(stage.db, made, profiles.person(stage.db))
        flair = _flair(stage, group)
        ids = {"comment_id": answer.id, "flair_id": flair.id}
        body = {name: str(ids.get(name, value)) for name, value in (json or {}).items()}
        return Request(path={"slug": group.slug, "post_id": made.id}, json=body or None)

    return arranged


def a_comment(json: Any = None, **columns: Any) -> Callable[[Stage], Request]:
    def arranged(stage: Stage) -> Request:
        group = a_group(stage)
        made = community.post(stage.db, stage.owner, visibility="group", group_id=group.id)
        comment = community.comment(stage.db, made, profiles.person(stage.db), **columns)
        return Request(path={"slug": group.slug, "comment_id": comment.id}, json=json)

    return arranged


def a_flair(stage: Stage) -> Request:
    group = a_group(stage)
    return Request(path={"slug": group.slug, "flair_id": _flair(stage, group).id})


def _flair(stage: Stage, group: Group) -> GroupFlair:
    made = GroupFlair(group_id=group.id, name="Question")
    stage.db.add(made)
    stage.db.commit()
    return made


def in_group(
    method: str,
    path: str,
    arrange: Callable[[Stage], Request],
    *,
    others: Outcome = FORBIDDEN,
    nobody: Outcome = UNAUTHENTICATED,
    **options: Any,
) -> Row:
    """Who has the role in the group gets it, whatever they are elsewhere."""
    columns = dict.fromkeys(CALLERS, others) | {"owner": OK, "nobody": nobody}
    return Row(method, path, arrange, **columns, **options)


REASON = {"reason": "Advertising"}

ROWS: list[Row] = [
    public("GET", GROUPS),
    replace(signed_in("POST", GROUPS, a_name, outcome=REFUSED), owner=OK),
    public("GET", GROUP, about()),
    in_group("GET", GROUP, about("invitation"), others=NOT_FOUND, nobody=NOT_FOUND, case="by invitation"),
    in_group("PATCH", GROUP, about(json={"version": 1, "name": "Growth"})),
    in_group("PUT", f"{GROUP}/closure", about()),
    in_group("DELETE", f"{GROUP}/closure", about()),
    replace(signed_in("PUT", f"{GROUP}/membership", about(), outcome=REFUSED), owner=OK),
    in_group("PUT", f"{GROUP}/membership", about("invitation"), others=NOT_FOUND, case="by invitation"),
    signed_in("DELETE", f"{GROUP}/membership", a_group_to_leave),
    signed_in("PUT", f"{GROUP}/follow", about()),
    in_group("PUT", f"{GROUP}/follow", about("request"), case="by request"),
    signed_in("DELETE", f"{GROUP}/follow", about()),
    public("GET", f"{GROUP}/members", about()),
    in_group("GET", f"{GROUP}/members", about("request"), nobody=FORBIDDEN, case="by request"),
    in_group("PUT", f"{GROUP}/members/{{user_id}}/role", somebody("member", {"role": "moderator"})),
    in_group("DELETE", f"{GROUP}/members/{{user_id}}", somebody("member")),
    in_group("GET", f"{GROUP}/requests", about()),
    in_group("POST", f"{GROUP}/requests/{{user_id}}/decision", somebody("asks", {"decision": "accept"})),
    in_group("GET", f"{GROUP}/invitations", about()),
    in_group("PUT", f"{GROUP}/invitations/{{user_id}}", somebody("stranger")),
    in_group("DELETE", f"{GROUP}/invitations/{{user_id}}", somebody("invited")),
    in_group("GET", f"{GROUP}/bans", about()),
    in_group("PUT", f"{GROUP}/bans/{{user_id}}", somebody("member")),
    in_group("DELETE", f"{GROUP}/bans/{{user_id}}", somebody("banned")),
    public("GET", f"{GROUP}/posts", about()),
    in_group("GET", f"{GROUP}/posts", about("request"), nobody=FORBIDDEN, case="by request"),
    in_group("PUT", f"{POST}/pin", a_post()),
    in_group("DELETE", f"{POST}/pin", a_post()),
    in_group("PUT", f"{POST}/lock", a_post()),
    in_group("DELETE", f"{POST}/lock", a_post()),
    in_group("PUT", f"{POST}/flair", a_post({"flair_id": None})),
    in_group("DELETE", f"{POST}/flair", a_post()),
    in_group("PUT", f"{POST}/accepted-answer", a_post({"comment_id": None})),
    in_group("DELETE", f"{POST}/accepted-answer", a_post()),
    in_group("GET", f"{GROUP}/removed-posts", about()),
    in_group("PUT", f"{POST}/removal", a_post(REASON)),
    in_group("DELETE", f"{POST}/removal", a_post()),
    in_group("PUT", f"{GROUP}/comments/{{comment_id}}/removal", a_comment(REASON)),
    in_group("DELETE", f"{GROUP}/comments/{{comment_id}}/removal", a_comment()),
    in_group("POST", f"{GROUP}/flairs", about(json={"name": "Question"})),
    in_group("DELETE", f"{GROUP}/flairs/{{flair_id}}", a_flair),
]
