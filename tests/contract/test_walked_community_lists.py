"""Every list of people and of what they publish, walked to its end: in a total order, and while others write.

Lists by rank that move are in `tests/integration/community/test_ranks.py`.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from infra.openapi.applications import application
from tests.contract.applications import entry_point
from tests.contract.community_lists import Listed, World, arranged
from tests.contract.community_lists.rows import LISTS
from tests.factories import profiles
from tests.support.cloud import Cloud
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.tokens import TestSigningKey

ROWS = 6


def test_every_list_has_a_row() -> None:
    paged = {
        path
        for context in ("profiles", "community", "discovery")
        for path, operations in application(context).openapi()["paths"].items()
        for parameter in operations.get("get", {}).get("parameters", [])
        if parameter["name"] == "cursor"
    }
    assert paged == {listed.path for listed in LISTS}, "a list needs a row in tests/contract/community_lists/rows.py"


class Walk:
    """One person on their way through a list."""

    def __init__(self, listed: Listed, world: World, client: LambdaClient, limit: int) -> None:
        self.listed, self.address, self.client, self.limit = listed, listed.address(world), client, limit
        self.cursor: str | None = None

    def ask(self, client: LambdaClient | None = None, cursor: str | None = None) -> Answer:
        at = {"cursor": cursor or self.cursor} if cursor or self.cursor else {}
        query = {**self.listed.query, "limit": str(self.limit), **at}
        return (client or self.client).get(self.address, query=query)

    def page(self) -> list[str]:
        answer = self.ask()
        assert answer.status == 200, answer.body
        found = self.listed.items(answer.json())
        self.cursor = found["next_cursor"]
        return [str(self.listed.key(item)) for item in found["items"]]


def started(listed: Listed, db: Session, signing_key: TestSigningKey, limit: int) -> tuple[World, set[str], Walk]:
    world = arranged(db)
    client = LambdaClient(entry_point(listed.context)).signed_in(signing_key.authorization(world.walker))
    before = set(Walk(listed, world, client, 50).page())  # what the arrangement has in the list
    rows = {str(listed.add(world, number)) for number in range(ROWS - len(before))} | before
    assert len(rows) == ROWS
    return world, rows, Walk(listed, world, client, limit)


@pytest.mark.parametrize("listed", LISTS, ids=str)
def test_a_list_has_a_total_order_an_end_and_cursors_of_its_reader(
    db: Session, aws: Cloud, signing_key: TestSigningKey, listed: Listed
) -> None:
    _, rows, walk = started(listed, db, signing_key, ROWS // 2)
    first = walk.page()
    stranger = walk.client.signed_in(signing_key.authorization(profiles.person(db)))
    assert walk.cursor is not None
    for foreign in (walk.ask(stranger), walk.ask(cursor=walk.cursor[:-3])):
        assert foreign.status in {400, 403}, foreign.body  # 403: a list of a group's moderators
        assert foreign.json()["code"] in {"invalid_cursor", "group_role_required", "not_a_member"}
    second = walk.page()
    assert walk.cursor is None, "nothing follows"
    assert len(first) == len(second) == ROWS // 2
    assert {*first, *second} == rows


@pytest.mark.parametrize("listed", LISTS, ids=str)
def test_a_list_that_changes_while_it_is_walked_repeats_and_misses_nothing(
    db: Session, aws: Cloud, signing_key: TestSigningKey, listed: Listed
) -> None:
    world, rows, walk = started(listed, db, signing_key, 2)
    chance, gone, seen, added = random.Random(str(listed)), set[str](), list[str](), ROWS
    for _ in range(4 * ROWS):
        seen += walk.page()
        if walk.cursor is None:
            break
        listed.add(world, added)
        added += 1
        for candidates in (rows & set(seen) - gone, rows - set(seen) - gone):
            if candidates and chance.random() < 0.7:
                gone.add(key := chance.choice(sorted(candidates)))
                _remove(db, listed, key)
    assert walk.cursor is None
    assert sorted(set(seen)) == sorted(seen)
    assert rows - gone <= set(seen)


def _remove(db: Session, listed: Listed, key: Any) -> None:
    number = int(key) if key.isdigit() else key
    db.execute(text(listed.remove), {"key": number})
    db.commit()
