"""Who may see which posts: one text, used by every statement that shows any.

Aliases are `p` for the post; `%(viewer)s` is the id of who asks, or null. People are judged by
`shared.contexts.profiles.audience`, in both directions; this adds what only community knows: groups, and words that the
viewer does not want to read.
"""

from __future__ import annotations

from typing import Final

from shared.contexts.profiles import audience

_MAY_SEE_AUTHOR: Final = audience.may_see("p.author_id", visibility="p.visibility")
_IS_LISTED_AUTHOR: Final = audience.is_listed("p.author_id", visibility="p.visibility")
# Whoever is banned from a group reads nothing of it; they are no member. EXISTS would be planned as a hash table of all
# groups, which are many more than a page has.
_IN_GROUP: Final = """(p.group_id IS NULL OR coalesce((
    SELECT EXISTS (SELECT FROM group_members m WHERE m.group_id = g.id AND m.user_id = %(viewer)s::uuid)
        OR g.access = 'public' AND g.hidden_at IS NULL AND NOT EXISTS (
            SELECT FROM group_bans b WHERE b.group_id = g.id AND b.user_id = %(viewer)s::uuid
                AND (b.until IS NULL OR b.until > now()))
    FROM groups g WHERE g.id = p.group_id), false))"""
# Words are judged in what is shown with the post, too: the post that it quotes.
_HIDDEN_WORDS: Final = f"""({audience.is_hidden_by_words("p.author_id", "p.folded_text")}
    OR p.is_quote AND EXISTS (SELECT FROM posts q WHERE q.id = p.quoted_post_id
        AND {audience.is_hidden_by_words("p.author_id", "q.folded_text")}))"""
# What somebody writes themself is never kept from them by their own filters.
_MUTED_QUOTE: Final = """(p.is_quote AND p.author_id IS DISTINCT FROM %(viewer)s::uuid AND EXISTS (
    SELECT FROM posts q JOIN profiles_mutes quoted_mute ON quoted_mute.person_id = q.author_id
    WHERE q.id = p.quoted_post_id AND quoted_mute.viewer_id = %(viewer)s::uuid{also}))"""

AUDIENCE: Final = f"{_MAY_SEE_AUTHOR} AND {_IN_GROUP}"
"""Whom a post is for as long as it is shown."""
READABLE: Final = f"p.is_live AND {AUDIENCE}"
"""By its address: what the viewer may read at all. A muted author's posts can be."""
_QUOTES_ANOTHER: Final = _MUTED_QUOTE.format(also=" AND q.author_id <> p.author_id")
ON_PAGE: Final = f"{READABLE} AND NOT {_HIDDEN_WORDS} AND NOT {_QUOTES_ANOTHER}"
"""On the author's own page, which a mute of theirs does not hide; one of somebody whom they quote there does."""
_LISTED_WORDS: Final = f"NOT {_HIDDEN_WORDS} AND NOT {_MUTED_QUOTE.format(also='')}"
LISTED: Final = f"p.is_live AND {_IS_LISTED_AUTHOR} AND {_IN_GROUP} AND {_LISTED_WORDS}"
"""In lists: also without what the viewer has muted, quoted by others or not."""
PERSON_LISTED: Final = f"""({audience.is_findable("{person}")} AND NOT EXISTS (SELECT FROM profiles_mutes o
    WHERE o.viewer_id = %(viewer)s::uuid AND o.person_id = {{person}}))"""
"""Whoever did something with a post, in a list of people: no wall, not gone, not muted. For `format`."""
