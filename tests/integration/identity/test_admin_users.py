"""Administrators and other people's accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.identity.repository import administration
from functions.identity.repository.administration import UserFilters
from shared.clients import database
from shared.contexts.identity.models.accounts import LoginSession, User
from shared.permissions import Role
from shared.tables.platform import AuditEntry
from tests.factories import identity
from tests.integration.identity.conftest import PASSWORD, bearer, log_in, refresh, requested
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.statements import recorded

USERS = "/api/v1/admin/users"


@pytest.fixture
def root(client: LambdaClient, db: Session) -> LambdaClient:
    """An administrator, signed in."""
    return administrator(client, db, "root@example.com")


def administrator(client: LambdaClient, db: Session, email: str) -> LambdaClient:
    identity.user(db, Role.CUSTOMER, Role.ADMIN, email=email, password=PASSWORD)
    return client.signed_in(bearer(log_in(client, email).json()["access_token"]))


def change(admin: LambdaClient, user: User, **body: Any) -> Answer:
    return admin.patch(f"{USERS}/{user.id}", json={"reason": "Because", "version": 1, **body})


def emails(answer: Answer) -> list[str]:
    return [item["email"] for item in answer.json()["items"]]


def pages(admin: LambdaClient, query: str) -> Iterator[dict[str, Any]]:
    """Every item of the list, page by page."""
    cursor = ""
    while True:
        page = admin.get(f"{USERS}?{query}{cursor}").json()
        yield from page["items"]
        if page["next_cursor"] is None:
            return
        cursor = f"&cursor={page['next_cursor']}"


def test_users_are_listed_the_newest_first_without_secrets(root: LambdaClient, db: Session) -> None:
    identity.user(db, email="ada@example.com")
    identity.user(db, email="gone@example.com", is_active=False)
    reply = root.get(USERS)
    assert (reply.status, reply.headers["cache-control"]) == (200, "private, no-store")
    assert emails(reply) == ["gone@example.com", "ada@example.com", "root@example.com"]
    assert set(reply.json()["items"][0]) == {
        "id",
        "email",
        "full_name",
        "roles",
        "is_active",
        "email_verified_at",
        "version",
        "created_at",
        "updated_at",
    }


def test_the_list_is_filtered(root: LambdaClient, db: Session) -> None:
    identity.user(db, Role.CUSTOMER, Role.VENDOR, email="ada@example.com")
    identity.user(db, Role.VENDOR, email="gone@example.com", is_active=False)
    assert emails(root.get(f"{USERS}?email=ADA@example.com")) == ["ada@example.com"]
    assert emails(root.get(f"{USERS}?email=ada")) == []
    assert emails(root.get(f"{USERS}?role=vendor")) == ["gone@example.com", "ada@example.com"]
    assert emails(root.get(f"{USERS}?role=vendor&active=true")) == ["ada@example.com"]
    assert emails(root.get(f"{USERS}?active=false")) == ["gone@example.com"]
    for wrong in ("role=king", "active=perhaps", f"email={'x' * 255}", "limit=101", "fields=password_hash"):
        assert root.get(f"{USERS}?{wrong}").status == 422, wrong


@pytest.mark.parametrize("query", ["limit=2", "limit=2&role=customer", "limit=2&active=true"])
def test_every_user_is_on_one_page_also_of_those_who_registered_at_once(
    root: LambdaClient, db: Session, query: str
) -> None:
    for _ in range(6):
        identity.user(db)
    db.execute(text("UPDATE users SET created_at = now()"))
    db.commit()
    found = [item["id"] for item in pages(root, query)]
    assert len(found) == 7
    assert set(found) == {str(user.id) for user in db.query(User)}


def test_a_cursor_fits_no_other_list(root: LambdaClient, db: Session) -> None:
    identity.user(db)
    cursor = root.get(f"{USERS}?limit=1").json()["next_cursor"]
    assert root.get(f"{USERS}?limit=1&role=customer&cursor={cursor}").json()["code"] == "invalid_cursor"


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        (UserFilters(), "ix_users_created_at"),
        (UserFilters(email="user77@example.com"), "uq_users_email"),
        (UserFilters(role="admin"), "ix_users_roles"),
        (UserFilters(active=False), "ix_users_inactive"),
        (UserFilters(role="customer", active=True), "ix_users_created_at"),
    ],
)
def test_the_list_finds_its_rows_by_index(db: Session, filters: UserFilters, index: str) -> None:
    db.execute(
        text(
            "INSERT INTO users (email, password_hash, full_name, is_active, created_at)"
            " SELECT 'user' || n || '@example.com', '!', 'User', n % 500 > 0, now() - n * interval '1 minute'"
            " FROM generate_series(1, 5000) n"
        )
    )
    identity.user(db, Role.ADMIN)
    db.execute(text("ANALYZE users"))
    db.commit()
    with recorded() as statements:
        administration.page(database.connection(), filters, after=None, limit=21)
    assert len(statements) == 1
    plan = _plan(filters)
    assert index in plan
    assert "Seq Scan" not in plan


def _plan(filters: UserFilters) -> str:
    """EXPLAIN of the list's statement."""
    connection = database.connection()
    original = connection.execute
    shown: list[str] = []

    class Explaining:
        def execute(self, query: Any, parameters: Any) -> Any:
            rows = original(b"EXPLAIN " + query.as_bytes(connection), parameters).fetchall()
            shown.extend(row["QUERY PLAN"] for row in rows)
            return original(query, parameters)

    administration.page(Explaining(), filters, after=None, limit=21)  # type: ignore[arg-type]
    return "\n".join(shown)


def test_one_user_is_shown_with_sessions_and_history(root: LambdaClient, client: LambdaClient, db: Session) -> None:
    user = identity.user(db, email="ada@example.com", password=PASSWORD, language="de", accepts_marketing=True)
    log_in(client)
    ended = identity.login_session(db, user)
    db.execute(text("UPDATE login_sessions SET revoked_at = now() WHERE id = :id"), {"id": ended.id})
    db.commit()
    reply = root.get(f"{USERS}/{user.id}")
    assert reply.status == 200
    shown = reply.json()
    assert (shown["email"], shown["language"], shown["sessions"], shown["changes"]) == ("ada@example.com", "de", 1, [])
    assert shown["marketing_consent_at"] is not None
    assert not any("password" in name or "hash" in name for name in shown)
    assert root.get(f"{USERS}/{uuid4()}").status == 404
    assert root.get(f"{USERS}/x").status == 422


def test_a_change_of_roles_ends_sessions_counts_from_the_next_sign_in_on_and_is_kept(
    root: LambdaClient, client: LambdaClient, db: Session
) -> None:
    user = identity.user(db, email="ada@example.com", password=PASSWORD, verified=True)
    signed_in = log_in(client).json()
    reply = change(root, user, roles=["moderator", "customer"], reason="Moderates reviews")
    assert reply.status == 200
    shown = reply.json()
    assert (shown["roles"], shown["version"]) == (["customer", "moderator"], 2)
    (kept,) = shown["changes"]
    root_id = str(db.query(User).filter_by(email="root@example.com").one().id)
    assert kept == {
        "actor_id": root_id,
        "changes": {"roles": {"before": ["customer"], "after": ["customer", "moderator"]}},
        "reason": "Moderates reviews",
        "created_at": kept["created_at"],
    }
    assert refresh(client, signed_in["refresh_token"]).status == 401
    verified = client.post("/api/v1/auth/verify", json={"token": log_in(client).json()["access_token"]}).json()
    assert verified["claims"]["roles"] == ["customer", "moderator"]


def test_deactivating_ends_sessions_and_links(root: LambdaClient, client: LambdaClient, db: Session) -> None:
    user = identity.user(db, email="ada@example.com", password=PASSWORD)
    signed_in = log_in(client).json()
    identity.account_request(db, user, "password_reset")
    assert change(root, user, is_active=False, reason="Fraud").json()["is_active"] is False
    assert refresh(client, signed_in["refresh_token"]).status == 401
    assert log_in(client).json()["code"] == "account_inactive"
    assert {session.revoked_reason for session in db.query(LoginSession).filter_by(user_id=user.id)} == {
        "account_deactivated"
    }
    assert db.execute(text("SELECT count(*) FROM account_requests")).scalar() == 0
    assert change(root, user, is_active=True, reason="Mistaken", version=2).json()["sessions"] == 0
    assert log_in(client).status == 200


def test_a_change_that_changes_nothing_leaves_no_history(root: LambdaClient, db: Session) -> None:
    user = identity.user(db)
    reply = change(root, user, roles=["customer"], is_active=True)
    assert (reply.status, reply.json()["version"], reply.json()["changes"]) == (200, 1, [])
    assert change(root, user).status == 200


def test_a_change_based_on_an_old_version_is_refused(root: LambdaClient, db: Session) -> None:
    user = identity.user(db)
    change(root, user, is_active=False)
    reply = change(root, user, is_active=True)
    assert (reply.status, reply.json()["code"]) == (409, "version_conflict")


@pytest.mark.parametrize("body", [{"is_active": False}, {"roles": ["customer"]}])
def test_administrators_do_not_lock_themselves_out(root: LambdaClient, db: Session, body: dict[str, Any]) -> None:
    me = db.query(User).one()
    reply = change(root, me, **body)
    assert (reply.status, reply.json()["code"]) == (409, "own_account")
    db.expire_all()
    assert (me.is_active, me.roles, me.version) == (True, ["customer", "admin"], 1)
    assert change(root, me, roles=["admin", "moderator"]).json()["roles"] == ["moderator", "admin"]


@pytest.mark.parametrize("dismissal", [{"roles": ["customer"]}, {"is_active": False}])
def test_who_was_dismissed_does_nothing_of_staff_s_any_more(
    root: LambdaClient, client: LambdaClient, db: Session, dismissal: dict[str, Any]
) -> None:
    """The access token still says otherwise for up to 15 minutes."""
    former = administrator(client, db, "former@example.com")
    assert former.get(USERS).status == 200
    assert change(root, db.query(User).filter_by(email="former@example.com").one(), **dismissal).status == 200
    replies = [former.get(USERS), change(former, identity.user(db), is_active=False), former.get("/api/v1/users/me")]
    assert [(reply.status, reply.json()["code"]) for reply in replies] == [(401, "invalid_token")] * 3


def test_rights_are_those_of_this_moment_also_where_no_session_has_ended(client: LambdaClient, db: Session) -> None:
    """As after a change in the database by hand."""
    root = administrator(client, db, "root@example.com")
    db.execute(text("UPDATE users SET roles = '{customer,moderator}'"))
    db.commit()
    assert root.get(USERS).json()["code"] == "permission_denied"
    db.execute(text("UPDATE users SET roles = '{customer,admin}'"))
    db.commit()
    assert root.get(USERS).status == 200


def test_a_role_is_for_an_address_that_is_proven(root: LambdaClient, db: Session) -> None:
    user = identity.user(db, verified=False)
    reply = change(root, user, roles=["customer", "moderator"])
    assert (reply.status, reply.json()["code"]) == (409, "user_not_verified")
    db.refresh(user)
    assert (user.roles, user.version) == (["customer"], 1)
    former = identity.user(db, Role.CUSTOMER, Role.VENDOR, verified=False)
    assert change(root, former, roles=["customer"]).status == 200, "what one has can be taken"


def test_whose_roles_change_is_told(root: LambdaClient, db: Session, aws: Cloud) -> None:
    user = identity.user(db, Role.CUSTOMER, Role.VENDOR, verified=True, language="zh-CN")
    change(root, user, roles=["customer", "moderator"])
    change(root, user, version=2, is_active=False)
    [told] = requested(aws, "UserRolesChanged")
    assert told == {
        "user_id": str(user.id),
        "email": user.email,
        "language": "zh-CN",
        "given": ["moderator"],
        "taken": ["vendor"],
    }


def test_administrators_who_demote_each_other_at_once_leave_one(client: LambdaClient, db: Session, aws: Cloud) -> None:
    """A ring: each takes the role from the next."""
    admins = [administrator(client, db, f"admin{number}@example.com") for number in range(4)]
    users = db.query(User).order_by(User.email).all()
    ids = [user.id for user in users]
    db.close()

    def demote(number: int) -> int:
        body = {"roles": ["customer"], "reason": "Because", "version": 1}
        return admins[number].patch(f"{USERS}/{ids[(number + 1) % 4]}", json=body).status

    statuses = at_once(4, demote)
    assert set(statuses) <= {200, 401, 403, 409}
    left = [user for user in db.query(User) if "admin" in user.roles]
    assert len(left) == 4 - statuses.count(200) >= 1
    assert db.query(AuditEntry).count() == statuses.count(200)


def test_two_administrators_who_deactivate_each_other_at_once_leave_one(
    client: LambdaClient, db: Session, aws: Cloud
) -> None:
    admins = [administrator(client, db, f"admin{number}@example.com") for number in range(2)]
    ids = [user.id for user in db.query(User).order_by(User.email)]
    db.close()

    def deactivate(number: int) -> int:
        body = {"is_active": False, "reason": "Because", "version": 1}
        return admins[number].patch(f"{USERS}/{ids[1 - number]}", json=body).status

    assert sorted(at_once(2, deactivate)) in ([200, 401], [200, 403])
    assert db.query(User).filter_by(is_active=True).count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"roles": []}, "body.roles"),
        ({"roles": ["king"]}, "body.roles.0"),
        ({"roles": None}, "body.roles"),
        ({"is_active": None}, "body.is_active"),
        ({"reason": ""}, "body.reason"),
        ({"reason": "x" * 501}, "body.reason"),
        ({"email": "eve@example.com"}, "body.email"),
        ({"password_hash": "x"}, "body.password_hash"),
        ({"email_verified_at": None}, "body.email_verified_at"),
    ],
)
def test_only_roles_and_activity_can_be_changed(
    root: LambdaClient, db: Session, body: dict[str, Any], field: str
) -> None:
    reply = change(root, identity.user(db), **body)
    assert (reply.status, [error["field"] for error in reply.json()["errors"]]) == (422, [field])


def test_an_unknown_user_cannot_be_changed(root: LambdaClient) -> None:
    reply = root.patch(f"{USERS}/{uuid4()}", json={"is_active": False, "reason": "Because", "version": 1})
    assert reply.status == 404


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_sees_or_changes_users(client: LambdaClient, db: Session, role: Role) -> None:
    user = identity.user(db, role, email="ada@example.com", password=PASSWORD)
    caller = client.signed_in(bearer(log_in(client).json()["access_token"]))
    replies = [caller.get(USERS), caller.get(f"{USERS}/{user.id}"), change(caller, user, roles=["admin"])]
    assert [reply.status for reply in replies] == [403] * 3


def test_the_routes_need_few_statements(root: LambdaClient, db: Session) -> None:
    user = identity.user(db, verified=True)
    path = f"{USERS}/{user.id}"
    root.get(USERS)
    for call, budget in (
        (lambda: root.get(USERS), 2),  # whose rights, and
        (lambda: root.get(path), 3),
        # rights; both, the change, audit log, sessions, event, the user and the history; event read back and marked
        (lambda: root.patch(path, json={"roles": ["vendor"], "reason": "Because", "version": 1}), 10),
    ):
        with recorded() as statements:
            assert call().status == 200
        assert len(statements) <= budget
