"""What identity tells: accounts, links by mail, copies of data, the end of accounts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.events import DomainEvent


class UserRegistered(DomainEvent):
    source = "sharestack.identity"

    user_id: UUID


class EmailVerificationRequested(DomainEvent):
    """An address has to be verified. The mail's link is made by its sender: no secret is put on the bus."""

    source = "sharestack.identity"

    request_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    expires_at: datetime
    is_change: bool = False
    """Whether an account that has another address is to have this one; otherwise it was opened with it."""


class PasswordResetRequested(DomainEvent):
    """A password reset was requested for an account. The mail's link is made by its sender."""

    source = "sharestack.identity"

    request_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    expires_at: datetime


class PasswordResetUnmatched(DomainEvent):
    """A password reset was requested for an address without an active account. No mail is sent: the event exists so
    that a request takes the same work whether or not there is an account.
    """

    source = "sharestack.identity"

    request_id: UUID


class PasswordChanged(DomainEvent):
    """The password of an account was changed by who knew the old one, or by a link."""

    source = "sharestack.identity"

    user_id: UUID
    email: str
    language: str = "en"
    changed_at: datetime


class EmailChanged(DomainEvent):
    """An account has another address. `email` is the one before, whose mail has a link that takes the change back."""

    source = "sharestack.identity"

    request_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    expires_at: datetime


class RefreshTokenReused(DomainEvent):
    """A spent refresh token was used again, so that its session was ended: two parties had it."""

    source = "sharestack.identity"

    user_id: UUID
    email: str
    language: str = "en"
    reused_at: datetime


class PersonalDataExportRequested(DomainEvent):
    """A user has requested a copy of their personal data."""

    source = "sharestack.identity"

    export_id: UUID
    user_id: UUID


class PersonalDataExported(DomainEvent):
    """The copy is complete. Carries the values of the mail, which leads to a page of the shop and not to the file."""

    source = "sharestack.identity"

    export_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    expires_at: datetime


class AccountErasureRequested(DomainEvent):
    """An account ends on a date, unless the link of the mail is used. The mail's link is made by its sender."""

    source = "sharestack.identity"

    request_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    due_at: datetime


class AccountErasureCancelled(DomainEvent):
    """An account that was about to end stays, because the link of the mail was used."""

    source = "sharestack.identity"

    user_id: UUID
    email: str
    language: str = "en"


class AccountErasurePostponed(DomainEvent):
    """An account was due to end, and something of it is not settled."""

    source = "sharestack.identity"

    user_id: UUID
    email: str
    language: str = "en"
    waits_for: str
    """`payment`, `delivery`, `return`, `refund` or `dispute`."""
    due_at: datetime
    """When it is tried next."""


class UserRolesChanged(DomainEvent):
    """An administrator has given an account roles, or taken them."""

    source = "sharestack.identity"

    user_id: UUID
    email: str
    language: str = "en"
    given: list[str]
    taken: list[str]


class AccountErased(DomainEvent):
    """The user's personal data is erased here; outside systems have to erase it as well."""

    source = "sharestack.identity"

    user_id: UUID
