"""Legal pages: the texts that administrators wrote, or the files that a new shop begins with."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from functions.ordering.domain.site_settings import (
    MAX_MARKDOWN_BYTES,
    NOT_STORED,
    StoredLegalText,
    title_and_body,
)
from functions.ordering.errors import LegalTextNotFoundError
from functions.ordering.repository import legal_texts
from functions.ordering.service.site import operator_file
from shared import audit, outbox, process
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.ordering.events import SiteChanged
from shared.errors import FieldError, ValidationError, VersionConflictError

_PACKED: Final = Path(__file__).parents[1] / "legal_texts"
"""Where a package has the operator's files (`infra/packaging/contents.py`)."""
_SOURCES: Final = Path(__file__).parents[3] / "web" / "site" / "legal"
"""Where they are edited, and read from by what is not packaged."""


def read(connection: Connection, name: str, language: str) -> StoredLegalText:
    """Raises LegalTextNotFoundError."""
    beginning = _beginning(name, language)
    return legal_texts.find(connection, name, language) or beginning


def replace(connection: Connection, name: str, language: str, markdown: str, *, version: int) -> StoredLegalText:
    """Raises LegalTextNotFoundError, VersionConflictError and ValidationError."""
    beginning = _beginning(name, language)
    _check(markdown)
    before = legal_texts.find(connection, name, language, locked=True) or beginning
    if before.version != version:
        raise VersionConflictError(current_version=before.version)
    if version == NOT_STORED:
        after = legal_texts.insert(connection, name, language, markdown)
        if after is None:  # somebody was faster, and this transaction did not see them
            raise VersionConflictError(current_version=NOT_STORED + 1)
    else:
        after = legal_texts.update(connection, name, language, markdown)
    assert after.id is not None
    changes = audit.differences(audit.fields_of(before), audit.fields_of(after))
    audit.record(connection, "legal_text.changed", Subject("legal_text", after.id), changes=changes)
    outbox.record(connection, SiteChanged())
    return after


def html(markdown: str) -> str:
    """The text below the title. HTML in it is shown as it is written, and links lead to the web, mail or this site."""
    from functions.ordering.service import markdown as renderer

    _, body = title_and_body(markdown)
    return renderer.html(body)


def _check(markdown: str) -> None:
    if len(markdown.encode()) > MAX_MARKDOWN_BYTES:
        raise ValidationError(field=FieldError(("markdown",), f"at most {MAX_MARKDOWN_BYTES} bytes"))
    try:
        title_and_body(markdown)
    except ValueError as error:
        raise ValidationError(field=FieldError(("markdown",), str(error))) from None


def _beginning(name: str, language: str) -> StoredLegalText:
    operator = operator_file()
    if name not in operator.legal_pages or language not in operator.languages:
        raise LegalTextNotFoundError
    return StoredLegalText(
        id=None, name=name, language=language, markdown=_file(name, language), version=NOT_STORED, updated_at=None
    )


@cache
def _file(name: str, language: str) -> str:
    """What the operator's file says; a page without a file is nothing but its title until somebody writes it."""
    folder = _PACKED if _PACKED.is_dir() else _SOURCES
    try:
        return (folder / f"{name}.{language}.md").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return f"# {name.replace('_', ' ').replace('-', ' ').capitalize()}"


process.on_reset(_file.cache_clear)
