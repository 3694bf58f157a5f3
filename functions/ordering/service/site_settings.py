"""What the operator says about the shop: as administrators wrote it, or as the operator's file has it until they do."""

from __future__ import annotations

from typing import Any

from functions.ordering.domain.site_settings import NOT_STORED, SITE_ID, SiteTerms, StoredSite
from functions.ordering.repository import site_settings
from functions.ordering.service.site import operator_file
from functions.ordering.settings import OrderingSettings
from shared import audit, days, outbox, settings
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.ordering.events import SiteChanged
from shared.errors import FieldError, ValidationError, VersionConflictError


def current(connection: Connection) -> StoredSite:
    """The shop as it is told now."""
    return site_settings.find(connection) or _beginning()


def replace(connection: Connection, terms: SiteTerms, *, version: int) -> StoredSite:
    """Raises VersionConflictError, and ValidationError for a time zone or a logo that cannot be used."""
    before = site_settings.find(connection, locked=True) or _beginning()
    if before.version != version:
        raise VersionConflictError(current_version=before.version)
    logo = _checked(connection, terms, before)
    if version == NOT_STORED:
        after = site_settings.insert(connection, terms, logo)
        if after is None:  # somebody was faster, and this transaction did not see them
            raise VersionConflictError(current_version=NOT_STORED + 1)
    else:
        after = site_settings.update(connection, terms, logo)
    shown = ["logo"]  # derived from its id
    changes = audit.differences(audit.fields_of(before, without=shown), audit.fields_of(after, without=shown))
    audit.record(connection, "site.changed", Subject("site", SITE_ID), changes=changes)
    outbox.record(connection, SiteChanged())
    return after


def _beginning() -> StoredSite:
    """What a new shop begins with."""
    operator, configured = operator_file(), settings.load(OrderingSettings)
    lines = [line.strip() for line in configured.seller_address.split("|")]
    return StoredSite(
        name=operator.name,
        email=operator.email,
        phone="",
        address="\n".join(line for line in lines if line),
        time_zone=days.zone_name(),
        logo_id=None,
        logo=None,
        version=NOT_STORED,
        updated_at=None,
    )


def _checked(connection: Connection, terms: SiteTerms, before: StoredSite) -> dict[str, Any] | None:
    """What is shown of the logo."""
    if problem := days.problem(terms.time_zone):
        raise ValidationError(field=FieldError(("time_zone",), problem))
    if terms.logo_id is None:
        return None
    if terms.logo_id == before.logo_id:
        return before.logo
    picture = site_settings.ready_logo(connection, terms.logo_id)
    if picture is None:
        raise ValidationError(field=FieldError(("logo_id",), "no picture of the shop is ready under it"))
    return {"url": picture.url, **picture.media}
