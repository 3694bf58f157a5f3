"""Forgotten and changed passwords. They are hashed before a transaction begins."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.routes.email_addresses import INVALID_LINK
from functions.identity.schemas import ForgottenPassword, LinkRequested, PasswordChange, PasswordReset
from functions.identity.service import links, own_password, password_reset, passwords, throttling
from functions.identity.service.links import PresentedLink
from shared import outbox
from shared.web import Caller, Reader, answer, client_address, no_content

router = APIRouter(prefix="/api/v1", tags=["auth"])


@router.post(
    "/auth/password/forgot", status_code=202, response_model=LinkRequested, summary="Ask for a link to a new password"
)
async def forgot_password(request: Request, body: ForgottenPassword, reader: Reader) -> Response:
    """Sends a link to the address if it has an account; the answer is the same if it has none. After 5 requests for an
    address, or 20 from one, the next has to wait.
    """
    recipient = password_reset.find_recipient(reader, email=body.email, address=client_address(request))
    with outbox.unit_of_work() as tx:
        password_reset.request(tx, recipient)
    return answer(request, LinkRequested(expires_in=password_reset.LIFETIME_SECONDS), status=202)


@router.post("/auth/password/reset", status_code=204, summary="Choose a new password", responses=INVALID_LINK)
async def reset_password(request: Request, body: PasswordReset, reader: Reader) -> Response:
    """Takes the token of the link in the mail, once, within an hour. Ends all sessions, and voids all other open links.
    A password that is refused does not use the link up.
    """
    link = PresentedLink(links.PASSWORD_RESET, body.token, client_address(request))
    request_id = link.read()
    owner = password_reset.find_owner(reader, request_id)
    if owner is None:
        raise link.refused()
    accepted = passwords.accept(body.new_password, email=owner.email, full_name=owner.full_name, field="new_password")
    new_hash = passwords.hash_password(accepted)
    with outbox.unit_of_work() as tx:
        changed = password_reset.reset(tx, request_id, new_hash, address=client_address(request))
    if changed is None:
        raise link.refused()
    throttling.forget_failures(changed.email)
    return no_content()


@router.post("/users/me/password", status_code=204, summary="Change my password")
async def change_password(request: Request, body: PasswordChange, caller: Caller, reader: Reader) -> Response:
    """Ends all other sessions. The present password is asked for (422 `wrong_password`), and guessing it is throttled
    like logging in.
    """
    account = own_password.confirm(
        reader,
        caller.user_id,
        password=body.current_password,
        address=client_address(request),
        field="current_password",
    )
    accepted = passwords.accept(
        body.new_password, email=account.email, full_name=account.full_name, field="new_password"
    )
    new_hash = passwords.hash_password(accepted)
    with outbox.unit_of_work() as tx:
        own_password.change(tx, account, new_hash, session_id=caller.session_id)
    return no_content()
