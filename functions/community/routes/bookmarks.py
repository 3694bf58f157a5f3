"""Bookmarks and their folders, which only their owner sees."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.community.routes.post_documents import documents
from functions.community.routes.refusals import Responses
from functions.community.schemas.bookmarks import (
    Bookmark,
    BookmarkedPost,
    BookmarkedPostList,
    BookmarkFolder,
    BookmarkFolderList,
    NewBookmark,
    NewBookmarkFolder,
)
from functions.community.service import bookmarks
from shared.web import Caller, Fields, Reader, Transaction, no_content, respond, respond_page
from shared.web.pages import Paging, id_before, id_cursor, next_cursor

router = APIRouter(prefix="/api/v1", tags=["bookmarks"])

_UNNAMED: Final[Responses] = {409: {"description": "The caller has no username yet (`onboarding_required`)"}}
_NO_FOLDER: Final[Responses] = {404: {"description": "There is no such folder (`folder_not_found`)"}}


@router.post("/posts/{post_id}/bookmarks", response_model=Bookmark, summary="Bookmark a post", responses=_UNNAMED)
async def create_bookmark(
    request: Request, post_id: UUID, caller: Caller, tx: Transaction, body: NewBookmark | None = None
) -> Response:
    """Once for each post; a second time moves it to the folder that is named, or to none."""
    return _bookmark(request, post_id, caller.user_id, tx, body)


@router.put("/posts/{post_id}/bookmarks", response_model=Bookmark, summary="Bookmark a post, once", responses=_UNNAMED)
async def add_bookmark(
    request: Request, post_id: UUID, caller: Caller, tx: Transaction, body: NewBookmark | None = None
) -> Response:
    """As often as it is sent, there is one."""
    return _bookmark(request, post_id, caller.user_id, tx, body)


@router.delete("/posts/{post_id}/bookmarks", status_code=204, summary="Remove a bookmark")
async def delete_bookmark(post_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Also of a post that the caller may not read any more."""
    bookmarks.remove(tx, post_id, user_id=caller.user_id)
    return no_content()


@router.get("/bookmarks", response_model=BookmarkedPostList, summary="List one's bookmarks", responses=_NO_FOLDER)
async def list_bookmarks(
    *,
    request: Request,
    caller: Caller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    folder_id: Annotated[UUID | None, Query(description="Only those in this folder")] = None,
) -> Response:
    """The last first. A post that the caller may not read any more is not among them."""
    query = f"bookmarks of {caller.user_id} in {folder_id}"
    page, last = bookmarks.page(
        reader, caller.user_id, folder_id=folder_id, limit=paging.limit, after=paging.after(query)
    )
    posts = {document["id"]: document for document in documents(page.cards, caller.user_id)}
    items = [
        {"post": posts[place.post_id], "folder_id": place.folder_id, "created_at": place.created_at}
        for place in page.places
        if place.post_id in posts
    ]
    cursor = next_cursor(query, last) if last is not None else None
    return respond_page(request, BookmarkedPost, items, next_cursor=cursor, fields=fields)


@router.get("/bookmarks/folders", response_model=BookmarkFolderList, summary="List one's folders of bookmarks")
async def list_bookmark_folders(
    request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """The newest first."""
    query = f"bookmark folders of {caller.user_id}"
    folders, last = bookmarks.folders(reader, caller.user_id, limit=paging.limit, below=id_before(paging, query))
    items = [folder._asdict() for folder in folders]
    return respond_page(request, BookmarkFolder, items, next_cursor=id_cursor(query, last), fields=fields)


@router.post(
    "/bookmarks/folders",
    status_code=201,
    response_model=BookmarkFolder,
    summary="Make a folder of bookmarks",
    responses={409: {"description": "Another folder has this name, or there are 100 folders"}},
)
async def create_bookmark_folder(
    request: Request, body: NewBookmarkFolder, caller: Caller, tx: Transaction
) -> Response:
    """Only its owner sees it."""
    folder = bookmarks.add_folder(tx, body.name, user_id=caller.user_id)
    return respond(request, BookmarkFolder(**folder._asdict()), status=201)


@router.patch(
    "/bookmarks/folders/{folder_id}",
    response_model=BookmarkFolder,
    summary="Rename a folder of bookmarks",
    responses={409: {"description": "Another folder has this name"}},
)
async def update_bookmark_folder(
    request: Request, folder_id: UUID, body: NewBookmarkFolder, caller: Caller, tx: Transaction
) -> Response:
    """The last name counts."""
    folder = bookmarks.rename_folder(tx, folder_id, body.name, user_id=caller.user_id)
    return respond(request, BookmarkFolder(**folder._asdict()))


@router.delete("/bookmarks/folders/{folder_id}", status_code=204, summary="Delete a folder of bookmarks")
async def delete_bookmark_folder(folder_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """The bookmarks in it stay, in no folder."""
    bookmarks.delete_folder(tx, folder_id, user_id=caller.user_id)
    return no_content()


def _bookmark(request: Request, post_id: UUID, user_id: UUID, tx: Transaction, body: NewBookmark | None) -> Response:
    place = bookmarks.keep(tx, post_id, folder_id=body.folder_id if body else None, user_id=user_id)
    return respond(request, Bookmark(**place._asdict()))
