"""A customer's address book."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.ordering.routes.id_pages import respond_id_page
from functions.ordering.schemas.addresses import NewSavedAddress, SavedAddress, SavedAddressReplacement
from functions.ordering.service import addresses
from shared.web import Caller, Fields, Idempotency, Page, Reader, Transaction, no_content, respond
from shared.web.pages import Paging, id_before

router = APIRouter(prefix="/api/v1/users/me/addresses", tags=["addresses"])

_UNKNOWN: Final[dict[int | str, dict[str, Any]]] = {404: {"description": "The caller has no such address"}}


@router.get("", response_model=Page[SavedAddress], summary="List one's addresses")
async def list_addresses(request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """Newest first; there are at most 50."""
    query = f"addresses of {caller.user_id}"
    page = addresses.page(reader, caller.user_id, before=id_before(paging, query), limit=paging.limit)
    return respond_id_page(request, SavedAddress, page, query=query, fields=fields)


@router.post(
    "",
    status_code=201,
    response_model=SavedAddress,
    summary="Save an address",
    responses={409: {"description": "There are 50 already, or the same request is being worked on"}},
)
async def save_address(body: NewSavedAddress, caller: Caller, tx: Transaction, idempotency: Idempotency) -> Response:
    """An address that is in the book already is not saved twice: the answer is that entry, with the defaults that were
    asked for.
    """
    terms = body.to_terms()
    stored = idempotency.run(tx, lambda: SavedAddress.model_validate(addresses.save(tx, caller.user_id, terms)))
    return stored.created(router.prefix)


@router.get("/{address_id}", response_model=SavedAddress, summary="Show an address", responses=_UNKNOWN)
async def get_address(request: Request, address_id: UUID, caller: Caller, reader: Reader, fields: Fields) -> Response:
    """One entry of the caller's book."""
    return respond(
        request, SavedAddress.model_validate(addresses.show(reader, caller.user_id, address_id)), fields=fields
    )


@router.put(
    "/{address_id}",
    response_model=SavedAddress,
    summary="Replace an address",
    responses={**_UNKNOWN, 409: {"description": "It was changed in the meantime (`version_conflict`)"}},
)
async def replace_address(
    request: Request, address_id: UUID, body: SavedAddressReplacement, caller: Caller, tx: Transaction
) -> Response:
    """Orders and checkouts keep the address that they were made with."""
    changed = addresses.replace_entry(tx, caller.user_id, address_id, body.to_terms(), version=body.version)
    return respond(request, SavedAddress.model_validate(changed))


@router.delete("/{address_id}", status_code=204, summary="Delete an address", responses=_UNKNOWN)
async def delete_address(address_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Where it was a default, there is none until another one is chosen."""
    addresses.delete(tx, caller.user_id, address_id)
    return no_content()
