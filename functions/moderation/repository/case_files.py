"""What belongs to a case: reports, matched rules, evidence, what was done, and the history of the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

MOST_ENTRIES: Final = 100
"""Of each kind in one answer; the newest."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All JSON: lists of reports, screenings, snapshots and actions; `history` is null where nobody owns the target."""

    snapshots: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    screenings: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    history: dict[str, Any] | None


_ACTION: Final = """jsonb_build_object('id', a.id, 'kind', a.kind, 'target', jsonb_build_object('kind', a.target_kind,
    'id', a.target_id), 'case_id', a.case_id, 'moderator_id', a.moderator_id, 'reason', a.reason, 'ends_at', a.ends_at,
    'undone_at', a.undone_at, 'created_at', a.created_at)"""
_FILE: Final = f"""
SELECT c.snapshots,
    (SELECT coalesce(jsonb_agg(n.entry ORDER BY n.id DESC), '[]') FROM (
        SELECT r.id, jsonb_build_object('id', r.id, 'reporter', CASE WHEN r.reporter_id IS NOT NULL THEN
                jsonb_build_object('id', r.reporter_id, 'username', p.username) END,
            'reason', r.reason, 'text', r.body, 'target_version', r.target_version, 'created_at', r.created_at)
            AS entry
        FROM reports r LEFT JOIN profiles_people p ON p.user_id = r.reporter_id
        WHERE r.case_id = c.id ORDER BY r.id DESC LIMIT %(most)s) n) AS reports,
    (SELECT coalesce(jsonb_agg(n.entry ORDER BY n.id), '[]') FROM (
        SELECT s.id, jsonb_build_object('rule_id', s.rule_id, 'rule_version', s.rule_version, 'phrase', s.phrase,
            'action', s.action, 'field', s.field, 'start', s.start_offset, 'end', s.end_offset,
            'target_version', s.target_version, 'created_at', s.created_at,
            'is_changed', k.version <> s.rule_version OR k.deleted_at IS NOT NULL) AS entry
        FROM screenings s JOIN keyword_rules k ON k.id = s.rule_id
        WHERE s.case_id = c.id ORDER BY s.id LIMIT %(most)s) n) AS screenings,
    (SELECT coalesce(jsonb_agg(n.entry ORDER BY n.id DESC), '[]') FROM (
        SELECT a.id, {_ACTION} AS entry FROM moderation_actions a
        WHERE a.target_kind = c.target_kind AND a.target_id = c.target_id OR a.case_id = c.id
        ORDER BY a.id DESC LIMIT %(most)s) n) AS actions,
    CASE WHEN c.owner_id IS NOT NULL THEN jsonb_build_object(
        'cases', (SELECT coalesce(jsonb_object_agg(n.status, n.cases), jsonb_build_object()) FROM (
            SELECT o.status, count(*) AS cases FROM report_cases o WHERE o.owner_id = c.owner_id AND o.id <> c.id
            GROUP BY o.status) n),
        'actions', (SELECT coalesce(jsonb_agg(n.entry ORDER BY n.id DESC), '[]') FROM (
            SELECT a.id, {_ACTION} AS entry FROM moderation_actions a WHERE a.subject_id = c.owner_id
            ORDER BY a.id DESC LIMIT %(most)s) n),
        'standing', (SELECT jsonb_build_object('standing', p.standing, 'until', p.standing_until,
            'reason', p.standing_reason, 'joined_at', p.created_at)
            FROM profiles_people p WHERE p.user_id = c.owner_id),
        'posts', coalesce((SELECT s.post_count FROM community_author_stats s WHERE s.user_id = c.owner_id), 0)
    ) END AS history
FROM report_cases c WHERE c.id = %(id)s
"""


def read(connection: Connection, case_id: UUID) -> CaseFile | None:
    """In one statement."""
    with connection.cursor(row_factory=class_row(CaseFile)) as cursor:
        return cursor.execute(_FILE, {"id": case_id, "most": MOST_ENTRIES}).fetchone()
