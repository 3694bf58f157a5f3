"""Proving and changing e-mail addresses, and no more mail."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.identity.schemas import EmailChange, EmailVerification, LinkRequested, VerifiedEmail
from functions.identity.service import email_addresses, links, profile
from functions.identity.service.links import PresentedLink
from shared import outbox
from shared.web import Caller, Reader, answer, client_address, no_content

router = APIRouter(prefix="/api/v1", tags=["auth"])

INVALID_LINK: dict[int | str, dict[str, Any]] = {
    400: {"description": "Not a link of ours, or run out, used or replaced (`invalid_link`)"},
}


@router.post(
    "/auth/email/verify",
    response_model=VerifiedEmail,
    summary="Prove an e-mail address",
    responses={**INVALID_LINK, 409: {"description": "Somebody else has registered the address (`email_taken`)"}},
)
async def verify_email(request: Request, body: EmailVerification) -> Response:
    """Takes the token of the link in the mail, once, within 24 hours. Whoever has it has read the mail, so nobody needs
    to be signed in. The link of a change makes the new address the account's.
    """
    link = PresentedLink(links.EMAIL_VERIFICATION, body.token, client_address(request))
    request_id = link.read()
    with outbox.unit_of_work() as tx:
        verified = email_addresses.verify(tx, request_id, address=client_address(request))
    if verified is None:
        raise link.refused()
    email, proven_at = verified
    return answer(request, VerifiedEmail(email=email, email_verified_at=proven_at))


@router.post(
    "/auth/email/verification",
    status_code=202,
    response_model=LinkRequested,
    summary="Send the verification mail again",
    responses={409: {"description": "The address is verified already (`email_already_verified`)"}},
)
async def request_verification(request: Request, caller: Caller, reader: Reader) -> Response:
    """Sends another link to the caller's address. Earlier ones stay good until one is used."""
    user = email_addresses.check_repetition(reader, caller.user_id, address=client_address(request))
    with outbox.unit_of_work() as tx:
        email_addresses.request_verification(tx, user)
    return answer(request, LinkRequested(expires_in=email_addresses.LIFETIME_SECONDS), status=202)


@router.post(
    "/users/me/email",
    status_code=202,
    response_model=LinkRequested,
    summary="Change my e-mail address",
    responses={409: {"description": "The address is the caller's (`same_email`) or another's (`email_taken`)"}},
)
async def change_email(request: Request, body: EmailChange, caller: Caller, reader: Reader) -> Response:
    """Sends a link to the new address. It becomes the account's when that link is used; until then, all stays as it is.
    The password is asked for again (422 `wrong_password`), and guessing it is throttled like logging in.
    """
    user = email_addresses.check_change(
        reader, caller.user_id, email=body.new_email, password=body.password, address=client_address(request)
    )
    with outbox.unit_of_work() as tx:
        email_addresses.request_change(tx, user, body.new_email)
    return answer(request, LinkRequested(expires_in=email_addresses.LIFETIME_SECONDS), status=202)


@router.post("/users/unsubscribe", status_code=204, summary="End mails that were not asked for", responses=INVALID_LINK)
async def unsubscribe(
    request: Request,
    token: Annotated[
        str,
        Query(
            min_length=1,
            max_length=200,
            description="`token` of the link in the mail",
            examples=["w1Yh3bqkq0XJdRz8mT5s2gGaD4XCdHpSjj1Q9M7v0wQ"],
        ),
    ],
) -> Response:
    """What a mail program calls for one click (RFC 8058), and the page that the mail links to. Can be repeated."""
    user_id = PresentedLink(links.UNSUBSCRIBE, token, client_address(request)).read()
    with outbox.unit_of_work() as tx:
        profile.unsubscribe(tx, user_id)
    return no_content()
