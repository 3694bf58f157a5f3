"""What administrators write about the shop, and what becomes of it."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.contexts.media.models import MediaFile
from shared.permissions import Role
from shared.tables.platform import AuditEntry, OutboxEvent
from tests.factories import identity
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

SETTINGS = "/api/v1/admin/site"
KONTOR: dict[str, Any] = {
    "name": "Kontor",
    "email": "post@kontor.example.com",
    "phone": "+49 40 123456",
    "address": "Speicherstadt 1\n20457 Hamburg",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture
def somebody(db: Session) -> User:
    return identity.user(db, Role.ADMIN)


@pytest.fixture
def admin(api: LambdaClient, somebody: User, signing_key: TestSigningKey) -> LambdaClient:
    return LambdaClient(api.handler, headers=signing_key.authorization(somebody))


def replace(admin: LambdaClient, *, version: int, **changes: Any) -> Any:
    return admin.request("PUT", SETTINGS, json={**KONTOR, **changes, "version": version})


def logo(db: Session, owner: User, **columns: Any) -> MediaFile:
    """A committed upload that is ready."""
    made = MediaFile(
        owner_id=owner.id,
        **{
            "purpose": "site",
            "file_name": "logo.png",
            "content_type": "image/png",
            "size_bytes": 1,
            "status": "ready",
            "url": "https://shop.example.com/media/logo.webp",
            "width": 640,
            "height": 160,
            **columns,
        },
    )
    db.add(made)
    db.commit()
    return made


def test_a_new_shop_is_what_the_operators_file_says(admin: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELLER_ADDRESS", "Speicherstadt 1 | 20457 Hamburg")
    stored = admin.get(SETTINGS).json()
    assert (stored["name"], stored["email"], stored["version"]) == ("ShareStack", "shop@sharestack.example", 0)
    assert (stored["address"], stored["logo"], stored["updated_at"]) == ("Speicherstadt 1\n20457 Hamburg", None, None)


def test_what_is_written_is_told_to_everybody(admin: LambdaClient, api: LambdaClient) -> None:
    first = replace(admin, version=0)
    assert (first.status, first.json()["version"]) == (200, 1)
    assert replace(admin, version=1, name="Kontor Nord").json()["version"] == 2
    site = api.get("/api/v1/site").json()
    assert {name: site[name] for name in KONTOR} == {**KONTOR, "name": "Kontor Nord"}


def test_an_edit_that_is_based_on_another_version_is_refused(admin: LambdaClient) -> None:
    assert replace(admin, version=3).json()["version"] == 0
    replace(admin, version=0)
    refused = replace(admin, version=0, name="Another")
    assert (refused.status, refused.json()["code"], refused.json()["version"]) == (409, "version_conflict", 1)
    assert admin.get(SETTINGS).json()["name"] == "Kontor"


def test_of_many_first_edits_at_once_one_is_stored(admin: LambdaClient) -> None:
    admin.get(SETTINGS)  # routes are made before processes are

    def edit(number: int) -> int:
        return int(replace(admin, version=0, name=f"Kontor {number}").status)

    assert sorted(at_once(4, edit)) == [200, 409, 409, 409]
    assert admin.get(SETTINGS).json()["version"] == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
        ("email", "nobody"),
        ("name", ""),
        ("name", "two\nlines"),
        ("phone", "call me"),
        ("address", "a\u0007b"),
    ],
)
def test_what_cannot_be_used_is_refused_by_field(admin: LambdaClient, field: str, value: str) -> None:
    refused = replace(admin, version=0, **{field: value})
    assert refused.status == 422
    assert [error["field"] for error in refused.json()["errors"]] == [f"body.{field}"]
    assert admin.get(SETTINGS).json()["version"] == 0


def test_a_logo_is_shown_with_its_sizes(admin: LambdaClient, api: LambdaClient, db: Session, somebody: User) -> None:
    picture = logo(db, somebody)
    replace(admin, version=0, logo_id=str(picture.id))
    shown = api.get("/api/v1/site").json()["logo"]
    assert (shown["url"], shown["width"], shown["height"]) == (picture.url, 640, 160)
    kept = replace(admin, version=1, logo_id=str(picture.id), name="Kontor Nord").json()
    assert kept["logo"] == shown
    assert replace(admin, version=2).json()["logo"] is None


def test_a_logo_that_is_shown_is_not_deleted(admin: LambdaClient, db: Session, somebody: User) -> None:
    picture = logo(db, somebody)
    replace(admin, version=0, logo_id=str(picture.id))
    media = LambdaClient(importlib.import_module("functions.media.handlers.api").handler, headers=admin.headers)
    refused = media.delete(f"/api/v1/media/{picture.id}")
    assert (refused.status, refused.json()["code"]) == (409, "media_in_use")
    replace(admin, version=1)
    assert media.delete(f"/api/v1/media/{picture.id}").status == 204


@pytest.mark.parametrize("columns", [{"purpose": "product"}, {"status": "pending", "url": None}])
def test_only_a_ready_picture_of_the_shop_is_a_logo(
    admin: LambdaClient, db: Session, somebody: User, columns: dict[str, Any]
) -> None:
    refused = replace(admin, version=0, logo_id=str(logo(db, somebody, **columns).id))
    assert [error["field"] for error in refused.json()["errors"]] == ["body.logo_id"]


def test_a_change_is_audited_without_addresses_and_purges_pages(admin: LambdaClient, db: Session) -> None:
    replace(admin, version=0)
    [entry] = db.scalars(select(AuditEntry).where(AuditEntry.action == "site.changed"))
    assert entry.changes["name"] == ["ShareStack", "Kontor"]
    assert "[withheld]" in entry.changes["email"]
    assert KONTOR["email"] not in str(entry.changes)
    assert [event.type for event in db.scalars(select(OutboxEvent))] == ["SiteChanged"]


def test_the_configuration_is_purged_by_its_tag(api: LambdaClient) -> None:
    assert api.get("/api/v1/site").headers["cache-tag"] == "site"
