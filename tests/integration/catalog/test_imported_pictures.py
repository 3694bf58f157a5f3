"""Pictures that product files name: fetched from a server of the test's own, processed by media, shown in the place of
their addresses; what cannot be fetched stands in the report.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from sqlalchemy.orm import Session

from functions.catalog.errors import ImportInProgressError
from functions.catalog.repository import imported_pictures
from functions.catalog.service.imports import picture_fetching, run
from functions.catalog.settings import PictureFetchSettings
from shared import settings
from shared.clients import database, storage
from shared.contexts.catalog.models.imports import ImportedPicture
from shared.contexts.catalog.models.products import Product, ProductImage, Variant
from shared.contexts.media import incoming
from shared.contexts.media.models import MediaFile
from shared.settings import SettingsError
from tests.support import database_logins
from tests.support import pictures as drawn
from tests.support.cloud import IMPORTS_BUCKET, MEDIA_BUCKET, Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.product_files import ROOT, UPLOAD, ends, imported, product_file, report, upload, work

PICTURES: dict[str, tuple[int, bytes]] = {}


class PictureServer(BaseHTTPRequestHandler):
    """Answers what `PICTURES` says, and counts."""

    requests: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.requests.append(self.path)
        status, content = PICTURES.get(self.path, (404, b""))
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", content.decode())
            content = b""
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Not into the test's output."""


@pytest.fixture
def pictures_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server of pictures; loopback servers are allowed."""
    monkeypatch.setenv("FETCH_LOOPBACK_PICTURES", "true")
    settings.reset()
    server = ThreadingHTTPServer(("127.0.0.1", 0), PictureServer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    PICTURES.clear()
    PictureServer.requests.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    settings.reset()


def event(name: str, handler: str, data: dict[str, Any], *, receive_count: int = 1) -> dict[str, Any]:
    """The queue's event: the sample in `events/` with this domain event."""
    sample: dict[str, Any] = json.loads((ROOT / f"events/catalog/{handler}.json").read_text())
    [record] = sample["Records"]
    body = json.loads(record["body"])
    body["detail-type"] = body["detail"]["type"] = name
    body["detail"]["data"] = data
    record["body"] = json.dumps(body)
    record["attributes"]["ApproximateReceiveCount"] = str(receive_count)
    return sample


class _Patient(Context):
    def get_remaining_time_in_millis(self) -> int:
        return 120_000


def fetch(import_id: str, *, receive_count: int = 1, context: Context | None = None) -> Any:
    from functions.catalog.handlers.fetch_pictures import handler

    sample = event("PicturesRequested", "fetch_pictures", {"import_id": import_id}, receive_count=receive_count)
    return handler(sample, context or _Patient())


def process(db: Session, aws: Cloud) -> None:
    """Media processes what has arrived, and catalog hears of it."""
    from functions.catalog.handlers.on_picture_processed import handler

    db.rollback()
    waiting = [str(media_id) for (media_id,) in db.query(MediaFile.id).filter_by(status="pending")]
    aws.published()
    with database_logins.logged_in("media"):
        for media_id in waiting:
            drawn.work(media_id)
    for message in aws.published():
        if message["detail-type"] in ("MediaReady", "MediaRejected"):
            sample = event(message["detail-type"], "on_picture_processed", message["detail"]["data"])
            assert handler(sample, _Patient()) == {"batchItemFailures": []}


def shown(db: Session) -> list[str]:
    db.rollback()
    return [image.url for image in db.query(ProductImage).order_by(ProductImage.position)]


def of_import(admin: LambdaClient, done: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = admin.get(f"{UPLOAD}s/{done['id']}").json()
    return answer


def rows(base: str, *names: str) -> list[dict[str, str]]:
    first = {"Handle": "pot", "Title": "Pot", "Variant Price": "1", "Variant Image": f"{base}/{names[0]}"}
    return [
        {**first, "Image Src": f"{base}/{names[0]}", "Image Alt Text": "front"},
        *({"Handle": "pot", "Image Src": f"{base}/{name}"} for name in names[1:]),
    ]


def test_a_picture_is_shown_by_its_address_until_it_is_in_media(
    admin: LambdaClient, guest: LambdaClient, db: Session, aws: Cloud, pictures_at: str
) -> None:
    PICTURES["/front.jpg"] = (200, drawn.picture(900, 600))
    PICTURES["/moved.jpg"] = (302, b"/back.jpg")
    PICTURES["/back.jpg"] = (200, drawn.picture(300, 300, "PNG"))
    file = product_file(*rows(pictures_at, "front.jpg", "moved.jpg"))
    done = imported(admin, file)
    assert (done["pictures"], done["pictures_ready"], ends(done)) == (2, 0, (2, 0, 0, 0, 0))
    [requested] = [e for e in aws.published() if e["detail-type"] == "PicturesRequested"]
    assert requested["detail"]["data"] == {"import_id": done["id"]}
    addresses = [f"{pictures_at}/front.jpg", f"{pictures_at}/moved.jpg"]
    assert fetch(done["id"]) == {"batchItemFailures": []}
    assert shown(db) == addresses
    version = db.query(Product.version).scalar()
    process(db, aws)
    assert all("/media/" in url and pictures_at not in url for url in shown(db))
    page = guest.get("/api/v1/products/pot").json()
    assert [(image["alt"], image["width"]) for image in page["images"]] == [("front", 900), ("", 300)]
    assert page["variants"][0]["image_url"] == page["images"][0]["url"]
    assert db.query(Product.version).scalar() > version
    now = of_import(admin, done)
    assert (now["pictures"], now["pictures_ready"], now["pictures_failed"]) == (2, 2, 0)
    again = imported(admin, file)
    assert (again["products_unchanged"], again["pictures"], ends(again)) == (1, 0, (0, 0, 2, 0, 0))
    exported = imported(admin, admin.get("/api/v1/admin/products/export").body)
    assert (exported["products_unchanged"], exported["pictures"]) == (1, 0)


def test_what_cannot_be_fetched_stays_an_address_and_stands_in_the_report(
    admin: LambdaClient, db: Session, aws: Cloud, pictures_at: str
) -> None:
    PICTURES["/good.jpg"] = (200, drawn.picture())
    PICTURES["/page.jpg"] = (200, b"<html>not a picture</html>")
    PICTURES["/inside.jpg"] = (302, b"http://169.254.169.254/latest/meta-data/")
    names = ["good.jpg", "missing.jpg", "page.jpg", "inside.jpg"]
    done = imported(admin, product_file(*rows(pictures_at, *names)))
    assert fetch(done["id"]) == {"batchItemFailures": []}
    process(db, aws)
    now = of_import(admin, done)
    assert (now["pictures"], now["pictures_ready"], now["pictures_failed"]) == (4, 1, 3)
    assert [url.rpartition("/")[2] for url in shown(db)[1:]] == names[1:]
    lines = report(now)
    assert [line["Result"] for line in lines] == ["created"] * 4 + ["picture_failed"] * 3
    assert ends(now) == (4, 0, 0, 0, 0)
    assert [line["Row"] for line in lines[4:]] == ["3", "4", "5"]
    reasons = ("the server answered 404", "it is no picture that can be shown (not_an_image)", "public web")
    for name, line, reason in zip(names[1:], lines[4:], reasons, strict=True):
        assert line["Left Out"].startswith(f"{pictures_at}/{name}: ")
        assert line["Left Out"].endswith(reason)


def test_a_failed_picture_is_tried_again_by_the_next_import(
    admin: LambdaClient, db: Session, aws: Cloud, pictures_at: str
) -> None:
    file = product_file(*rows(pictures_at, "late.jpg"))
    done = imported(admin, file)
    fetch(done["id"])
    assert of_import(admin, done)["pictures_failed"] == 1
    PICTURES["/late.jpg"] = (200, drawn.picture())
    again = imported(admin, file)
    assert (again["products_unchanged"], again["pictures"]) == (1, 1)
    fetch(again["id"])
    process(db, aws)
    assert of_import(admin, again)["pictures_ready"] == 1
    assert pictures_at not in shown(db)[0]


def test_a_server_that_is_down_is_asked_again_later_and_not_for_ever(
    admin: LambdaClient, db: Session, pictures_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_fetching, "CLAIM_SECONDS", 0.0)
    PICTURES["/busy.jpg"] = (503, b"")
    done = imported(admin, product_file(*rows(pictures_at, "busy.jpg")))
    fetch(done["id"])
    assert len(PictureServer.requests) == picture_fetching.MAX_ATTEMPTS
    now = of_import(admin, done)
    assert (now["pictures_failed"], report(now)[-1]["Left Out"]) == (
        1,
        f"{pictures_at}/busy.jpg: the server answered 503",
    )


def test_pictures_that_wait_bring_the_message_back_until_it_is_the_last_one(
    admin: LambdaClient, db: Session, pictures_at: str
) -> None:
    PICTURES["/busy.jpg"] = (503, b"")
    done = imported(admin, product_file(*rows(pictures_at, "busy.jpg")))
    assert len(fetch(done["id"])["batchItemFailures"]) == 1
    assert len(fetch(done["id"])["batchItemFailures"]) == 1  # it is left alone for a minute
    assert len(PictureServer.requests) == 1
    assert fetch(done["id"], receive_count=5) == {"batchItemFailures": []}
    assert of_import(admin, done)["pictures_failed"] == 1


def test_a_worker_out_of_time_leaves_the_rest_to_another_message(
    admin: LambdaClient, aws: Cloud, pictures_at: str
) -> None:
    PICTURES["/1.jpg"] = (200, drawn.picture())
    done = imported(admin, product_file(*rows(pictures_at, "1.jpg")))
    aws.published()

    class Hasty(Context):
        def get_remaining_time_in_millis(self) -> int:
            return 0

    assert fetch(done["id"], context=Hasty()) == {"batchItemFailures": []}
    assert PictureServer.requests == []
    assert [e["detail-type"] for e in aws.published()] == ["PicturesRequested"]


def test_a_worker_that_died_before_storing_is_followed_by_another(
    admin: LambdaClient, db: Session, aws: Cloud, pictures_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_fetching, "CLAIM_SECONDS", 0.0)
    PICTURES["/1.jpg"] = (200, drawn.picture())
    done = imported(admin, product_file(*rows(pictures_at, "1.jpg")))
    store = incoming.store

    def die(*_: Any) -> None:
        raise ConnectionError("gone")

    monkeypatch.setattr(incoming, "store", die)
    assert len(fetch(done["id"])["batchItemFailures"]) == 1
    monkeypatch.setattr(incoming, "store", store)
    assert fetch(done["id"]) == {"batchItemFailures": []}
    assert fetch(done["id"]) == {"batchItemFailures": []}  # delivered twice: fetched once
    db.rollback()
    [media_id] = [str(picture.media_id) for picture in db.query(ImportedPicture)]
    assert storage.size(MEDIA_BUCKET, f"uploads/{media_id}") is not None
    drawn_ids = {str(media_id) for (media_id,) in db.query(MediaFile.id)} - {media_id}
    db.query(MediaFile).filter(MediaFile.id.in_(drawn_ids)).delete()  # never arrived: media removes it in a day
    db.commit()
    process(db, aws)
    assert of_import(admin, done)["pictures_ready"] == 1


def test_a_product_that_shows_something_else_by_then_keeps_it(
    admin: LambdaClient, db: Session, aws: Cloud, pictures_at: str
) -> None:
    PICTURES["/1.jpg"] = (200, drawn.picture())
    done = imported(admin, product_file(*rows(pictures_at, "1.jpg")))
    fetch(done["id"])
    product = db.query(Product).one()
    change = {"version": product.version, "images": [{"url": "https://pictures.example/own.jpg"}]}
    assert admin.patch(f"/api/v1/admin/products/{product.id}", json=change).status == 200
    process(db, aws)
    assert shown(db) == ["https://pictures.example/own.jpg"]
    assert of_import(admin, done)["pictures_ready"] == 1


def test_pictures_are_claimed_by_one_worker_each(admin: LambdaClient, db: Session, pictures_at: str) -> None:
    done = imported(admin, product_file(*rows(pictures_at, "1.jpg", "2.jpg")))
    claims = [imported_pictures.claim(database.connection(), done["id"], seconds=60) for _ in range(3)]
    assert [None if claim is None else claim.url[-5:] for claim in claims] == ["1.jpg", "2.jpg", None]


def test_without_the_allowance_no_loopback_server_is_asked(
    admin: LambdaClient, db: Session, pictures_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = imported(admin, product_file(*rows(pictures_at, "1.jpg")))
    monkeypatch.setenv("FETCH_LOOPBACK_PICTURES", "false")
    settings.reset()
    fetch(done["id"])
    assert PictureServer.requests == []
    assert "port" in report(of_import(admin, done))[-1]["Left Out"]


def test_the_allowance_cannot_be_on_where_functions_are_deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    deployed = dict.fromkeys(("environment", "service", "database_url", "event_bus_name", "table_name"), "x")
    both = PictureFetchSettings(**deployed, database_auth="iam", fetch_loopback_pictures="true")
    with pytest.raises(SettingsError):
        _ = both.allows_loopback
    assert PictureFetchSettings(**deployed, database_auth="iam").allows_loopback is False


def test_the_fetched_file_is_private_until_it_is_processed(admin: LambdaClient, db: Session, pictures_at: str) -> None:
    PICTURES["/1.jpg"] = (200, drawn.picture())
    done = imported(admin, product_file(*rows(pictures_at, "1.jpg")))
    fetch(done["id"])
    media = db.query(MediaFile).one()
    assert (media.purpose, media.status, media.file_name, media.url) == ("product", "pending", "1.jpg", None)
    assert db.query(Variant).one().image_url == f"{pictures_at}/1.jpg"


def test_pictures_that_fail_before_the_import_ends_stand_in_its_report(
    admin: LambdaClient, pictures_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH_PRODUCTS", 1)
    second = {"Handle": "jug", "Title": "Jug", "Variant Price": "1"}
    import_id = upload(admin, product_file(*rows(pictures_at, "missing.jpg"), second))
    time_left = iter([True, False])
    with pytest.raises(ImportInProgressError):
        run.run_import(
            uuid.UUID(import_id),
            bucket=IMPORTS_BUCKET,
            key=f"imports/{import_id}.csv",
            time_is_left=lambda: next(time_left),
        )
    assert fetch(import_id) == {"batchItemFailures": []}
    assert of_import(admin, {"id": import_id})["report_url"] is None
    work(import_id)
    done = of_import(admin, {"id": import_id})
    assert (done["pictures_failed"], ends(done)) == (1, (2, 0, 0, 0, 0))
    assert [line["Result"] for line in report(done)] == ["created", "created", "picture_failed"]
