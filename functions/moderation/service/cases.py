"""Moderators look through cases, claim them, and decide them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from functions.moderation.domain.reasons import CaseStatus
from functions.moderation.errors import CaseClaimedError, CaseDecidedError, CaseNotFoundError, OwnCaseError
from functions.moderation.repository import actions, case_files, case_lists, cases, targets
from functions.moderation.repository.case_files import CaseFile
from functions.moderation.repository.case_lists import CaseCard, CaseFilters, CaseOrder, KindCounts
from functions.moderation.repository.cases import CaseState
from functions.moderation.repository.targets import Target
from functions.moderation.service import effects
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.moderation.events import ReportCaseDecided, ReportDecided
from shared.errors import VersionConflictError
from shared.pages import split_page

CLAIM_MINUTES: Final = 15


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case with all that belongs to it, and its target as it is now (None where it is gone)."""

    card: CaseCard
    file: CaseFile
    target: Target | None


def queue(
    connection: Connection,
    filters: CaseFilters,
    order: CaseOrder,
    *,
    moderator: UUID,
    limit: int,
    after: Sequence[Any] | None,
) -> tuple[list[CaseCard], list[Any] | None, list[KindCounts]]:
    """A page of cases, where the next one starts, and what there is to do altogether."""
    rows = case_lists.queue(connection, filters, order, moderator=moderator, limit=limit + 1, after=after)
    page, last = split_page(rows, limit, case_lists.place_of)
    return list(page), last, case_lists.counts(connection, moderator)


def show(connection: Connection, case_id: UUID) -> OpenedCase:
    """One case. Raises CaseNotFoundError."""
    card, file = case_lists.card(connection, case_id), case_files.read(connection, case_id)
    if card is None or file is None:
        raise CaseNotFoundError
    return OpenedCase(card, file, targets.present(connection, card.target_kind, card.target_id))


def claim(connection: Connection, case_id: UUID, moderator: UUID) -> OpenedCase:
    """Keep others from deciding the case for a quarter of an hour; again to go on. Raises what `require_free` does."""
    until = cases.claim(connection, case_id, moderator, minutes=CLAIM_MINUTES)
    if until is None:
        require_free(cases.state(connection, case_id), moderator, is_open=True)
        raise CaseClaimedError  # it was released between the two statements
    audit.record(connection, "report_case.claimed", Subject("report_case", case_id), changes={"until": (None, until)})
    return show(connection, case_id)


def release(connection: Connection, case_id: UUID, moderator: UUID) -> None:
    """End the moderator's claim, where there is one. Raises CaseNotFoundError, and CaseClaimedError for another's."""
    if not cases.release(connection, case_id, moderator):
        require_free(cases.state(connection, case_id), moderator)
    audit.record(connection, "report_case.released", Subject("report_case", case_id))


def decide(
    connection: Connection, case_id: UUID, moderator: UUID, *, status: CaseStatus, note: str, version: int
) -> OpenedCase:
    """Resolve or dismiss an open case. What a keyword rule has hidden is shown again, unless it was hidden or removed
    by a moderator since. Raises what `require_free` does, and VersionConflictError.
    """
    cases.lock_owner(connection, case_id)
    case = require_free(cases.state(connection, case_id), moderator, is_open=True)
    if case.version != version:
        raise VersionConflictError(current_version=case.version)
    close(connection, case, moderator, status=status, note=note, version=version)
    changes = audit.differences({"status": case.status}, {"status": status.value, "note": note or None})
    audit.record(connection, f"report_case.{status.value}", Subject("report_case", case.id), changes=changes)
    return show(connection, case_id)


def close(
    connection: Connection, case: CaseState, moderator: UUID, *, status: CaseStatus, note: str, version: int | None
) -> None:
    """Without an entry in the audit log. The target is locked before its case, as by who writes it. Raises
    CaseClaimedError or CaseDecidedError where another was faster.
    """
    kind = case.target_kind
    if case.is_held and not actions.hiding(connection, kind, case.target_id):
        effects.show(connection, kind, case.target_id, moderator=moderator, reason=note or status.value)
    reporters = cases.decide(connection, case.id, moderator, status=status.value, note=note or None, version=version)
    if reporters is None:
        present = require_free(cases.state(connection, case.id), moderator, is_open=True)
        raise VersionConflictError(current_version=present.version)
    outbox.record(
        connection,
        ReportCaseDecided(case_id=case.id, status=status.value, target_kind=case.target_kind, target_id=case.target_id),
    )
    told = [ReportDecided(**who, status=status.value, target_kind=case.target_kind) for who in reporters]
    outbox.record_all(connection, told)


def require_free(case: CaseState | None, moderator: UUID, *, is_open: bool = False) -> CaseState:
    """The case, where this moderator may act on it. Raises CaseNotFoundError, OwnCaseError, CaseClaimedError, and, with
    `is_open`, CaseDecidedError.
    """
    if case is None:
        raise CaseNotFoundError
    if case.owner_id == moderator:
        raise OwnCaseError
    if is_open and case.status != CaseStatus.OPEN:
        raise CaseDecidedError(case_status=case.status)
    if case.claimed_by is not None and case.claimed_by != moderator:
        assert case.claimed_until is not None
        raise CaseClaimedError(
            claimed_by={"id": str(case.claimed_by), "name": case.claimed_name},
            claimed_until=case.claimed_until.isoformat().replace("+00:00", "Z"),
        )
    return case
