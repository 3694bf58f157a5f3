"""Users."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import bcrypt
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import AccountRequest, LoginSession, User
from shared.contexts.identity.models.privacy import AccountErasure, DataExport
from shared.permissions import Role

UNUSABLE_PASSWORD = "!"
QUICK_COST = 4


def user(
    db: Session,
    *roles: Role,
    email: str | None = None,
    full_name: str = "Ada Lovelace",
    password: str | None = None,
    is_active: bool = True,
    language: str = "en",
    accepts_marketing: bool = False,
    verified: bool = True,
) -> User:
    """A committed user with these roles (a customer where none is named); without `password` nobody can log in."""
    now = datetime.now(UTC)
    made = User(
        email=email or f"{uuid.uuid4().hex[:12]}@example.com",
        full_name=full_name,
        password_hash=_quick_hash(password) if password else UNUSABLE_PASSWORD,
        is_active=is_active,
        language=language,
        marketing_consent_at=now if accepts_marketing else None,
        email_verified_at=now if verified else None,
        roles=[role.value for role in roles or (Role.CUSTOMER,)],
    )
    db.add(made)
    db.commit()
    return made


def login_session(db: Session, owner: User, *, user_agent: str = "tests/1.0") -> LoginSession:
    """A committed session of the user, without a token."""
    made = LoginSession(user_id=owner.id, user_agent=user_agent)
    db.add(made)
    db.commit()
    return made


def account_request(db: Session, owner: User, kind: str, *, email: str | None = None) -> AccountRequest:
    """A committed request, open for an hour."""
    made = AccountRequest(
        kind=kind, user_id=owner.id, email=email or owner.email, expires_at=datetime.now(UTC) + timedelta(hours=1)
    )
    db.add(made)
    db.commit()
    return made


def leaving(db: Session, owner: User) -> AccountErasure:
    """A committed wish to be erased in two weeks, and the account closed."""
    made = AccountErasure(user_id=owner.id, with_reviews=False, due_at=datetime.now(UTC) + timedelta(days=14))
    owner.is_active = False
    db.add(made)
    db.commit()
    return made


def data_export(db: Session, owner: User, *, status: str = "pending") -> DataExport:
    """A committed copy of the user's data, kept for a week; its file is not there."""
    made = DataExport(user_id=owner.id, status=status, expires_at=datetime.now(UTC) + timedelta(days=7))
    db.add(made)
    db.commit()
    return made


def _quick_hash(password: str) -> str:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(QUICK_COST)).decode()
