"""identity's API on real PostgreSQL and moto, with keys made by the rotation itself and quick password hashes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from shared import keys, tokens
from shared.contexts.identity.models.accounts import User
from tests.factories import identity
from tests.factories.person import EMAIL, NAME, Life, live_a_life
from tests.support import database_logins
from tests.support.cloud import Cloud
from tests.support.lambda_client import Answer, Context, LambdaClient

PASSWORD = "sunny-orchard-42"
ME = "/api/v1/users/me"
PROFILE = {"full_name": "Ada King", "language": "en", "accepts_marketing": False, "version": 1}


@pytest.fixture(autouse=True)
def _quick_hashes(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD_HASH_COST", "4")


class AccountClient(LambdaClient):
    """identity's API, and profiles' where an account is read and changed, as the gateway has it."""

    def signed_in(self, authorization: Mapping[str, str]) -> LambdaClient:
        return AccountClient(self.handler, {**self.headers, **authorization}, self.source_ip)

    def request(self, method: str, path: str, **options: Any) -> Answer:
        from functions.profiles.handlers.api import handler

        if path.partition("?")[0] == ME and method != "DELETE":
            with database_logins.logged_in("profiles"):
                return LambdaClient(handler, self.headers, self.source_ip).request(method, path, **options)
        return super().request(method, path, **options)


@pytest.fixture
def api(db: Session, aws: Cloud) -> LambdaClient:
    """The API before any key was made."""
    from functions.identity.handlers.api import handler

    return AccountClient(handler, {"user-agent": "tests/1.0"})


@pytest.fixture
def client(api: LambdaClient) -> LambdaClient:
    """The API with signing keys. (Its INIT, if this is the first test to import it, has looked for them before.)"""
    rotate()
    keys.reset()
    return api


@pytest.fixture
def augusta(client: LambdaClient, db: Session) -> User:
    """A customer whose address is proven."""
    return identity.user(db, email=EMAIL, full_name=NAME, password=PASSWORD, verified=True)


@pytest.fixture
def life(augusta: User, db: Session) -> Life:
    """What she did in every context."""
    return live_a_life(db, augusta)


def rotate(**event: Any) -> dict[str, Any]:
    """Invoke the rotation."""
    from functions.identity.handlers.rotate_signing_keys import handler

    return handler(event, Context())


def register(client: LambdaClient, email: str = "ada@example.com", **changed: Any) -> Answer:
    """Register; the answer is that of the API."""
    body = {"email": email, "password": PASSWORD, "full_name": "Ada Lovelace", **changed}
    return client.post("/api/v1/auth/register", json=body)


def log_in(client: LambdaClient, email: str = "ada@example.com", password: str = PASSWORD, **changed: Any) -> Answer:
    """Log in; the answer is that of the API."""
    return client.post("/api/v1/auth/login", json={"email": email, "password": password, **changed})


def refresh(client: LambdaClient, token: str) -> Answer:
    """Use a refresh token in body mode."""
    return client.post("/api/v1/auth/refresh", json={"refresh_token": token})


def bearer(access_token: str) -> dict[str, str]:
    """The header that presents the access token."""
    return {"Authorization": f"Bearer {access_token}"}


def requested(aws: Cloud, event: str) -> list[dict[str, Any]]:
    """The data of each event of this type that is new on the bus, oldest first; looking takes all events away."""
    found = [each["detail"] for each in aws.published() if each["detail-type"] == event]
    return [detail["data"] for detail in sorted(found, key=lambda detail: detail["id"])]


def link(data: dict[str, Any], purpose: str = "email-verification") -> str:
    """The token in the mail that an event asks for, as its sender makes it."""
    return tokens.sign(purpose, UUID(data["request_id"]).bytes)
