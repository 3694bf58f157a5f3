"""What the operator says about the shop, for administrators."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from functions.ordering.domain.site_settings import SiteTerms, StoredLegalText, title_and_body
from functions.ordering.schemas.site_settings import (
    LegalText,
    LegalTextReplacement,
    SiteSettings,
    SiteSettingsReplacement,
)
from functions.ordering.service import legal_texts, site_settings
from shared.permissions import Permission
from shared.web import Fields, Reader, Transaction, requires, respond

router = APIRouter(prefix="/api/v1/admin/site", tags=["site-admin"])

_TEXT: Final = "/legal/{name}/{language}"
_writes = [requires(Permission.SETTINGS_WRITE)]
_CONFLICT: Final[dict[int | str, dict[str, Any]]] = {409: {"description": "It was changed in the meantime"}}
_UNKNOWN: Final[dict[int | str, dict[str, Any]]] = {404: {"description": "The shop has no such legal page"}}

PageName = Annotated[str, Path(max_length=40, examples=["terms"])]
PageLanguage = Annotated[str, Path(max_length=35, description="BCP 47, of the shop's", examples=["en"])]


@router.get("", response_model=SiteSettings, summary="Show the shop's settings", dependencies=_writes)
async def get_site_settings(request: Request, reader: Reader, fields: Fields) -> Response:
    """What the operator's file says, until somebody has written anything else."""
    return respond(request, SiteSettings.model_validate(site_settings.current(reader)), fields=fields)


@router.put(
    "", response_model=SiteSettings, summary="Replace the shop's settings", dependencies=_writes, responses=_CONFLICT
)
async def replace_site_settings(request: Request, body: SiteSettingsReplacement, tx: Transaction) -> Response:
    """409 `version_conflict` where they were changed since `version`. Pages show them within a minute."""
    terms = SiteTerms(**body.model_dump(exclude={"version"}))
    stored = site_settings.replace(tx, terms, version=body.version)
    return respond(request, SiteSettings.model_validate(stored))


@router.get(_TEXT, response_model=LegalText, summary="Show a legal text", dependencies=_writes, responses=_UNKNOWN)
async def get_legal_text(
    request: Request, name: PageName, language: PageLanguage, reader: Reader, fields: Fields
) -> Response:
    """As Markdown, and as its readers see it."""
    return respond(request, _shown(legal_texts.read(reader, name, language)), fields=fields)


@router.put(
    _TEXT,
    response_model=LegalText,
    summary="Replace a legal text",
    dependencies=_writes,
    responses={**_UNKNOWN, **_CONFLICT},
)
async def replace_legal_text(
    request: Request, name: PageName, language: PageLanguage, body: LegalTextReplacement, tx: Transaction
) -> Response:
    """409 `version_conflict` where it was changed since `version`. The page shows it within a minute."""
    return respond(request, _shown(legal_texts.replace(tx, name, language, body.markdown, version=body.version)))


def _shown(text: StoredLegalText) -> LegalText:
    return LegalText(
        name=text.name,
        language=text.language,
        title=title_and_body(text.markdown)[0],
        markdown=text.markdown,
        html=legal_texts.html(text.markdown),
        version=text.version,
        updated_at=text.updated_at,
    )
