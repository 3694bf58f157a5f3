"""Errors of identity."""

from __future__ import annotations

from shared.errors import (
    ConflictError,
    FieldError,
    NotAuthenticatedError,
    NotFoundError,
    PermissionDeniedError,
    ProblemError,
    TooManyRequestsError,
    ValidationError,
)


class EmailTakenError(ConflictError):
    """Also for an address that an account may still go back to.

    Registration reveals that an address is known: it signs in at once, so that it could not hide it anyway. The
    request limit keeps addresses from being harvested; login reveals nothing."""

    code, title = "email_taken", "There is an account with this e-mail address"


class WeakPasswordError(ValidationError):
    """422, with the rule that the password breaks; `field` is its name in the body."""

    def __init__(self, rule: str, field: str) -> None:
        super().__init__(field=FieldError((field,), rule))


class WrongPasswordError(ValidationError):
    """The password of a user who is signed in. (401 would make clients sign them out.)"""

    code, title = "wrong_password", "The password is wrong"

    def __init__(self, field: str) -> None:
        super().__init__(errors=[FieldError((field,), self.title)])


class InvalidLinkError(ProblemError):
    """The same for a link that was made up, is of another kind, has expired, or was used or replaced."""

    status, code, title = 400, "invalid_link", "The link is not valid (any more)"


class SignInRequiredError(PermissionDeniedError):
    """A link alone is not enough: whoever reads the mail need not be who asked for it. The link stays good."""

    code, title = "sign_in_required", "Sign in to the account that asked for this, and open the link again"


class EmailAlreadyVerifiedError(ConflictError):
    code, title = "email_already_verified", "The e-mail address is verified already"


class SameEmailError(ConflictError):
    code, title = "same_email", "This is the account's e-mail address already"


class UnprovenStaffError(ConflictError):
    """A role is given to whoever reads the address's mail; anybody can register with the address of another."""

    code, title = "user_not_verified", "Only an account whose e-mail address is verified can be given a role"


class OwnAccountError(ConflictError):
    """So that there is always an administrator: only another one can remove the role."""

    code, title = "own_account", "Administrators cannot deactivate or demote themselves"


class InvalidCredentialsError(NotAuthenticatedError):
    """The same for an unknown address and a wrong password."""

    code, title = "invalid_credentials", "The e-mail address or the password is wrong"


class AccountInactiveError(PermissionDeniedError):
    """Revealed only with the right password."""

    code, title = "account_inactive", "The account is deactivated"


class ThrottledError(TooManyRequestsError):
    code, title = "too_many_attempts", "Too many attempts"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many attempts; try again in {seconds} s", headers={"Retry-After": str(seconds)})


class InvalidRefreshTokenError(NotAuthenticatedError):
    code, title = "invalid_refresh_token", "The refresh token is not valid (any more)"


class RefreshTokenJustUsedError(ConflictError):
    """A request that raced another with the same token; the other one got the next token, this one gets none."""

    code, title = "refresh_token_just_used", "Another request has just used this refresh token"

    def __init__(self) -> None:
        super().__init__(
            "Another request has just used this token; use the one that it got", headers={"Retry-After": "1"}
        )


class CsrfError(PermissionDeniedError):
    code, title = "csrf_failed", "The header X-CSRF-Token does not belong to this session"


class ExportTooSoonError(TooManyRequestsError):
    code, title = "export_too_soon", "There is one copy a day"

    def __init__(self, seconds: int) -> None:
        super().__init__(headers={"Retry-After": str(seconds)})


class LastAdministratorError(ConflictError):
    code, title = "last_administrator", "There has to be an administrator; make somebody else one first"


class AccountLeavingError(ConflictError):
    """Administrators cannot change an account whose erasure is requested or done."""

    code, title = "account_leaving", "The account is being erased, or was"


class UserNoteNotFoundError(NotFoundError):
    code, title = "user_note_not_found", "There is no such note about this user"
