"""Erasure of the caller's account."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.routes import cookies
from functions.identity.routes.email_addresses import INVALID_LINK
from functions.identity.schemas.erasures import Erasure, ErasureCancellation, ErasureRequest
from functions.identity.service import erasures, links, own_password
from functions.identity.service.links import PresentedLink
from shared import outbox
from shared.web import Caller, Reader, client_address, no_content, respond

router = APIRouter(prefix="/api/v1/users/me", tags=["privacy"])

_LAST: dict[int | str, dict[str, Any]] = {
    409: {"description": "The caller is the only administrator (`last_administrator`)"}
}


@router.delete("", status_code=202, response_model=Erasure, summary="Erase my account", responses=_LAST)
async def request_erasure(request: Request, body: ErasureRequest, caller: Caller, reader: Reader) -> Response:
    """Closes the account at once: all sessions end, and no sign-in is possible. After 14 days everything that
    identifies the person is erased; what has to be retained about sales is retained without it. Until then a link in a
    mail keeps the account.

    What is not settled (a delivery, a return, a refund, a dispute) is waited for. The password is asked for again (422
    `wrong_password`), and guessing it is throttled like logging in.
    """
    account = own_password.confirm(reader, caller.user_id, password=body.password, field="password")
    with outbox.unit_of_work() as tx:
        erasure = erasures.request(tx, account, with_reviews=body.delete_reviews, address=client_address(request))
    response = respond(request, Erasure.model_validate(erasure), status=202)
    if cookies.CSRF_COOKIE in request.cookies:
        cookies.delete_all(response)
    return response


@router.post("/erasure/cancel", status_code=204, summary="Keep my account", responses=INVALID_LINK)
async def cancel_erasure(request: Request, body: ErasureCancellation) -> Response:
    """Takes the token of the link in the mail, until the account is erased. No sign-in is possible before; afterwards
    it is again.
    """
    address = client_address(request)
    link = PresentedLink(links.ids_for(links.ERASURE_CANCELLATION), body.token, address)
    request_id = link.read()
    with outbox.unit_of_work() as tx:
        cancelled = erasures.cancel(tx, request_id, address=address)
    if not cancelled:
        raise link.refused()
    return no_content()
