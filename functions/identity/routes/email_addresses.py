"""Verification and change of e-mail addresses, and unsubscription from marketing mail."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.identity.schemas.email_addresses import (
    EmailChange,
    EmailDenial,
    EmailReversal,
    EmailVerification,
    VerifiedEmail,
)
from functions.identity.schemas.links import LinkRequested
from functions.identity.service import address_denials, email_addresses, links, profile
from functions.identity.service.email_addresses import VerifiedAddress
from functions.identity.service.links import PresentedLink
from shared import outbox, tokens
from shared.contexts.identity import address_denials as denial_links
from shared.web import Caller, MaybeCaller, Reader, client_address, no_content, respond

router = APIRouter(prefix="/api/v1", tags=["auth"])

_TAKEN = {"description": "Another user has the address (`email_taken`)"}
INVALID_LINK: dict[int | str, dict[str, Any]] = {
    400: {"description": "Not a link of ours, or run out, used or replaced (`invalid_link`)"},
}


@router.post(
    "/auth/email/verify",
    response_model=VerifiedEmail,
    summary="Prove an e-mail address",
    responses={
        **INVALID_LINK,
        403: {"description": "A change of the address, and not its account is signed in (`sign_in_required`)"},
        409: _TAKEN,
    },
)
async def verify_email(request: Request, body: EmailVerification, caller: MaybeCaller) -> Response:
    """Takes the token of the link in the mail, once, within 24 hours.

    **Signed in to the account**, the address is verified, and all goes on. **Otherwise** whoever reads the mail may not
    be who opened the account, and gets it: its sessions end, its password is void, and `password_reset_token` of the
    answer chooses another within an hour (`POST /auth/password/reset`), or later `POST /auth/password/forgot`.

    The link of a change makes the new address the account's. It has to be opened signed in to the account. The other
    sessions end, and the address before gets a mail with a link that takes the change back for 7 days, if it was
    verified.
    """
    link = PresentedLink(links.ids_for(links.EMAIL_VERIFICATION), body.token, client_address(request))
    request_id = link.read()
    with outbox.unit_of_work() as tx:
        verified = email_addresses.verify(tx, request_id, caller=caller, address=client_address(request))
    if verified is None:
        raise link.refused()
    return respond(request, _document(verified))


@router.post(
    "/auth/email/revert",
    response_model=VerifiedEmail,
    summary="Take a change of the e-mail address back",
    responses={**INVALID_LINK, 409: _TAKEN},
)
async def revert_email(request: Request, body: EmailReversal) -> Response:
    """Takes the token of the link that the old address got, once, within 7 days. The account has this address again,
    whoever changed it: all sessions end, the password is void, and `password_reset_token` of the answer chooses
    another. An erasure of the account that was asked for meanwhile is cancelled.
    """
    link = PresentedLink(links.ids_for(links.EMAIL_REVERSAL), body.token, client_address(request))
    request_id = link.read()
    with outbox.unit_of_work() as tx:
        reverted = email_addresses.revert(tx, request_id, address=client_address(request))
    if reverted is None:
        raise link.refused()
    return respond(request, _document(reverted))


@router.post(
    "/auth/email/deny", status_code=204, summary="Say that an account is not one's own", responses=INVALID_LINK
)
async def deny_email(request: Request, body: EmailDenial) -> Response:
    """Takes the token of the link "this was not me" in the mail that asks to prove an address, within 30 days. An
    account that was opened with the address is closed at once and erased within hours; an account that asked to have
    it does not get it. An address that is proven is denied no more.
    """
    link = PresentedLink(denial_links.decode, body.token, client_address(request))
    denial = link.read()
    with outbox.unit_of_work() as tx:
        done = address_denials.apply(tx, denial, address=client_address(request))
    if not done:
        raise link.refused()
    return no_content()


@router.post(
    "/auth/email/verification",
    status_code=202,
    response_model=LinkRequested,
    summary="Send the verification mail again",
    responses={409: {"description": "The address is verified already (`email_already_verified`)"}},
)
async def request_email_verification(request: Request, caller: Caller, reader: Reader) -> Response:
    """Sends another link to the caller's address. Earlier ones stay good until one is used."""
    user = email_addresses.check_repetition(reader, caller.user_id, address=client_address(request))
    with outbox.unit_of_work() as tx:
        email_addresses.request_verification(tx, user)
    return respond(request, LinkRequested(expires_in=email_addresses.LIFETIME_SECONDS), status=202)


@router.post(
    "/users/me/email",
    status_code=202,
    response_model=LinkRequested,
    summary="Change my e-mail address",
    responses={409: {"description": "The address is the caller's (`same_email`) or another's (`email_taken`)"}},
)
async def change_email(request: Request, body: EmailChange, caller: Caller, reader: Reader) -> Response:
    """Sends a link to the new address. It becomes the account's when that link is opened where the account is signed
    in; until then, all stays as it is.
    The password is asked for again (422 `wrong_password`), and guessing it is throttled like logging in,
    for this user alone.
    """
    user = email_addresses.check_change(
        reader, caller.user_id, email=body.new_email, password=body.password, address=client_address(request)
    )
    with outbox.unit_of_work() as tx:
        email_addresses.request_change(tx, user, body.new_email)
    return respond(request, LinkRequested(expires_in=email_addresses.LIFETIME_SECONDS), status=202)


@router.post("/users/unsubscribe", status_code=204, summary="End mails that were not asked for", responses=INVALID_LINK)
async def unsubscribe_from_marketing(
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
    user_id = PresentedLink(links.ids_for(links.UNSUBSCRIBE), token, client_address(request)).read()
    with outbox.unit_of_work() as tx:
        profile.unsubscribe(tx, user_id)
    return no_content()


def _document(verified: VerifiedAddress) -> VerifiedEmail:
    reset_id = verified.reset_id
    return VerifiedEmail(
        email=verified.email,
        email_verified_at=verified.verified_at,
        password_reset_token=None if reset_id is None else tokens.sign(links.PASSWORD_RESET, reset_id.bytes),
    )
