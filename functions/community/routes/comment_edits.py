"""What comments said before."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.community.schemas.comments import CommentEdit, CommentEditList
from functions.community.service import comment_edits
from shared.web import Fields, MaybeCaller, Reader, respond_page
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/comments", tags=["comments"])


@router.get("/{comment_id}/edits", response_model=CommentEditList, summary="List what a comment said before")
async def list_comment_edits(
    *, request: Request, comment_id: UUID, caller: MaybeCaller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """The latest first. 404 also for a comment that is gone, though there are answers to it."""
    viewer = caller.user_id if caller else None
    query = f"edits of comment {comment_id} for {viewer}"
    after = paging.after(query)
    rows, last = comment_edits.earlier_texts(
        reader, comment_id, viewer=viewer, limit=paging.limit, before=after[0] if after else None
    )
    return respond_page(
        request,
        CommentEdit,
        [{"version": row.version, "text": row.body, "replaced_at": row.replaced_at} for row in rows],
        next_cursor=next_cursor(query, [last]) if last is not None else None,
        fields=fields,
    )
