"""The picture of one's profile."""

from __future__ import annotations

from uuid import UUID

from functions.profiles.repository import pictures
from functions.profiles.repository.own_profile import OwnProfileRow
from functions.profiles.repository.pictures import ReadyPicture
from functions.profiles.service import own_profile
from shared.clients.database import Connection
from shared.contexts.media import removal
from shared.contexts.profiles.standing import OnboardingRequiredError, require_may_write
from shared.errors import FieldError, ValidationError


def show(connection: Connection, viewer: UUID, media_id: UUID) -> OwnProfileRow:
    """The viewer's profile with this upload of theirs; the picture before is removed.

    Raises ValidationError for an id under which no picture of theirs for a profile is ready,
    SuspendedError and OnboardingRequiredError.
    """
    picture = pictures.ready(connection, media_id, owner=viewer)
    if picture is None:
        raise ValidationError(field=FieldError(("media_id",), "no picture that can be used here is ready under it"))
    _replace(connection, viewer, picture)
    return own_profile.of(connection, viewer)


def remove(connection: Connection, viewer: UUID) -> None:
    """The viewer's profile shows no picture; what it showed is removed. Can be repeated."""
    _replace(connection, viewer, None)


def _replace(connection: Connection, viewer: UUID, picture: ReadyPicture | None) -> None:
    replaced = pictures.show(connection, viewer, picture)
    if replaced is None:
        require_may_write(connection, viewer)
        raise OnboardingRequiredError
    if replaced.before is not None and replaced.before != replaced.after:
        removal.remove(connection, replaced.before)
