"""The end of the caller's account."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.privacy_schemas import ErasureAnswer, ErasureCancellation, ErasureRequest
from functions.identity.routes import cookies
from functions.identity.routes.email_addresses import INVALID_LINK
from functions.identity.service import erasures, links, own_password
from functions.identity.service.links import PresentedLink
from shared import outbox
from shared.web import Caller, Reader, answer, client_address, no_content

router = APIRouter(prefix="/api/v1/users/me", tags=["privacy"])

_LAST: dict[int | str, dict[str, Any]] = {
    409: {"description": "The caller is the only administrator (`last_administrator`)"}
}


@router.delete("", status_code=202, response_model=ErasureAnswer, summary="Erase my account", responses=_LAST)
async def erase_me(request: Request, body: ErasureRequest, caller: Caller, reader: Reader) -> Response:
    """Closes the account at once: all sessions end, and nobody signs in. After 14 days what tells who the person is, is
    gone for good; what has to be kept about sales is kept without it. Until then a link in a mail keeps the account.

    What is not settled (a delivery, a return, a refund, a dispute) is waited for. The password is asked for again (422
    `wrong_password`), and guessing it is throttled like logging in.
    """
    address = client_address(request)
    account = own_password.confirm(reader, caller.user_id, password=body.password, address=address, field="password")
    with outbox.unit_of_work() as tx:
        leaving = erasures.request(tx, account, with_reviews=body.delete_reviews, address=address)
    response = answer(request, ErasureAnswer.model_validate(leaving), status=202)
    if cookies.REFRESH_COOKIE in request.cookies:
        cookies.take_back(response)
    return response


@router.post("/erasure/cancel", status_code=204, summary="Keep my account", responses=INVALID_LINK)
async def cancel_erasure(request: Request, body: ErasureCancellation) -> Response:
    """Takes the token of the link in the mail, until the account is erased. Nobody can be signed in; afterwards one can
    sign in again.
    """
    address = client_address(request)
    link = PresentedLink(links.ERASURE_CANCELLATION, body.token, address)
    request_id = link.read()
    with outbox.unit_of_work() as tx:
        kept = erasures.cancel(tx, request_id, address=address)
    if not kept:
        raise link.refused()
    return no_content()
