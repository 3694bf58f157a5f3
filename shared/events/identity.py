"""What identity tells: accounts, links by mail, copies of data, the end of accounts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.events.documents import DomainEvent


class UserRegistered(DomainEvent):
    source = "sharestack.identity"

    user_id: UUID


class EmailVerificationRequested(DomainEvent):
    """An address wants to be proven. The mail's link is made by its sender: no secret is put on the bus."""

    source = "sharestack.identity"

    request_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    expires_at: datetime


class PasswordResetRequested(DomainEvent):
    """Somebody who says that they own the account cannot sign in. The mail's link is made by its sender."""

    source = "sharestack.identity"

    request_id: UUID
    user_id: UUID
    email: str
    language: str = "en"
    expires_at: datetime


class PasswordResetUnmatched(DomainEvent):
    """Somebody asked for a new password for an address without an active account. Nobody is told: it is there so that
    asking takes the same work whether or not there is an account.
    """

    source = "sharestack.identity"

    request_id: UUID


class PersonalDataExportRequested(DomainEvent):
    """Somebody waits for a copy of everything about them."""

    source = "sharestack.identity"

    export_id: UUID
    user_id: UUID


class PersonalDataExported(DomainEvent):
    """The copy is there. Carries what the mail tells, which leads to a page of the shop and not to the file."""

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


class AccountErased(DomainEvent):
    """Nothing here tells any more who the user was; outside systems shall forget them as well."""

    source = "sharestack.identity"

    user_id: UUID
