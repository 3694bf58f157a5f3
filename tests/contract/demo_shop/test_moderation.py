"""What the demo's moderators find when the shop opens."""

from __future__ import annotations

from collections import Counter

import pytest

from demo.contents.moderation import COMPLAINTS, RULES
from tests.contract.demo_shop.shop import all_items, api

pytestmark = pytest.mark.xdist_group("demo_shop")


def test_there_are_cases_in_every_state_rules_and_an_appeal(admin: dict[str, str]) -> None:
    moderation = api("moderation", admin)
    cases = [
        case
        for status in ("open", "resolved", "dismissed")
        for case in all_items(moderation, f"/api/v1/admin/reports?status={status}")
    ]
    assert Counter(case["report_count"] for case in cases) == Counter(len(one.by) for one in COMPLAINTS)
    assert {case["status"] for case in cases} == {"open", "resolved", "dismissed"}
    [appeal] = all_items(moderation, "/api/v1/admin/appeals")
    assert appeal["text"] == next(one.appeal for one in COMPLAINTS if one.appeal)
    rules = {rule["phrase"] for rule in all_items(moderation, "/api/v1/admin/keyword-rules")}
    assert rules == {rule["phrase"] for rule in RULES}


def test_staff_wrote_something_down(admin: dict[str, str]) -> None:
    found = api("identity", admin).get("/api/v1/admin/users", query={"q": "ada"}).json()["items"]
    notes = [
        note
        for user in found
        for note in api("identity", admin).get(f"/api/v1/admin/users/{user['id']}/notes").json()["items"]
    ]
    assert len(notes) == 1
