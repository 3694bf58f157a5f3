"""A review, the votes for it, and the shop's reply."""

from __future__ import annotations

from datetime import timedelta

from demo.contents.customers import SampleReview
from demo.stories.timeline import Shop, Story


def reviewing(shop: Shop, review: SampleReview) -> Story:
    """A customer reviews what they bought; others vote half a day later, the shop replies after a day."""
    written_at = shop.ago(review.age_days)
    yield written_at
    text = {"rating": review.rating, "title": review.title, "body": review.body}
    path = f"/products/{shop.product_ids[review.product]}/reviews"
    made = shop.as_customer(review.author, "POST", path, text)
    yield written_at + timedelta(hours=12)
    for helpful, voters in ((True, review.helpful), (False, review.unhelpful)):
        for voter in voters:
            shop.as_customer(voter, "POST", f"/reviews/{made['id']}/votes", {"helpful": helpful})
    if review.reply is not None:
        yield written_at + timedelta(days=1)
        shop.administer("PUT", f"/admin/reviews/{made['id']}/reply", {"body": review.reply})
