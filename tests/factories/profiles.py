"""People with profiles, and what they are to each other. Counts are the database's work."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles import usernames
from shared.contexts.profiles.models import ContentFilter, Follow, FollowRequest, Profile
from tests.factories import identity


def profile(db: Session, owner: User, *, username: str | None = None, **columns: Any) -> Profile:
    """A committed profile of the user's, in good standing and open to everybody unless `columns` say otherwise."""
    # No letter that looks like another one: names that are drawn never collide.
    name = username or "p" + uuid.uuid4().hex[:16].translate(str.maketrans("01", "xy"))
    display_name = columns.get("display_name")
    made = Profile(
        user_id=owner.id,
        username=name,
        username_key=usernames.key_of(name),
        username_skeleton=usernames.skeleton_of(name),
        display_key=usernames.key_of(display_name) if display_name else None,
        **{"time_zone": "Europe/Berlin", **columns},
    )
    db.add(made)
    db.commit()
    return made


def person(db: Session, username: str | None = None, *, full_name: str = "Ada Lovelace", **columns: Any) -> User:
    """A committed user who is onboarded; `columns` are those of the profile."""
    made = identity.user(db, full_name=full_name)
    profile(db, made, username=username, **columns)
    return made


def follow(db: Session, follower: User, followed: User, **columns: Any) -> Follow:
    made = Follow(follower_id=follower.id, followed_id=followed.id, **columns)
    db.add(made)
    db.commit()
    return made


def follow_request(db: Session, follower: User, followed: User) -> FollowRequest:
    made = FollowRequest(follower_id=follower.id, followed_id=followed.id)
    db.add(made)
    db.commit()
    return made


def block(db: Session, blocker: User, blocked: User) -> ContentFilter:
    """The block alone; follows between the two stay."""
    made = ContentFilter(user_id=blocker.id, target_id=blocked.id, kind="block")
    db.add(made)
    db.commit()
    return made


def mute(db: Session, muter: User, muted: User, *, until: datetime | None = None) -> ContentFilter:
    made = ContentFilter(user_id=muter.id, target_id=muted.id, kind="mute", until=until)
    db.add(made)
    db.commit()
    return made
