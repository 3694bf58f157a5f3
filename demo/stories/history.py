"""All that happened in the demo shop, until now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from demo.client import sign_in
from demo.contents.community.groups import GROUPS
from demo.contents.community.people import PEOPLE
from demo.contents.community.script import posts
from demo.contents.customers import CUSTOMERS, REVIEWS
from demo.contents.keeping import KEPT
from demo.contents.moderation import COMPLAINTS
from demo.contents.orders import ORDERS
from demo.stage import functions
from demo.stage.shop import Stage
from demo.stories.buying import buying
from demo.stories.keeping import keeping
from demo.stories.meeting import founding
from demo.stories.moderating import complaining, noting, ruling
from demo.stories.neighbours import Community, arriving, naming, registering
from demo.stories.opening import joining, opening
from demo.stories.reviewing import reviewing
from demo.stories.talking import posting
from demo.stories.timeline import Shop, Story, tell

_DAYS: Final = 61
_FIRST_CUSTOMER_DAYS_AGO: Final = 58
"""Before the first of them orders."""


def begin() -> datetime:
    """When the shop gets its administrator, before all else."""
    return datetime.now(UTC) - timedelta(days=_DAYS)


class Played(NamedTuple):
    """The administrator's credentials, and the imports whose pictures are to be fetched."""

    admin: dict[str, Any]
    imports: list[str]


def play(on: Stage, address: str, admin_email: str | None, admin_password: str | None) -> Played:
    """Tell all stories. `address` is that of the system that the shop is for."""
    admin: dict[str, Any] = functions.invoke(
        "operations.seed", {"admin_email": admin_email, "admin_password": admin_password}
    )["admin"]
    shop = Shop(on, datetime.now(UTC), admin=sign_in(on.api, admin["email"], admin["password"]), address=address)
    stories = [opening(shop)]
    stories += [
        joining(shop, customer, days_ago=_FIRST_CUSTOMER_DAYS_AGO - number / 2)
        for number, customer in enumerate(CUSTOMERS)
    ]
    stories += [buying(shop, order) for order in ORDERS]
    stories += [keeping(shop, kept) for kept in KEPT]
    stories += [reviewing(shop, review) for review in REVIEWS]
    stories += [noting(shop), ruling(shop), *_community(shop)]
    tell(stories, on.set_clock, until=shop.now)
    on.deliver()
    return Played(admin, shop.imports)


def _community(shop: Shop) -> list[Story]:
    community = Community(shop)
    stories = [naming(shop), registering(community)]
    stories += [arriving(community, person) for person in PEOPLE.values()]
    stories += [founding(community, group) for group in GROUPS]
    stories += [posting(community, post) for post in posts()]
    return stories + [complaining(community, complaint) for complaint in COMPLAINTS]
