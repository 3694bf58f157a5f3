"""Administrators write rules of screening; moderators read them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.moderation.repository.keyword_rules import RuleRow
from functions.moderation.schemas.keyword_rules import (
    KeywordRule,
    KeywordRuleChange,
    KeywordTrial,
    KeywordTrialResult,
    NewKeywordRule,
    RuleAction,
)
from functions.moderation.service import keyword_rules
from functions.moderation.service.keyword_rules import Trial
from shared.permissions import Permission
from shared.web import (
    Caller,
    Fields,
    Page,
    Reader,
    Transaction,
    no_content,
    requires,
    respond,
    respond_page,
    respond_unvalidated,
)
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1/admin/keyword-rules", tags=["keyword-rules"])

_reads = [requires(Permission.REPORTS_READ)]
_writes = [requires(Permission.KEYWORDS_WRITE)]
_TAKEN: dict[int | str, dict[str, Any]] = {409: {"description": "There is a rule with this phrase (`phrase_taken`)"}}


@router.get("", response_model=Page[KeywordRule], summary="List keyword rules", dependencies=_reads)
async def list_keyword_rules(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    action: RuleAction | None = None,
    active: Annotated[bool | None, Query(description="Only those that apply, or only others")] = None,
) -> Response:
    """The newest first."""
    query = f"keyword rules {action} {active}"
    rows, last = keyword_rules.listed(
        reader,
        action=action and action.value,
        is_active=active,
        limit=paging.limit,
        before=id_before(paging, query),
    )
    documents = [_rule(row) for row in rows]
    return respond_page(request, KeywordRule, documents, next_cursor=id_cursor(query, last), fields=fields)


@router.post(
    "",
    status_code=201,
    response_model=KeywordRule,
    summary="Add a keyword rule",
    dependencies=_writes,
    responses=_TAKEN,
)
async def create_keyword_rule(request: Request, body: NewKeywordRule, caller: Caller, tx: Transaction) -> Response:
    """It applies everywhere within a minute, to what is written from then on."""
    row = keyword_rules.add(tx, body.model_dump(mode="json"), actor=caller.user_id)
    headers = {"Location": f"{router.prefix}/{row.id}"}
    return respond(request, KeywordRule(**_rule(row)), status=201, headers=headers)


@router.post("/try", response_model=KeywordTrialResult, summary="Try keyword rules", dependencies=_writes)
async def try_keyword_rules(request: Request, body: KeywordTrial, caller: Caller, tx: Transaction) -> Response:
    """Where the rules of this moment, and a draft, match in a text. Nothing is kept of it."""
    draft = None if body.rule is None else body.rule.model_dump(mode="json")
    trial = keyword_rules.attempt(tx, body.text, language=body.language, draft=draft, actor=caller.user_id)
    return respond_unvalidated(request, KeywordTrialResult, _trial(trial))


@router.get("/{rule_id}", response_model=KeywordRule, summary="Read a keyword rule", dependencies=_reads)
async def get_keyword_rule(request: Request, rule_id: UUID, reader: Reader, fields: Fields) -> Response:
    """With how often it matched."""
    return respond_unvalidated(request, KeywordRule, _rule(keyword_rules.show(reader, rule_id)), fields=fields)


@router.patch(
    "/{rule_id}", response_model=KeywordRule, summary="Change a keyword rule", dependencies=_writes, responses=_TAKEN
)
async def update_keyword_rule(request: Request, rule_id: UUID, body: KeywordRuleChange, tx: Transaction) -> Response:
    """Only what is sent changes. Cases keep the rule as it was when it matched."""
    changes = body.model_dump(mode="json", include=body.model_fields_set - {"version"})
    row = keyword_rules.change(tx, rule_id, changes, version=body.version)
    return respond_unvalidated(request, KeywordRule, _rule(row))


@router.delete("/{rule_id}", status_code=204, summary="Delete a keyword rule", dependencies=_writes)
async def delete_keyword_rule(rule_id: UUID, tx: Transaction) -> Response:
    """Cases that it opened still name it."""
    keyword_rules.delete(tx, rule_id)
    return no_content()


def _rule(row: RuleRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in KeywordRule.model_fields}


def _trial(trial: Trial) -> dict[str, Any]:
    return {
        "text": trial.text,
        "outcome": trial.outcome,
        "matches": [
            {
                "rule_id": match.rule.id if match.rule.id.int else None,
                "phrase": match.rule.phrase,
                "action": match.rule.action,
                "start": match.start,
                "end": match.end,
                "excerpt": trial.text[match.start : match.end],
            }
            for match in trial.matches
        ],
    }
