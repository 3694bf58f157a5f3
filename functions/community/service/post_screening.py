"""What moderation says of a post before it is published or changed."""

from __future__ import annotations

from functions.community.domain.post_content import PostContent
from functions.community.repository.posts import LockedPost
from shared.clients.database import Connection
from shared.contexts.moderation import screening
from shared.contexts.moderation.screening import Verdict


def judge(connection: Connection, content: PostContent) -> Verdict:
    """Raises TextRefusedError."""
    return _judged(connection, content.texts(), content.language)


def judge_waiting(connection: Connection, post: LockedPost) -> Verdict:
    """The same of a draft or scheduled post, as it is stored. Raises TextRefusedError."""
    texts = {"text": post.body, "content_warning": post.content_warning or ""}
    texts |= {f"media.{place}.alt": picture["alt"] for place, picture in enumerate(post.pictures or ())}
    options = post.poll["options"] if post.poll else ()
    texts |= {f"poll.options.{place}": option for place, option in enumerate(options)}
    return _judged(connection, texts, post.language)


def _judged(connection: Connection, texts: dict[str, str], language: str | None) -> Verdict:
    written = {field: text for field, text in texts.items() if text}
    return screening.judge(connection, written, language=language)
