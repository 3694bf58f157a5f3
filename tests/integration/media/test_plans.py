"""However many pictures there are, each is found by an index; only the daily sweep looks through what is ready."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories import catalog as products
from tests.support.lambda_client import Context, LambdaClient
from tests.support.pictures import uploaded
from tests.support.plans import executed, table_scans


def test_every_statement_of_uploads_and_of_those_who_show_them_finds_its_rows_by_index(
    customer: LambdaClient, staff: LambdaClient, catalog: LambdaClient, db: Session, database_url: str
) -> None:
    shop, reviewer, pot = catalog.signed_in(staff.headers), catalog.signed_in(customer.headers), products.product(db)
    with executed() as statements:
        picture = uploaded(staff, purpose="product")
        own = uploaded(customer)
        page = customer.get("/api/v1/media", query={"limit": "1"}).json()
        assert page["items"]
        body = {
            "name": "Pot",
            "currency": "USD",
            "variants": [{"price_amount": 1}],
            "images": [{"media_id": picture["id"]}],
        }
        assert shop.post("/api/v1/admin/products", json=body).status == 201
        review = {"rating": 5, "title": "Good", "body": "Good.", "images": [{"media_id": own["id"]}]}
        assert reviewer.post(f"/api/v1/products/{pot.id}/reviews", json=review).status == 201
        assert staff.delete(f"/api/v1/media/{picture['id']}").status == 409
    about_media = {statement: how for statement, how in statements.items() if "media" in statement}
    assert len(about_media) >= 10
    assert table_scans(database_url, about_media) == {}


def test_the_sweep_reads_by_index_what_is_due(customer: LambdaClient, db: Session, database_url: str) -> None:
    from functions.media.handlers.remove_unused import handler

    uploaded(customer)
    db.execute(text("UPDATE media_files SET remove_after = now()"))
    db.commit()
    with executed() as statements:
        handler(json.loads(Path("events/media/remove_unused.json").read_text()), Context())
    scans = table_scans(database_url, statements)
    assert [name for name in scans if "usage.shown" not in name] == []
