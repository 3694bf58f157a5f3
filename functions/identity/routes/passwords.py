"""Password resets and changes. Passwords are hashed before a transaction begins."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.domain import passwords
from functions.identity.routes import cookies
from functions.identity.routes.email_addresses import INVALID_LINK
from functions.identity.schemas.links import LinkRequested
from functions.identity.schemas.passwords import PasswordChange, PasswordReset, PasswordResetRequest
from functions.identity.service import devices, links, own_password, password_reset, throttling
from functions.identity.service.links import PresentedLink
from shared import outbox
from shared.web import Caller, Reader, client_address, no_content, respond

router = APIRouter(prefix="/api/v1", tags=["auth"])


@router.post(
    "/auth/password/forgot", status_code=202, response_model=LinkRequested, summary="Ask for a link to a new password"
)
async def request_password_reset(request: Request, body: PasswordResetRequest, reader: Reader) -> Response:
    """Sends a link to the address if it has an account; the answer is the same if it has none. Only the newest link is
    good. After 5 requests for an account from one network, or 20 from everywhere, there is no mail for a while, and the
    answer stays the same. After 20 mails to anybody, a network has to wait.

    A device that has signed in to the account before has 5 requests of its own: it sends its `device_token`, or its
    cookie.
    """
    recipient = password_reset.find_recipient(
        reader,
        email=body.email,
        address=client_address(request),
        device_token=cookies.device(request, body.device_token),
    )
    with outbox.unit_of_work() as tx:
        password_reset.request(tx, recipient)
    return respond(request, LinkRequested(expires_in=password_reset.LIFETIME_SECONDS), status=202)


@router.post("/auth/password/reset", status_code=204, summary="Choose a new password", responses=INVALID_LINK)
async def reset_password(request: Request, body: PasswordReset, reader: Reader) -> Response:
    """Takes the token of the link in the mail, once, within an hour. Ends all sessions, and voids all other open links.
    A password that is refused does not use the link up. The answer sets the cookie by which the browser is known at its
    next sign-in; other devices are strangers until they sign in.
    """
    link = PresentedLink(links.ids_for(links.PASSWORD_RESET), body.token, client_address(request))
    request_id = link.read()
    owner = password_reset.find_owner(reader, request_id)
    if owner is None:
        raise link.refused()
    password = passwords.validate(body.new_password, email=owner.email, full_name=owner.full_name, field="new_password")
    new_hash = passwords.hash_password(password)
    with outbox.unit_of_work() as tx:
        owner = password_reset.reset(tx, request_id, new_hash, address=client_address(request))
    if owner is None:
        raise link.refused()
    throttling.clear_failures(owner.email)
    response = no_content()
    cookies.set_device(response, devices.issue(owner.id, new_hash))
    return response


@router.post("/users/me/password", status_code=204, summary="Change my password")
async def change_password(request: Request, body: PasswordChange, caller: Caller, reader: Reader) -> Response:
    """Ends all other sessions. The present password is asked for (422 `wrong_password`), and guessing it is throttled
    like logging in, for this user alone.
    """
    account = own_password.confirm(reader, caller.user_id, password=body.current_password, field="current_password")
    password = passwords.validate(
        body.new_password, email=account.email, full_name=account.full_name, field="new_password"
    )
    new_hash = passwords.hash_password(password)
    with outbox.unit_of_work() as tx:
        own_password.change(tx, account, new_hash, session_id=caller.session_id)
    response = no_content()
    if cookies.CSRF_COOKIE in request.cookies:
        cookies.set_device(response, devices.issue(account.id, new_hash))
    return response
