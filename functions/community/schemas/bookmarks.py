"""Bookmarks and their folders."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from functions.community.schemas.group_texts import seen_line
from functions.community.schemas.posts import Post
from shared.web import Page, RequestModel, ResponseModel


class NewBookmark(RequestModel):
    folder_id: Annotated[UUID | None, Field(description="In no folder where none is named")] = None


class Bookmark(ResponseModel):
    post_id: UUID
    folder_id: UUID | None
    created_at: datetime


class BookmarkedPost(ResponseModel):
    post: Post
    folder_id: UUID | None
    created_at: Annotated[datetime, Field(description="When it was bookmarked")]


class BookmarkedPostList(Page[BookmarkedPost]):
    pass


class NewBookmarkFolder(RequestModel):
    name: Annotated[str, Field(min_length=1, max_length=60, examples=["财报"]), AfterValidator(seen_line)]


class BookmarkFolder(ResponseModel):
    id: UUID
    name: str
    created_at: datetime


class BookmarkFolderList(Page[BookmarkFolder]):
    pass
