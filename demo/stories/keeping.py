"""Wishes, addresses and a card, kept for the next time."""

from __future__ import annotations

from demo.contents.keeping import Kept
from demo.stories.timeline import Shop, Story


def keeping(shop: Shop, kept: Kept) -> Story:
    """A customer wishes for something, writes down addresses and saves a card."""
    yield shop.ago(kept.days_ago)
    for slug in kept.wishes:
        shop.as_customer(kept.customer, "PUT", f"/wishlist/{shop.product_ids[slug]}")
    for number, address in enumerate(kept.addresses):
        shop.as_customer(kept.customer, "POST", "/users/me/addresses", address, key=f"address-{number}")
    if kept.has_card:
        setup = shop.as_customer(kept.customer, "POST", "/payment-methods/setup", key="saved-card")
        shop.stage.provider.confirm(setup)
