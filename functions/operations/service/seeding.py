"""A shop to start with: sample products and an administrator; if wanted, a demo. Doing it again changes nothing."""

from __future__ import annotations

import secrets
import unicodedata
from typing import Final, TypedDict
from uuid import UUID

from functions.operations import demo_repository, seed_repository
from functions.operations.errors import SeedRefusedError
from functions.operations.service import sample_files
from functions.operations.service.demo import Demo
from functions.operations.service.demo import add as add_demo
from functions.operations.service.sample_catalogue import CATEGORIES, PRODUCTS
from shared import outbox
from shared.clients.database import Connection
from shared.events import ProductChanged
from shared.transactions import product_search

DEFAULT_EMAIL: Final = "admin@sharestack.example"
BCRYPT_COST: Final = 12
MAX_EMAIL_CHARACTERS: Final = 254
MIN_PASSWORD_CHARACTERS: Final = 10
MAX_PASSWORD_BYTES: Final = 72
"""bcrypt ignores what follows."""


class Credentials(TypedDict):
    """The administrator. `password` is there only when this run made or changed it."""

    email: str
    password: str | None


class Seeded(TypedDict):
    """What this run added."""

    categories: int
    products: int
    admin: Credentials
    demo: Demo | None


def seed(connection: Connection, *, email: str | None, password: str | None, with_demo: bool = False) -> Seeded:
    """Add what is missing, in the caller's transaction. The demo adds more products, customers, orders and prices to a
    shop in which nobody has bought anything.

    Raises SeedRefusedError for an address or a password that cannot be used, and for an address whose account is not an
    administrator's unless a password says that it shall become one.
    """
    email = email or DEFAULT_EMAIL
    _check(email, password)
    seed_repository.lock(connection)
    wants_demo = with_demo and not demo_repository.has_orders(connection)
    categories, products = list(CATEGORIES), list(PRODUCTS)
    if wants_demo:
        categories += sample_files.CATEGORIES
        products += sample_files.products()
    added_categories = sum(
        seed_repository.add_category(connection, category, position) for position, category in enumerate(categories)
    )
    added = [seed_repository.add_product(connection, product) for product in products]
    product_ids = [product_id for product_id in added if product_id is not None]
    admin_id, credentials = _seed_admin(connection, email, password)
    demo = add_demo(connection, admin_id=admin_id, hash_password=_hash) if wants_demo else None
    for product_id in product_ids:
        outbox.record(connection, ProductChanged(product_id=product_id))
    product_search.index(connection, product_ids)
    return {"categories": added_categories, "products": len(product_ids), "admin": credentials, "demo": demo}


def _seed_admin(connection: Connection, email: str, password: str | None) -> tuple[UUID, Credentials]:
    account = seed_repository.account(connection, email)
    if account is None:
        chosen = password or secrets.token_urlsafe(15)
        return seed_repository.add_admin(connection, email, _hash(chosen)), {"email": email, "password": chosen}
    is_admin = "admin" in account.roles
    if password is None:
        if not is_admin:
            raise SeedRefusedError(f"{account.email} is the account of somebody without the role; give a password")
        return account.id, {"email": account.email, "password": None}
    if is_admin and account.is_active and _matches(password, account.password_hash):
        return account.id, {"email": account.email, "password": None}
    seed_repository.make_admin(connection, account.id, _hash(password))
    return account.id, {"email": account.email, "password": password}


def _check(email: str, password: str | None) -> None:
    if "@" not in email or len(email) > MAX_EMAIL_CHARACTERS:
        raise SeedRefusedError(f"{email!r} is not an e-mail address")
    if password is None:
        return
    if len(password) < MIN_PASSWORD_CHARACTERS:
        raise SeedRefusedError(f"The administrator's password needs {MIN_PASSWORD_CHARACTERS} characters or more")
    if len(_encoded(password)) > MAX_PASSWORD_BYTES:
        raise SeedRefusedError(f"The administrator's password may have {MAX_PASSWORD_BYTES} bytes at most")


def _hash(password: str) -> str:
    import bcrypt

    return bcrypt.hashpw(_encoded(password), bcrypt.gensalt(BCRYPT_COST)).decode()


def _matches(password: str, hashed: str) -> bool:
    import bcrypt

    try:
        return bcrypt.checkpw(_encoded(password), hashed.encode())
    except ValueError:  # an account that cannot sign in with a password
        return False


def _encoded(password: str) -> bytes:
    """As `identity` encodes it at login (NIST SP 800-63B, section 3.1.1.2: normalise before hashing)."""
    return unicodedata.normalize("NFKC", password).encode()
