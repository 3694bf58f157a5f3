"""Reviews, their authors' names and the shop's answers are judged by keyword rules."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.contexts.moderation.models.keywords import Screening
from shared.contexts.moderation.models.reports import ReportCase
from tests.factories import catalog, identity, moderation
from tests.factories.reviews import miscounted, review
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.tokens import TestSigningKey


@pytest.fixture
def ada(db: Session) -> User:
    return identity.user(db)


@pytest.fixture
def hers(guest: LambdaClient, ada: User, signing_key: TestSigningKey) -> LambdaClient:
    return guest.signed_in(signing_key.authorization(ada))


def write(client: LambdaClient, product_id: object, body: str, **changed: object) -> Answer:
    content = {"rating": 5, "title": "Fine", "body": body, **changed}
    return client.post(f"/api/v1/products/{product_id}/reviews", json=content)


def test_a_refused_word_is_named(hers: LambdaClient, db: Session) -> None:
    moderation.keyword_rule(db, "加微信", "refuse")
    refused = write(hers, catalog.product(db).id, "好用，加.微.信")
    assert (refused.status, refused.json()["code"]) == (422, "text_refused")
    assert refused.json()["errors"][0]["field"] == "body.body"
    assert db.scalars(select(ReportCase)).all() == []


def test_a_held_review_is_read_by_its_author_alone_and_does_not_count(
    guest: LambdaClient, hers: LambdaClient, ada: User, db: Session
) -> None:
    moderation.keyword_rule(db, "signals", "hold")
    product = catalog.product(db)
    made = write(hers, product.id, "S1gnals inside")
    assert made.status == 201
    assert (made.json()["status"], made.json()["held_reason"]) == ("hidden", "Held until a moderator has read it")
    assert guest.get(f"/api/v1/reviews/{made.json()['id']}").status == 404
    case = db.scalars(select(ReportCase)).one()
    assert (case.target_kind, str(case.target_id), case.owner_id) == ("review", made.json()["id"], ada.id)
    assert (case.is_held, db.scalars(select(Screening.field)).all()) == (True, ["body"])


def test_an_edit_is_judged_as_a_new_review(hers: LambdaClient, ada: User, db: Session) -> None:
    moderation.keyword_rule(db, "signals", "hold")
    product = catalog.product(db)
    made = review(db, product, ada)
    changed = hers.patch(f"/api/v1/reviews/{made.id}", json={"version": 1, "title": "Signals"})
    assert (changed.status, changed.json()["status"]) == (200, "hidden")
    db.refresh(product)
    assert (product.rating_count, miscounted(db)) == (0, [])


def test_the_name_that_a_review_is_shown_under_is_judged(
    guest: LambdaClient, signing_key: TestSigningKey, db: Session
) -> None:
    moderation.keyword_rule(db, "signals", "flag")
    eve = guest.signed_in(signing_key.authorization(identity.user(db, full_name="Signals Daily")))
    assert write(eve, catalog.product(db).id, "Good").json()["status"] == "published"
    assert db.scalars(select(Screening.field)).all() == ["author"]


def test_the_shop_s_answer_is_refused_where_another_text_would_be_held(admin: LambdaClient, db: Session) -> None:
    moderation.keyword_rule(db, "signals", "hold")
    made = review(db, catalog.product(db), identity.user(db))
    refused = admin.put(f"/api/v1/admin/reviews/{made.id}/reply", json={"body": "Ask for signals"})
    assert (refused.status, refused.json()["code"]) == (422, "text_refused")
