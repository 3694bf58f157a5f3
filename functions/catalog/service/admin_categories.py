"""Admins make, move and delete categories."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import psycopg

from functions.catalog.domain.slugs import slug_problem, slugify
from functions.catalog.errors import (
    CategoryCycleError,
    CategoryNotEmptyError,
    CategoryNotFoundError,
    CategorySlugTakenError,
    CategoryTooDeepError,
)
from functions.catalog.repository import category_tree
from functions.catalog.repository.category_tree import StoredCategory
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.catalog.events import CategoryChanged
from shared.errors import FieldError, ValidationError, VersionConflictError

MAX_LEVELS: Final = 10
_SLUG_ATTEMPTS: Final = 3


def read(connection: Connection, category_id: UUID | None) -> StoredCategory:
    """Raises CategoryNotFoundError."""
    category = None if category_id is None else category_tree.by_id(connection, category_id, locked=False)
    if category is None:
        raise CategoryNotFoundError
    return category


def create(connection: Connection, content: Mapping[str, Any]) -> StoredCategory:
    """A new category with this name, slug, parent_id and position; without a slug, with one made of the name.

    Raises ValidationError (parent), CategoryTooDeepError and CategorySlugTakenError."""
    category_tree.lock(connection)
    if content["parent_id"] is not None:
        _check_place(connection, content["parent_id"], moved=None, levels=1)
    base = content["slug"] or slugify(content["name"])
    if content["slug"] is None and slug_problem(base):
        base = f"category-{base}".rstrip("-")
    slug = base
    for _ in range(_SLUG_ATTEMPTS):
        category = category_tree.insert(connection, {**content, "slug": slug})
        if category is not None:
            outbox.record(connection, CategoryChanged(category_id=category.id))
            changes = audit.created(audit.fields_of(category))
            audit.record(connection, "category.created", _subject(category), changes=changes)
            return category
        if content["slug"] is not None:
            break
        slug = f"{base}-{secrets.token_hex(3)}"
    raise _slug_taken()


def replace(
    connection: Connection, category_id: UUID | None, content: Mapping[str, Any], *, version: int
) -> StoredCategory:
    """Replace name, slug, parent_id and position; all below the category moves with it. A slug of None stays.

    Raises CategoryNotFoundError, VersionConflictError, ValidationError (parent), CategoryCycleError,
    CategoryTooDeepError and CategorySlugTakenError.
    """
    category_tree.lock(connection)
    current = _locked(connection, category_id, version)
    parent_id = content["parent_id"]
    if parent_id is not None and parent_id != current.parent_id:
        depth = category_tree.subtree_depth(connection, current.id, most=MAX_LEVELS)
        _check_place(connection, parent_id, moved=current.id, levels=depth)
    values = {**content, "slug": content["slug"] or current.slug}
    after = current
    if values != {name: getattr(current, name) for name in values}:
        try:
            after = category_tree.update(connection, current.id, values)
        except psycopg.errors.UniqueViolation as error:
            raise _slug_taken() from error
        outbox.record(connection, CategoryChanged(category_id=current.id))
    changes = audit.differences(audit.fields_of(current), audit.fields_of(after))
    audit.record(connection, "category.changed", _subject(current), changes=changes)
    return after


def delete(connection: Connection, category_id: UUID | None, *, version: int | None) -> None:
    """Delete an empty category. Raises CategoryNotFoundError, VersionConflictError and CategoryNotEmptyError."""
    category_tree.lock(connection)
    current = _locked(connection, category_id, version)
    if category_tree.in_use(connection, current.id):
        raise CategoryNotEmptyError("Move its categories and products elsewhere, or delete them, first")
    category_tree.delete(connection, current.id)
    audit.record(connection, "category.deleted", _subject(current), changes=audit.deleted(audit.fields_of(current)))
    outbox.record(connection, CategoryChanged(category_id=current.id, deleted=True))


def _locked(connection: Connection, category_id: UUID | None, version: int | None) -> StoredCategory:
    category = None if category_id is None else category_tree.by_id(connection, category_id, locked=True)
    if category is None:
        raise CategoryNotFoundError
    if version is not None and version != category.version:
        raise VersionConflictError(current_version=category.version)
    return category


def _check_place(connection: Connection, parent_id: UUID, *, moved: UUID | None, levels: int) -> None:
    """Whether so many levels may stand below the parent, and `moved` may."""
    above = category_tree.ancestors(connection, parent_id, most=MAX_LEVELS)
    if not above:
        message = "there is no such category"
        raise ValidationError(field=FieldError(("parent_id",), message))
    if moved in above:
        raise CategoryCycleError("The new parent is the category itself, or stands below it")
    if len(above) + levels > MAX_LEVELS:
        raise CategoryTooDeepError(f"There are {MAX_LEVELS} levels at most")


def _subject(category: StoredCategory) -> Subject:
    return Subject("category", category.id)


def _slug_taken() -> CategorySlugTakenError:
    return CategorySlugTakenError(errors=[FieldError(("slug",), "taken by another category")])
