"""People can be reported: moderators warn, suspend or ban them."""

from __future__ import annotations

from typing import Final

from shared.contexts.profiles import audience
from shared.report_targets import ReportTarget

_PERSON: Final = """
SELECT p.user_id AS owner_id, NULL::int AS version, p.standing <> 'banned' AS is_shown, jsonb_build_object(
    'username', p.username, 'display_name', p.display_name, 'bio', p.bio, 'picture', p.picture) AS snapshot,
    ARRAY(SELECT o.picture_id FROM profiles o WHERE o.user_id = p.user_id AND o.picture_id IS NOT NULL) AS media_ids
FROM profiles_people p WHERE p.user_id = %(id)s
"""

TARGETS: Final = (ReportTarget(kind="user", select=_PERSON, visible=audience.is_findable("p.user_id")),)
