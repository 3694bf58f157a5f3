"""What the caller agreed to."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.consent_texts import LASTING, TEXTS, Purpose, Source
from functions.identity.privacy_schemas import Consent, ConsentChoices, ConsentEntry, Consents
from functions.identity.service import consents
from functions.identity.service.consents import Choice, Standing
from shared.web import Caller, Reader, Transaction, answer

router = APIRouter(prefix="/api/v1/users/me/consents", tags=["privacy"])

_REFUSED: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "The text that was agreed to is not in force (`outdated_text`), or the consent ends with the"
        " account only (`lasting_consent`)"
    }
}


@router.get("", response_model=Consents, summary="My consents")
async def get_consents(request: Request, caller: Caller, reader: Reader) -> Response:
    """Where the caller stands with each purpose, and the last things said. Nothing is granted by silence."""
    return answer(request, _document(consents.of(reader, caller.user_id)))


@router.put("", response_model=Consents, summary="Change my consents", responses=_REFUSED)
async def put_consents(request: Request, body: ConsentChoices, caller: Caller, tx: Transaction) -> Response:
    """Says yes or no to the purposes that the body names. Saying the same again adds nothing to the record."""
    choices = [Choice(said.purpose, said.granted, said.version) for said in body.consents]
    consents.choose(tx, caller.user_id, choices, source=Source.CONSENTS)
    return answer(request, _document(consents.of(tx, caller.user_id)))


def _document(standing: Standing) -> Consents:
    history = [
        ConsentEntry(
            purpose=Purpose(row.purpose),
            granted=row.granted,
            version=row.text_version,
            source=row.source,
            created_at=row.created_at,
        )
        for row in standing.history
    ]
    return Consents(consents=[_consent(purpose, standing) for purpose in Purpose], history=history)


def _consent(purpose: Purpose, standing: Standing) -> Consent:
    row = standing.current.get(purpose)
    return Consent(
        purpose=purpose,
        granted=row is not None and row.granted,
        version=row.text_version if row is not None and row.granted else None,
        current_version=TEXTS[purpose],
        can_be_withdrawn=purpose not in LASTING,
        source=row.source if row else None,
        changed_at=row.created_at if row else None,
    )
