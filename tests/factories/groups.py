"""Groups and who is in them, as they stand in the database."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.orm import Session

from shared.contexts.community.models.groups import Group, GroupBan, GroupMember, GroupRequest
from shared.contexts.identity.models.accounts import User


def group(db: Session, owner: User, *, access: str = "public", **columns: Any) -> Group:
    """A committed group of this owner's, open to everybody unless `access` says otherwise."""
    values = {"slug": f"group-{uuid.uuid4().hex[:8]}", "name": "Value investors", "access": access, **columns}
    made = Group(**values)
    db.add(made)
    db.flush()
    db.add(GroupMember(group_id=made.id, user_id=owner.id, role="owner"))
    db.commit()
    return made


def member(db: Session, group: Group, user: User, role: str = "member", **columns: Any) -> GroupMember:
    made = GroupMember(group_id=group.id, user_id=user.id, role=role, **columns)
    db.add(made)
    db.commit()
    return made


def request(db: Session, group: Group, user: User, *, invited_by: User | None = None) -> GroupRequest:
    """Somebody asks to join, or is invited to."""
    made = GroupRequest(group_id=group.id, user_id=user.id, invited_by=invited_by.id if invited_by else None)
    db.add(made)
    db.commit()
    return made


def ban(db: Session, group: Group, user: User, **columns: Any) -> GroupBan:
    made = GroupBan(group_id=group.id, user_id=user.id, **columns)
    db.add(made)
    db.commit()
    return made
