"""The seed, through its handler."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import bcrypt
import psycopg
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from functions.operations import seed_repository
from functions.operations.errors import SeedRefusedError
from functions.operations.handlers.seed import handler
from functions.operations.service import seeding
from shared import settings
from shared.models.catalog import Category, Product, ProductImage, StockLevel, StockMovement, Variant
from shared.models.identity import LoginSession, User
from shared.models.ordering import Order
from tests.factories import identity
from tests.support import logs
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context

EVENTS = Path(__file__).parents[3] / "events" / "operations"
PASSWORD = "correct horse battery staple"

pytestmark = pytest.mark.usefixtures("aws")


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """bcrypt's least cost: what takes a quarter of a second in a deployment takes a millisecond here."""
    monkeypatch.setattr(seeding, "BCRYPT_COST", 4)


def count(db: Session, model: type) -> int:
    db.rollback()
    return db.scalar(select(func.count()).select_from(model)) or 0


def admin(db: Session) -> User:
    db.rollback()
    return db.scalars(select(User).where(User.roles.contains(["admin"]))).one()


def opens(password: str, user: User) -> bool:
    return bcrypt.checkpw(password.encode(), user.password_hash.encode())


def test_a_fresh_database_gets_categories_products_and_an_administrator(db: Session) -> None:
    outcome = handler({}, Context())
    assert (outcome["categories"], outcome["products"]) == (3, 10)
    assert (count(db, Category), count(db, Product)) == (3, 10)
    assert outcome["admin"]["email"] == admin(db).email == "admin@sharestack.example"
    assert set(admin(db).roles) == {"customer", "admin"}
    generated = outcome["admin"]["password"]
    assert generated is not None
    assert len(generated) == 20
    assert opens(generated, admin(db))


def test_every_product_can_be_shown_and_bought(db: Session) -> None:
    handler({}, Context())
    for product in db.scalars(select(Product)):
        variants = list(db.scalars(select(Variant).where(Variant.product_id == product.id)))
        prices = [variant.price_amount for variant in variants]
        assert (product.price_min, product.price_max) == (min(prices), max(prices))
        assert product.category_id is not None
        assert all(len(variant.option_values) == len(product.option_names) for variant in variants)
        assert db.scalar(select(func.count()).where(ProductImage.product_id == product.id))
    assert count(db, StockLevel) == count(db, Variant)
    skus = list(db.scalars(select(Variant.sku)))
    assert len(set(skus)) == len(skus)


def test_stock_equals_the_sum_of_its_movements(db: Session) -> None:
    handler({}, Context())
    moved = select(func.coalesce(func.sum(StockMovement.quantity), 0)).where(
        StockMovement.variant_id == StockLevel.variant_id
    )
    assert db.scalars(select(StockLevel.variant_id).where(StockLevel.on_hand != moved.scalar_subquery())).all() == []
    assert db.scalar(select(func.sum(StockLevel.on_hand)))


def test_new_products_are_announced_and_known_ones_are_not(db: Session, aws: Cloud) -> None:
    handler({}, Context())
    assert [event["detail-type"] for event in aws.published()] == ["ProductChanged"] * 10
    handler({}, Context())
    assert aws.published() == []


def test_seeding_again_changes_nothing_and_tells_no_password(db: Session) -> None:
    handler({}, Context())
    db.rollback()
    before = (admin(db).password_hash, admin(db).version, count(db, StockMovement))
    again = handler({}, Context())
    assert again == {
        "categories": 0,
        "products": 0,
        "admin": {"email": "admin@sharestack.example", "password": None},
        "demo": None,
    }
    assert (admin(db).password_hash, admin(db).version, count(db, StockMovement)) == before


def test_what_the_operator_changed_or_deleted_stays_so(db: Session) -> None:
    handler({}, Context())
    changed, deleted = db.scalars(select(Product).order_by(Product.id).limit(2))
    changed.name, deleted.deleted_at = "Renamed", datetime.now(UTC)
    db.commit()
    assert handler({}, Context())["products"] == 0
    db.rollback()
    assert changed.name == "Renamed"
    assert deleted.deleted_at is not None


def test_two_seeds_at_once_make_one_shop(db: Session, database_url: str) -> None:
    def seed(_number: int) -> int:
        with psycopg.connect(database_url, row_factory=psycopg.rows.dict_row) as connection:
            return seeding.seed(connection, email=None, password=PASSWORD)["products"]

    with ThreadPoolExecutor(4) as executor:
        added = sorted(executor.map(seed, range(4)))
    assert added == [0, 0, 0, 10]
    assert (count(db, Product), count(db, User)) == (10, 1)


def test_the_event_names_the_administrator(db: Session) -> None:
    outcome = handler(json.loads((EVENTS / "seed.json").read_text()), Context())
    assert outcome["admin"] == {"email": "owner@example.com", "password": PASSWORD}
    assert opens(PASSWORD, admin(db))


def test_the_environment_names_the_administrator(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_EMAIL", "env@example.com")
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    assert handler(None, Context())["admin"] == {"email": "env@example.com", "password": PASSWORD}
    assert handler(None, Context())["admin"] == {"email": "env@example.com", "password": None}


def test_an_administrator_given_a_new_password_loses_the_old_one_and_its_sessions(db: Session) -> None:
    handler({"admin_password": PASSWORD}, Context())
    session = LoginSession(user_id=admin(db).id)
    db.add(session)
    db.commit()
    outcome = handler({"admin_password": "another long password"}, Context())
    assert outcome["admin"]["password"] == "another long password"
    db.refresh(session)
    assert session.revoked_reason == "password_changed"
    assert opens("another long password", admin(db))
    assert not opens(PASSWORD, admin(db))


def test_a_customer_who_registered_the_address_first_does_not_become_administrator(db: Session) -> None:
    squatter = identity.user(db, email="Admin@ShareStack.example")
    with pytest.raises(SeedRefusedError, match="without the role"):
        handler({}, Context())
    db.refresh(squatter)
    assert squatter.roles == ["customer"]
    assert count(db, Product) == 0, "a refused seed leaves nothing"


def test_with_a_password_the_operator_takes_such_an_account_over(db: Session) -> None:
    customer = identity.user(db, email="owner@example.com")
    handler({"admin_email": "owner@example.com", "admin_password": PASSWORD}, Context())
    db.refresh(customer)
    assert customer.roles == ["customer", "admin"]
    assert opens(PASSWORD, customer)


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"admin_password": "short"}, "10 characters"),
        ({"admin_password": "密" * 25}, "72 bytes"),
        ({"admin_email": "not-an-address"}, "not an e-mail address"),
    ],
)
def test_what_could_not_sign_in_is_refused(event: dict[str, str], reason: str, db: Session) -> None:
    with pytest.raises(SeedRefusedError, match=reason):
        handler(event, Context())
    assert count(db, User) == 0


def test_the_password_is_not_logged(db: Session) -> None:
    with logs.recorded() as printed:
        outcome = handler({}, Context())
    assert "seeded" in printed.getvalue()
    assert str(outcome["admin"]["password"]) not in printed.getvalue()


def test_movements_say_where_the_stock_came_from(db: Session) -> None:
    handler({}, Context())
    assert set(db.scalars(select(StockMovement.reason))) == {seed_repository.STOCK_REASON}


def test_a_demo_is_added_where_it_is_asked_for(db: Session, aws: Cloud) -> None:
    handler({}, Context())
    before = (count(db, Product), count(db, User))
    assert (before, count(db, Order)) == ((10, 1), 0)
    demo = handler({"demo": True}, Context())["demo"]
    assert demo is not None
    assert count(db, Order) == demo["orders"] > 10
    assert count(db, User) == 1 + demo["customers"]
    assert count(db, Product) == 70
    assert {event["detail-type"] for event in aws.published()} == {"ProductChanged"}
    assert handler({"demo": True}, Context())["demo"] is None


def test_what_the_shop_lacks_is_left_out_of_the_demo(db: Session) -> None:
    """The operator deleted a product, sold another out, and has an account with a customer's address."""
    handler({}, Context())
    identity.user(db, email="Lena@customers.example")
    db.execute(text("UPDATE variants SET deleted_at = now() WHERE sku = 'SKILLET-26'"))
    db.execute(text("UPDATE stock_levels SET on_hand = 0 FROM variants WHERE id = variant_id AND sku = 'WAX-30'"))
    db.commit()
    demo = handler({"demo": True}, Context())["demo"]
    assert demo is not None
    assert demo["customers"] == 6
    assert 0 < demo["orders"] < 12
    lacking = text("SELECT count(*) FROM order_items WHERE sku IN ('SKILLET-26', 'WAX-30')")
    assert db.execute(lacking).scalar() == 0


@pytest.mark.parametrize("where", ["staging", "prod"])
def test_only_a_shop_under_development_gets_a_demo(db: Session, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.setenv("ENVIRONMENT", where)
    settings.forget()
    with pytest.raises(SeedRefusedError, match="development only"):
        handler({"demo": True}, Context())
    assert count(db, User) == 0
