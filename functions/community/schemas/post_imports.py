"""Posts that people bring from elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from functions.community.domain.archive_files import MAX_ARCHIVE_BYTES
from shared.web import Page, RequestModel, ResponseModel
from shared.web.upload_forms import UploadForm

ImportOutcome = Literal["waiting", "created", "unchanged", "skipped", "refused"]


class NewPostImport(RequestModel):
    """A file that is about to be uploaded."""

    size: Annotated[int, Field(ge=1, le=MAX_ARCHIVE_BYTES, description="Bytes", examples=[1_048_576])]


class PostImport(ResponseModel):
    """A file, and what became of its items. Each has one end: once the status is `finished`, `created`, `unchanged`,
    `skipped` and `refused` together are `items`.
    """

    id: UUID
    status: Annotated[
        Literal["waiting", "running", "finished", "failed"],
        Field(description="`waiting` for its file; `failed`: the file cannot be taken at all"),
    ]
    reason: Annotated[str | None, Field(description="Why it failed, as a code", examples=["no_outbox"])]
    items: Annotated[int | None, Field(description="In the file; null until it is read")]
    created: int
    unchanged: Annotated[int, Field(description="Brought before, or one's own from here")]
    skipped: Annotated[int, Field(description="Not addressed to everybody, or no post of one's own")]
    refused: int
    waiting: Annotated[int, Field(description="For their pictures to be processed")]
    created_at: datetime
    finished_at: datetime | None


class PostImportUpload(ResponseModel):
    """The import, and the form that brings its file."""

    post_import: PostImport
    upload: UploadForm


class PostImportItem(ResponseModel):
    """An item of the file by its place; the first is 0."""

    place: int
    source_id: Annotated[str, Field(description="As the file names it")]
    outcome: ImportOutcome
    reason: Annotated[str | None, Field(description="Of a skipped or refused one, as a code", examples=["repost"])]
    post_id: UUID | None


class PostImportItemList(Page[PostImportItem]):
    pass
