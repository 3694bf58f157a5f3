"""A customer who agreed to offers, an operator, and a look at what SES is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy.orm import Session

from shared.clients import mail
from shared.contexts.identity.models.accounts import User
from tests.factories import identity
from tests.integration.notifications.stage import (
    OPERATOR,
    consenting,
)


@pytest.fixture(autouse=True)
def operator(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPERATOR_EMAIL", OPERATOR)


@pytest.fixture
def asked() -> Iterator[list[dict[str, Any]]]:
    """What SES is asked to send. (moto keeps neither the text beside the HTML nor the headers.)"""
    seen: list[dict[str, Any]] = []
    send = mail.send

    def note(**message: Any) -> str:
        seen.append(message)
        return send(**message)

    with patch.object(mail, "send", note):
        yield seen


@pytest.fixture
def ada(db: Session) -> User:
    """A customer who agreed to offers."""
    return consenting(db, identity.user(db, email="ada@example.com"))
