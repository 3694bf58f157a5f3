"""A group is founded, and people come into it."""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import Final

from demo.contents.community.groups import SampleGroup
from demo.stories.neighbours import Community
from demo.stories.timeline import Story

_HOURS: Final = 13
"""In which all come who write there from the first day on."""


def founding(community: Community, group: SampleGroup) -> Story:
    """The owner founds it; then each comes as its access allows, and some become moderators."""
    founded_at = community.shop.ago(group.founded_days_ago)
    yield founded_at
    document = {
        "name": group.name,
        "slug": group.slug,
        "description": group.description,
        "rules": group.rules,
        "access": group.access,
    }
    community.group_ids[group.slug] = community.act(group.owner, "POST", "/groups", document)["id"]
    path = f"/groups/{group.slug}"
    for name in group.flairs:
        flair = community.act(group.owner, "POST", f"{path}/flairs", {"name": name})
        community.flair_ids[group.slug, name] = flair["id"]
    for person in sorted((*group.moderators, *group.members), key=_luck):
        yield founded_at + timedelta(hours=0.2 + _HOURS * _luck(person))
        _join(community, group, person)
        if person in group.moderators:
            role = {"role": "moderator"}
            community.act(group.owner, "PUT", f"{path}/members/{community.user_ids[person]}/role", role)
    for person, message in group.waiting:
        yield community.shop.ago(1.5)
        if group.access == "invitation":
            community.act(group.owner, "PUT", f"{path}/invitations/{community.user_ids[person]}")
        else:
            community.act(person, "PUT", f"{path}/membership", {"message": message})


def _join(community: Community, group: SampleGroup, person: str) -> None:
    path = f"/groups/{group.slug}"
    if group.access == "invitation":
        community.act(group.owner, "PUT", f"{path}/invitations/{community.user_ids[person]}")
    community.act(person, "PUT", f"{path}/membership", {})
    if group.access == "request":
        decision = f"{path}/requests/{community.user_ids[person]}/decision"
        community.act(group.owner, "POST", decision, {"decision": "accept"})


def _luck(person: str) -> float:
    return zlib.crc32(person.encode()) / 2**32
