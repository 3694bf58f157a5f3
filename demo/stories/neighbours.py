"""The people of the community: they register, choose a name, say who they are, and follow each other."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from demo.contents.community import ties
from demo.contents.community.people import PEOPLE
from demo.contents.community.person import SamplePerson
from demo.contents.community.tickers import TICKERS
from demo.contents.customers import PASSWORD
from demo.stories.timeline import Shop, Story
from shared import tokens

_NAMED, _REGISTERED, _ARRIVED, _FOLLOWED, _ANSWERED = 41.0, 40.0, 33.0, 31.9, 31.2
"""Days ago. An account is new for its first days, and its holder may write little."""


@dataclass(slots=True)
class Community:
    """What its stories have to know of each other. People go by the key that the scenes use."""

    shop: Shop
    user_ids: dict[str, str] = field(default_factory=dict)
    post_ids: dict[str, str] = field(default_factory=dict)
    """By the name that the scenes give a post."""
    group_ids: dict[str, str] = field(default_factory=dict)
    """By slug."""
    flair_ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """By the group's slug and the flair's name."""

    def act(self, person: str, method: str, path: str, document: object = None) -> Any:
        """What somebody does, below `/api/v1`."""
        return self.shop.as_customer(PEOPLE[person].address, method, path, document)


def naming(shop: Shop) -> Story:
    """The administrator says what is known under which symbol."""
    yield shop.ago(_NAMED)
    for symbol, (english, chinese) in TICKERS.items():
        shop.administer("PUT", f"/tickers/{symbol}", {"name": english, "name_zh": chinese})


def registering(community: Community) -> Story:
    """Everybody who is no customer yet registers within some hours, and follows the link in the mail."""
    shop = community.shop
    arriving = [person for person in PEOPLE.values() if not person.email]
    for number, person in enumerate(arriving):
        yield shop.ago(_REGISTERED - number / 200)
        caller = replace(shop.stage.api, network=f"203.0.113.{20 + number}", country=person.country)
        account = {"email": person.address, "password": PASSWORD, "full_name": person.display_name}
        made = caller.call("POST", "/api/v1/auth/register", {**account, "language": person.language, "consents": []})
        shop.customers[person.address] = caller.signed_in(made["access_token"])
        community.user_ids[person.key] = made["user"]["id"]
    yield shop.ago(_REGISTERED - 0.3)
    events = [event["detail"]["data"] for event in shop.stage.deliver() if _asks_for_proof(event)]
    for person, event in zip(arriving, events, strict=True):
        link = {"token": tokens.sign("email-verification", UUID(event["request_id"]).bytes)}
        community.act(person.key, "POST", "/auth/email/verify", link)


def arriving(community: Community, person: SamplePerson) -> Story:
    """Somebody chooses a name, says who they are, and follows whom they like."""
    shop, key = community.shop, person.key
    yield shop.ago(_ARRIVED - _share(key, "arrives"))
    name = {"username": person.username, "display_name": person.display_name, "time_zone": person.time_zone}
    client = shop.customers[person.address]
    shop.customers[person.address] = replace(client, country=person.country)
    profile = community.act(key, "POST", "/users/me/onboarding", name)
    community.user_ids[key] = profile["id"]
    about = {"bio": person.bio, "is_private": person.is_private, "version": profile["version"]}
    community.act(key, "PATCH", "/users/me", about)
    community.act(key, "PUT", "/users/me/interests", {"topics": person.topics})
    for symbol in person.watchlist:
        community.act(key, "PUT", f"/users/me/watchlist/{symbol}")
    yield shop.ago(_FOLLOWED - _share(key, "follows") / 2)
    early = ties.early_follows(key)
    community.act(key, "POST", "/users/me/people-files/following", _file(PEOPLE[other] for other in early))
    if person.is_private:
        yield shop.ago(_ANSWERED)
        for waiting in community.act(key, "GET", "/follow-requests?limit=50")["items"]:
            community.act(key, "POST", f"/follow-requests/{waiting['id']}/accept")
    for other in sorted(set(ties.follows()[key]) - set(early), key=lambda other: -_share(key, other)):
        yield shop.ago(1 + 28 * _share(key, other))
        community.act(key, "PUT", f"/users/{community.user_ids[other]}/follow")


def _file(people: Iterable[SamplePerson]) -> bytes:
    return "\r\n".join(("username", *(person.username for person in people))).encode()


def _asks_for_proof(event: dict[str, Any]) -> bool:
    return bool(event["detail-type"] == "EmailVerificationRequested")


def _share(*words: str) -> float:
    """From 0 to 1, the same for the same words."""
    return zlib.crc32(" ".join(words).encode()) / 2**32
