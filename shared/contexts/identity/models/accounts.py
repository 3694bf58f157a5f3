"""Tables of identity: users, their sessions, their requests, and the public halves of signing keys."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.tables.base import Base, Id, Instant, Now, reference


class User(Base):
    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(
            "roles <@ ARRAY['customer', 'creator', 'vendor', 'moderator', 'admin']::text[] AND cardinality(roles) > 0",
            name="roles",
        ),
        Index("uq_users_email", text("lower(email)"), unique=True),
        Index("ix_users_created_at", "created_at", "id"),
        Index("ix_users_inactive", "created_at", "id", postgresql_where=text("NOT is_active")),
        Index("ix_users_roles", "roles", postgresql_using="gin"),
        Index(
            "ix_users_names",
            text("lower(email) gin_trgm_ops"),
            text("lower(full_name) gin_trgm_ops"),
            postgresql_using="gin",
        ),
    )

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254))
    """As typed; addresses are compared in lower case (unique index below)."""
    password_hash: Mapped[str] = mapped_column(String(100))
    full_name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{customer}'"))
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    email_verified_at: Mapped[Instant | None]
    language: Mapped[str] = mapped_column(String(35), server_default=text("'en'"))
    """A BCP 47 tag: what the user wants to be written to in."""
    marketing_consent_at: Mapped[Instant | None]
    """When the user agreed to mails that they did not ask for; null where they did not, or no longer do."""
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[Now]
    updated_at: Mapped[Now]


class LoginSession(Base):
    """A family of refresh tokens: one sign-in on one device. Reuse of a spent token revokes the whole family."""

    __tablename__ = "login_sessions"
    __table_args__ = (
        Index("ix_login_sessions_user_id", "user_id"),
        Index("ix_login_sessions_last_used_at", "last_used_at"),
    )

    id: Mapped[Id]
    user_id: Mapped[UUID] = mapped_column(reference(User.id, on_delete="CASCADE"))
    user_agent: Mapped[str] = mapped_column(String(300), server_default=text("''"))
    created_at: Mapped[Now]
    last_used_at: Mapped[Now]
    revoked_at: Mapped[Instant | None]
    revoked_reason: Mapped[str | None] = mapped_column(String(40))


class RefreshToken(Base):
    """SHA-256 of an opaque 256-bit token; spent on use."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (Index("ix_refresh_tokens_session_id", "session_id", "expires_at"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    session_id: Mapped[UUID] = mapped_column(reference(LoginSession.id, on_delete="CASCADE"))
    expires_at: Mapped[Instant]
    spent_at: Mapped[Instant | None]
    created_at: Mapped[Now]


class AccountRequest(Base):
    """A link that goes out by mail: it proves an address, takes a change of it back, sets a new password or keeps the
    account, once.
    """

    __tablename__ = "account_requests"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('email_verification', 'email_change', 'password_reset', 'erasure_cancellation',"
            " 'email_reversal')",
            name="kind",
        ),
        Index("ix_account_requests_user_id", "user_id"),
        Index("ix_account_requests_expires_at", "expires_at"),
        # An address that an account may still go back to is nobody else's until then.
        Index("ix_account_requests_reversal", text("lower(email)"), postgresql_where=text("kind = 'email_reversal'")),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[UUID | None] = mapped_column(reference(User.id, on_delete="CASCADE"))
    """Null where no account has the address: a reset leaves the same traces whether or not one does."""
    email: Mapped[str] = mapped_column(String(254))
    """Where the mail goes; of a change, the new address; of its reversal, the old one."""
    created_at: Mapped[Now]
    expires_at: Mapped[Instant]
    used_at: Mapped[Instant | None]


class SigningKey(Base):
    """The public half of an access-token key; the private half is in Secrets Manager."""

    __tablename__ = "signing_keys"

    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    public_jwk: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[Now]
    retired_at: Mapped[Instant | None]
    """After this nothing that the key signed is valid any more."""
