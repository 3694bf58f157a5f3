"""The daily sweep: what never arrived, what nothing shows, what no row knows."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import boto3
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.clients import storage
from shared.contexts.media.models import MediaFile
from tests.factories import catalog as products
from tests.support.cloud import MEDIA_BUCKET
from tests.support.lambda_client import Context, LambdaClient
from tests.support.pictures import ask, picture, post_form, uploaded


def sweep() -> dict[str, int]:
    from functions.media.handlers.remove_unused import handler

    done: dict[str, int] = handler(json.loads(Path("events/media/remove_unused.json").read_text()), Context())
    return done


def stored() -> list[str]:
    listed = boto3.client("s3").list_objects_v2(Bucket=MEDIA_BUCKET)
    return [entry["Key"] for entry in listed.get("Contents", [])]


def later(db: Session, hours: int) -> None:
    """Let time pass for all uploads."""
    db.execute(
        text("UPDATE media_files SET remove_after = remove_after - make_interval(hours => :hours)"), {"hours": hours}
    )
    db.commit()


def show(db: Session, media: dict[str, Any]) -> uuid.UUID:
    """Put the picture on a product; returns the product's id."""
    pot = products.product(db)
    db.execute(
        text("UPDATE product_images SET media_id = :media_id, url = :url WHERE product_id = :product_id"),
        {"media_id": media["id"], "url": media["url"], "product_id": pot.id},
    )
    db.commit()
    return pot.id


def test_an_upload_that_never_arrived_is_removed_after_a_day(customer: LambdaClient, db: Session) -> None:
    ask(customer, b"x")
    later(db, 23)
    assert sweep() == {"expired": 0, "purged": 0, "orphans": 0}
    later(db, 2)
    assert sweep() == {"expired": 1, "purged": 1, "orphans": 0}
    assert db.query(MediaFile).count() == 0


def test_a_file_that_nobody_looked_at_goes_with_its_upload(customer: LambdaClient, db: Session) -> None:
    asked = ask(customer, picture()).json()
    assert post_form(asked["upload"], picture()) == 204
    later(db, 25)
    assert sweep()["purged"] == 1
    assert stored() == []


def test_a_picture_that_nothing_shows_goes_after_a_day_with_all_its_objects(
    customer: LambdaClient, db: Session
) -> None:
    uploaded(customer)
    assert sweep() == {"expired": 0, "purged": 0, "orphans": 0}
    later(db, 25)
    assert sweep() == {"expired": 1, "purged": 1, "orphans": 0}
    assert (db.query(MediaFile).count(), stored()) == (0, [])


def test_a_picture_that_is_shown_stays_and_has_a_day_once_it_no_longer_is(customer: LambdaClient, db: Session) -> None:
    product_id = show(db, uploaded(customer))
    later(db, 1000)
    assert sweep()["expired"] == 0
    later(db, 1000)
    assert sweep()["expired"] == 0

    db.execute(text("DELETE FROM product_images WHERE product_id = :id"), {"id": product_id})
    db.commit()
    assert sweep()["expired"] == 0
    later(db, 23)
    assert sweep()["expired"] == 0
    later(db, 2)
    assert sweep()["expired"] == 1


def test_a_refusal_can_be_read_for_a_week(customer: LambdaClient, db: Session) -> None:
    uploaded(customer, b"no picture")
    later(db, 6 * 24)
    assert sweep()["expired"] == 0
    later(db, 25)
    assert sweep()["purged"] == 1


def test_what_its_owner_deleted_goes_with_the_next_sweep(customer: LambdaClient, db: Session) -> None:
    media = uploaded(customer)
    kept = uploaded(customer)
    assert customer.delete(f"/api/v1/media/{media['id']}").status == 204
    assert sweep() == {"expired": 0, "purged": 1, "orphans": 0}
    assert {key.split("/")[1] for key in stored()} == {kept["id"]}


def test_objects_that_no_row_knows_are_removed(customer: LambdaClient, db: Session) -> None:
    media = uploaded(customer)
    known = stored()
    lost = db.execute(text("SELECT uuidv7()")).scalar_one()
    for key in (f"media/{lost}/abc-large.webp", f"uploads/{lost}", "uploads/whatever.html", "media/zzz"):
        storage.put(MEDIA_BUCKET, key, b"x", content_type="text/plain")
    assert sweep() == {"expired": 0, "purged": 0, "orphans": 4}
    assert stored() == known
    assert customer.get(f"/api/v1/media/{media['id']}").json()["status"] == "ready"


def test_objects_of_long_ago_are_not_looked_through_again(customer: LambdaClient, db: Session) -> None:
    old = db.execute(text("SELECT uuidv7('-4 days'::interval)")).scalar_one()
    storage.put(MEDIA_BUCKET, f"media/{old}/abc-large.webp", b"x", content_type="image/webp")
    assert sweep()["orphans"] == 0


def test_what_a_worker_is_at_is_left_to_it(customer: LambdaClient, db: Session) -> None:
    ask(customer, b"x")
    db.execute(
        text(
            "UPDATE media_files SET status = 'processing', claimed_until = now() + interval '1 minute',"
            " remove_after = now()"
        )
    )
    db.commit()
    assert sweep()["expired"] == 0


def test_a_sweep_that_ends_in_the_middle_is_gone_on_with(
    customer: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploaded(customer)
    later(db, 25)

    def fail(*_arguments: Any) -> None:
        raise OSError("the store does not answer")

    with monkeypatch.context() as patch:
        patch.setattr(storage, "delete", fail)
        with pytest.raises(OSError, match="does not answer"):
            sweep()
    assert db.query(MediaFile.deleted_at).scalar() is not None
    assert sweep() == {"expired": 0, "purged": 1, "orphans": 0}
    assert stored() == []
