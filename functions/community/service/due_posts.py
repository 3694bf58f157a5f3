"""Scheduled posts are published when their time has come, unless their authors could not write them by then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from functions.community.repository import posts
from functions.community.service import post_writer
from shared import outbox
from shared.clients.database import Connection
from shared.errors import ProblemError
from shared.log import logger


@dataclass(frozen=True, slots=True)
class DueRun:
    """The numbers of one run."""

    published: int
    returned: int
    failed: int


def publish(has_time: Callable[[], bool]) -> DueRun:
    """One transaction per post, so that a failure stops no other, and a crash publishes nothing twice; the next run
    tries it again. Concurrent runs share the work: each takes what the other has not locked.
    """
    published = returned = 0
    failed: list[UUID] = []
    while has_time():
        post_id: UUID | None = None
        try:
            with outbox.unit_of_work() as connection:
                due = posts.lock_next_due(connection, except_for=failed)
                if due is None:
                    break
                post_id = due.id
                is_published = _publish(connection, post_id)
            published += is_published
            returned += not is_published
        except Exception:
            if post_id is None:
                raise  # the failure is not that of one post
            logger().exception("scheduled post could not be published", extra={"post_id": str(post_id)})
            failed.append(post_id)
    return DueRun(published, returned, len(failed))


def _publish(connection: Connection, post_id: UUID) -> bool:
    """Whether it was published. Where its author is suspended or has left the group, or what it quotes is not theirs to
    read any more, it is a draft again.
    """
    post = posts.locked(connection, post_id)
    assert post is not None
    try:
        post_writer.publish_locked(connection, post)
    except ProblemError as problem:
        logger().info("scheduled post returned", extra={"post_id": str(post_id), "reason": problem.code})
        posts.make_draft(connection, post_id, problem.code)
        return False
    return True
