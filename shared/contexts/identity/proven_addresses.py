"""What others publish or upload here, they do under an address that is known to be theirs."""

from __future__ import annotations

from shared.errors import PermissionDeniedError


class EmailNotVerifiedError(PermissionDeniedError):
    """Accounts are as cheap as invented addresses; a mailbox of one's own is not."""

    code, title = "email_not_verified", "Verify your e-mail address first"
