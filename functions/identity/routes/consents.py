"""Consents of the caller."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.schemas.consents import Consent, ConsentChoices, ConsentEntry, Consents
from functions.identity.service import consents as consent_service
from functions.identity.service.consents import ConsentState
from shared.contexts.identity import consents
from shared.contexts.identity.consents import LASTING, TEXTS, Choice, ConsentPurpose, ConsentSource
from shared.web import Caller, Reader, Transaction, respond

router = APIRouter(prefix="/api/v1/users/me/consents", tags=["privacy"])

_REFUSED: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "The text that was agreed to is not in force (`outdated_text`), or the consent ends with the"
        " account only (`lasting_consent`)"
    }
}


@router.get("", response_model=Consents, summary="My consents")
async def get_consents(request: Request, caller: Caller, reader: Reader) -> Response:
    """The caller's consents by purpose, and their last changes. Without a change, nothing is granted."""
    return respond(request, _document(consent_service.of(reader, caller.user_id)))


@router.put("", response_model=Consents, summary="Change my consents", responses=_REFUSED)
async def replace_consents(request: Request, body: ConsentChoices, caller: Caller, tx: Transaction) -> Response:
    """Says yes or no to the purposes that the body names. Repeating a choice adds nothing to the record."""
    choices = [Choice(choice.purpose, choice.granted, choice.version) for choice in body.consents]
    consents.choose(tx, caller.user_id, choices, source=ConsentSource.CONSENTS)
    return respond(request, _document(consent_service.of(tx, caller.user_id)))


def _document(state: ConsentState) -> Consents:
    history = [
        ConsentEntry(
            purpose=ConsentPurpose(row.purpose),
            granted=row.granted,
            version=row.text_version,
            source=row.source,
            created_at=row.created_at,
        )
        for row in state.history
    ]
    return Consents(consents=[_consent(purpose, state) for purpose in ConsentPurpose], history=history)


def _consent(purpose: ConsentPurpose, state: ConsentState) -> Consent:
    row = state.current.get(purpose)
    return Consent(
        purpose=purpose,
        granted=row is not None and row.granted,
        version=row.text_version if row is not None and row.granted else None,
        current_version=TEXTS[purpose],
        can_be_withdrawn=purpose not in LASTING,
        source=row.source if row else None,
        changed_at=row.created_at if row else None,
    )
