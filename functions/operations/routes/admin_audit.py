"""The audit log, for administrators. Nothing writes it over HTTP, and nothing changes it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime
from starlette.responses import Response

from functions.operations.repository.audit_entries import EntryFilters, EntryRow
from functions.operations.schemas.audit_entries import AuditEntry
from functions.operations.service import audit_log
from shared.permissions import Permission
from shared.web import Fields, Page, Reader, requires, respond_page, respond_unvalidated
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/admin/audit", tags=["audit"], dependencies=[requires(Permission.AUDIT_READ)])

_NAME = r"^[a-z_]+$"
_ACTION = r"^[a-z_]+(\.[a-z_]*)?$"


@router.get("", response_model=Page[AuditEntry], summary="List what was done")
async def list_audit_entries(
    *,
    request: Request,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    actor_id: Annotated[UUID | None, Query(description="What this user did")] = None,
    action: Annotated[
        str | None,
        Query(max_length=60, pattern=_ACTION, description="An action, or what its name begins with: `product.`"),
    ] = None,
    subject_type: Annotated[str | None, Query(max_length=40, pattern=_NAME, description="For example `order`")] = None,
    subject_id: Annotated[UUID | None, Query(description="What was done to it")] = None,
    created_from: Annotated[AwareDatetime | None, Query(description="At or after")] = None,
    created_before: Annotated[AwareDatetime | None, Query(description="Before")] = None,
) -> Response:
    """Every write of administrators and moderators, and what changed who may sign in; newest first."""
    filters = EntryFilters(
        actor_id=actor_id,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        created_from=created_from,
        created_before=created_before,
    )
    query = f"audit {filters}"
    values = paging.after(query)
    rows, position = audit_log.page(
        reader, filters, before=UUID(values[0]) if values is not None else None, limit=paging.limit
    )
    return respond_page(
        request,
        AuditEntry,
        [_entry(row) for row in rows],
        next_cursor=next_cursor(query, [str(position)]) if position is not None else None,
        fields=fields,
    )


@router.get("/{entry_id}", response_model=AuditEntry, summary="Show an entry")
async def get_audit_entry(request: Request, entry_id: UUID, reader: Reader, fields: Fields) -> Response:
    """One thing that was done."""
    return respond_unvalidated(request, AuditEntry, _entry(audit_log.entry(reader, entry_id)), fields=fields)


def _entry(row: EntryRow) -> dict[str, Any]:
    changes = {name: {"before": before, "after": after} for name, (before, after) in row.changes.items()}
    return {**{name: getattr(row, name) for name in AuditEntry.model_fields}, "changes": changes}
