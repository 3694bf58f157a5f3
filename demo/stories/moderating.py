"""Complaints and what comes of them, the rules of screening, and what staff write down."""

from __future__ import annotations

from demo.contents.customers import ADA
from demo.contents.moderation import CUSTOMER_NOTE, ORDER_NOTE, RULES, Complaint
from demo.stories.neighbours import Community
from demo.stories.timeline import Shop, Story

_RULES_DAYS_AGO, _NOTES_DAYS_AGO, _HOUR = 39.0, 1.5, 1 / 24


def ruling(shop: Shop) -> Story:
    """The administrator says which phrases are looked at."""
    yield shop.ago(_RULES_DAYS_AGO)
    for rule in RULES:
        shop.administer("POST", "/admin/keyword-rules", rule)


def complaining(community: Community, complaint: Complaint) -> Story:
    """Some report a post; a moderator claims the case, and acts or dismisses it; the author may appeal."""
    shop = community.shop
    yield shop.ago(complaint.days_ago)
    post_id = community.post_ids[complaint.post]
    target = {"kind": "post", "id": post_id}
    for person, text in complaint.by:
        community.act(person, "POST", "/reports", {"target": target, "reason": complaint.reason, "text": text})
    if complaint.action is None and complaint.note is None:
        return
    yield shop.ago(complaint.days_ago - _HOUR)
    open_cases = shop.administer("GET", "/admin/reports?status=open&limit=100")["items"]
    [case] = [case for case in open_cases if case["target"] == target]
    claimed = shop.administer("POST", f"/admin/reports/{case['id']}/claim")
    if complaint.note is not None:
        decision = {"status": "dismissed", "note": complaint.note, "version": claimed["version"]}
        shop.administer("PATCH", f"/admin/reports/{case['id']}", decision)
        return
    action = shop.administer("POST", f"/admin/reports/{case['id']}/actions", complaint.action)
    if complaint.appeal is not None:
        yield shop.ago(complaint.days_ago - 5 * _HOUR)
        author = next(key for key, user_id in community.user_ids.items() if user_id == action["user_id"])
        community.act(author, "POST", "/appeals", {"action_id": action["id"], "text": complaint.appeal})


def noting(shop: Shop) -> Story:
    """Staff write down what the next one should know."""
    yield shop.ago(_NOTES_DAYS_AGO)
    [user] = shop.administer("GET", f"/admin/users?email={ADA}")["items"]
    shop.administer("POST", f"/admin/users/{user['id']}/notes", {"body": CUSTOMER_NOTE}, key="a-note-about-ada")
    order = shop.administer("GET", f"/admin/orders?email={ADA}&limit=1")["items"][0]
    shop.administer("POST", f"/admin/orders/{order['id']}/notes", {"body": ORDER_NOTE}, key="a-note-about-an-order")
