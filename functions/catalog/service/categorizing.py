"""Admins make, move and delete categories."""

from __future__ import annotations

import secrets
from typing import Any, Final
from uuid import UUID

import psycopg

from functions.catalog.category_schemas import CategoryReplacement, NewCategory
from functions.catalog.errors import (
    CategoryCycleError,
    CategoryNotEmptyError,
    CategoryNotFoundError,
    CategorySlugTakenError,
    CategoryTooDeepError,
)
from functions.catalog.repository import category_tree
from functions.catalog.repository.category_tree import StoredCategory
from functions.catalog.slugs import slug_problem, slugify
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.errors import ValidationError, VersionConflictError
from shared.events import CategoryChanged

MAX_LEVELS: Final = 10
_SLUG_ATTEMPTS: Final = 3


def read(connection: Connection, category_id: UUID | None) -> StoredCategory:
    """Raises CategoryNotFoundError."""
    found = None if category_id is None else category_tree.by_id(connection, category_id, locked=False)
    if found is None:
        raise CategoryNotFoundError
    return found


def create(connection: Connection, body: NewCategory) -> StoredCategory:
    """A new category. Raises ValidationError (parent), CategoryTooDeepError and CategorySlugTakenError."""
    category_tree.lock(connection)
    if body.parent_id is not None:
        _check_place(connection, body.parent_id, moved=None, levels=1)
    base = body.slug or slugify(body.name)
    if body.slug is None and slug_problem(base):
        base = f"category-{base}".rstrip("-")
    slug = base
    for _ in range(_SLUG_ATTEMPTS):
        made = category_tree.insert(connection, {**body.model_dump(), "slug": slug})
        if made is not None:
            outbox.record(connection, CategoryChanged(category_id=made.id))
            audit.record(connection, "category.created", _subject(made), changes=audit.created(audit.fields_of(made)))
            return made
        if body.slug is not None:
            break
        slug = f"{base}-{secrets.token_hex(3)}"
    raise _slug_taken()


def replace(connection: Connection, category_id: UUID | None, body: CategoryReplacement) -> StoredCategory:
    """Make the category what `body` says; all below it moves with it.

    Raises CategoryNotFoundError, VersionConflictError, ValidationError (parent), CategoryCycleError,
    CategoryTooDeepError and CategorySlugTakenError.
    """
    category_tree.lock(connection)
    current = _locked(connection, category_id, body.version)
    if body.parent_id is not None and body.parent_id != current.parent_id:
        levels = category_tree.levels(connection, current.id, most=MAX_LEVELS)
        _check_place(connection, body.parent_id, moved=current.id, levels=levels)
    values: dict[str, Any] = {**body.model_dump(exclude={"version"}), "slug": body.slug or current.slug}
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
    """Raises CategoryNotFoundError, VersionConflictError, and CategoryNotEmptyError while something stands in it."""
    category_tree.lock(connection)
    current = _locked(connection, category_id, version)
    if category_tree.in_use(connection, current.id):
        raise CategoryNotEmptyError("Move its categories and products elsewhere, or delete them, first")
    category_tree.delete(connection, current.id)
    audit.record(connection, "category.deleted", _subject(current), changes=audit.deleted(audit.fields_of(current)))
    outbox.record(connection, CategoryChanged(category_id=current.id, deleted=True))


def _locked(connection: Connection, category_id: UUID | None, version: int | None) -> StoredCategory:
    found = None if category_id is None else category_tree.by_id(connection, category_id, locked=True)
    if found is None:
        raise CategoryNotFoundError
    if version is not None and version != found.version:
        raise VersionConflictError(current_version=found.version)
    return found


def _check_place(connection: Connection, parent_id: UUID, *, moved: UUID | None, levels: int) -> None:
    """Whether so many levels may stand below the parent, and `moved` may."""
    above = category_tree.line(connection, parent_id, most=MAX_LEVELS)
    if not above:
        message = "there is no such category"
        raise ValidationError(f"body.parent_id: {message}", errors=[{"field": "body.parent_id", "message": message}])
    if moved in above:
        raise CategoryCycleError("The new parent is the category itself, or stands below it")
    if len(above) + levels > MAX_LEVELS:
        raise CategoryTooDeepError(f"There are {MAX_LEVELS} levels at most")


def _subject(category: StoredCategory) -> Subject:
    return Subject("category", category.id)


def _slug_taken() -> CategorySlugTakenError:
    return CategorySlugTakenError(errors=[{"field": "body.slug", "message": "taken by another category"}])
