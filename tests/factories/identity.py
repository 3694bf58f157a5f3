"""Users."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from shared.models.identity import User
from shared.permissions import Role

UNUSABLE_PASSWORD = "!"


def user(db: Session, *roles: Role, email: str | None = None, full_name: str = "Ada Lovelace") -> User:
    """A committed user with these roles (a customer where none is named)."""
    made = User(
        email=email or f"{uuid.uuid4().hex[:12]}@example.com",
        full_name=full_name,
        password_hash=UNUSABLE_PASSWORD,
        roles=[role.value for role in roles or (Role.CUSTOMER,)],
    )
    db.add(made)
    db.commit()
    return made
