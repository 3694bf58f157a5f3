"""Posts that people keep for later, in folders or in none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from functions.community.errors import (
    FolderNameTakenError,
    FolderNotFoundError,
    PostNotFoundError,
    TooManyFoldersError,
)
from functions.community.repository import bookmark_folders, bookmarks, post_access
from functions.community.repository.bookmark_folders import Folder, SameNameError
from functions.community.repository.bookmarks import BookmarkPlace
from functions.community.service import posts
from functions.community.service.posts import Cards
from shared.clients.database import Connection
from shared.contexts.profiles.standing import OnboardingRequiredError
from shared.pages import split_by_id, split_page

MAX_FOLDERS: Final = 100


@dataclass(frozen=True, slots=True)
class BookmarkPage:
    places: Sequence[BookmarkPlace]
    cards: Cards


def keep(connection: Connection, post_id: UUID, *, folder_id: UUID | None, user_id: UUID) -> BookmarkPlace:
    """In this folder, or in none; a second time moves it. Raises PostNotFoundError, FolderNotFoundError, or
    OnboardingRequiredError.
    """
    place = bookmarks.put(connection, user_id, post_id, folder_id)
    if place is not None:
        return place
    access = post_access.readable(connection, post_id, user_id)
    if access is None:
        raise PostNotFoundError
    if access.standing is None:
        raise OnboardingRequiredError
    raise FolderNotFoundError


def remove(connection: Connection, post_id: UUID, *, user_id: UUID) -> None:
    """Also where there is none, and where the post is not for the caller any more."""
    bookmarks.delete(connection, user_id, post_id)


def page(
    connection: Connection, user_id: UUID, *, folder_id: UUID | None, limit: int, after: Sequence[Any] | None
) -> tuple[BookmarkPage, list[Any] | None]:
    """The last first, and the sort values after which the next page begins. Raises FolderNotFoundError."""
    rows = bookmarks.page(connection, user_id, folder_id=folder_id, limit=limit + 1, after=after)
    if not rows and folder_id is not None and not bookmark_folders.exists(connection, user_id, folder_id):
        raise FolderNotFoundError
    places, last = split_page(rows, limit, lambda place: [place.created_at, place.post_id])
    return BookmarkPage(places, posts.page(connection, [place.post_id for place in places], user_id)), last


def folders(
    connection: Connection, user_id: UUID, *, limit: int, below: UUID | None
) -> tuple[Sequence[Folder], UUID | None]:
    """The newest first."""
    return split_by_id(bookmark_folders.page(connection, user_id, limit=limit + 1, below=below), limit)


def add_folder(connection: Connection, name: str, *, user_id: UUID) -> Folder:
    """Raises FolderNameTakenError and TooManyFoldersError."""
    if bookmark_folders.count(connection, user_id) >= MAX_FOLDERS:
        raise TooManyFoldersError(limit=MAX_FOLDERS)
    folder = bookmark_folders.insert(connection, user_id, name)
    if folder is None:
        raise FolderNameTakenError
    return folder


def rename_folder(connection: Connection, folder_id: UUID, name: str, *, user_id: UUID) -> Folder:
    """Raises FolderNotFoundError and FolderNameTakenError."""
    try:
        folder = bookmark_folders.rename(connection, user_id, folder_id, name)
    except SameNameError as error:
        raise FolderNameTakenError from error
    if folder is None:
        raise FolderNotFoundError
    return folder


def delete_folder(connection: Connection, folder_id: UUID, *, user_id: UUID) -> None:
    """Its bookmarks stay, in no folder. Raises FolderNotFoundError."""
    if not bookmark_folders.delete(connection, user_id, folder_id):
        raise FolderNotFoundError
