"""Who gets what from profiles: people are shown to everybody, and what somebody does is done by themselves."""

from __future__ import annotations

from shared.contexts.media.models import MediaFile
from shared.contexts.profiles.models import WordFilter
from tests.contract.authorization.matrix import (
    NOT_FOUND,
    OK,
    REFUSED,
    UNAUTHENTICATED,
    Request,
    Row,
    Stage,
    owner_only,
    public,
    signed_in,
)
from tests.factories import profiles

_PROFILE = {"full_name": "Ada King", "language": "en", "accepts_marketing": False, "version": 1}
_ONBOARDING = {"username": "ada_l", "time_zone": "Europe/London"}
_CSV = {"Content-Type": "text/csv"}


def _a_person(stage: Stage) -> Request:
    return Request(path={"user": profiles.person(stage.db).id})


def _a_private_list(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner, is_private=True)
    return Request(path={"user": stage.owner.id})


def _a_request_to_the_owner(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner, is_private=True)
    asking = profiles.person(stage.db)
    profiles.follow_request(stage.db, asking, stage.owner)
    return Request(path={"user": asking.id})


def _with_a_profile(stage: Stage) -> Request:
    """The owner has chosen a username."""
    profiles.profile(stage.db, stage.owner)
    return Request(path={"user": profiles.person(stage.db).id})


def _a_picture(stage: Stage) -> Request:
    profiles.profile(stage.db, stage.owner)
    media = MediaFile(
        owner_id=stage.owner.id,
        purpose="profile",
        file_name="ada.jpg",
        content_type="image/jpeg",
        size_bytes=1,
        status="ready",
        url="https://shop.example.com/media/ada.webp",
        width=1,
        height=1,
        blurhash="0",
    )
    stage.db.add(media)
    stage.db.commit()
    return Request(json={"media_id": str(media.id)})


def _a_word_filter(stage: Stage) -> Request:
    made = WordFilter(user_id=stage.owner.id, phrase="spam", pattern="spam")
    stage.db.add(made)
    stage.db.commit()
    return Request(path={"filter_id": made.id}, json={"action": "fold"})


def _onboarded_only(method: str, path: str, arrange: object, **options: object) -> Row:
    """The owner, who alone has a username; the others are asked to choose one first."""
    columns = dict.fromkeys(("customer", "creator", "vendor", "moderator", "admin"), REFUSED)
    return Row(method, path, arrange, nobody=UNAUTHENTICATED, owner=OK, **columns, **options)  # type: ignore[arg-type]


ROWS: list[Row] = [
    signed_in("GET", "/api/v1/users/me"),
    signed_in("PUT", "/api/v1/users/me", request=Request(json=_PROFILE)),
    signed_in("PATCH", "/api/v1/users/me", request=Request(json={"full_name": "Ada King", "version": 1})),
    signed_in("POST", "/api/v1/users/me/onboarding", request=Request(json=_ONBOARDING)),
    _onboarded_only("POST", "/api/v1/users/me/profile-picture", _a_picture),
    _onboarded_only("DELETE", "/api/v1/users/me/profile-picture", _with_a_profile),
    signed_in("GET", "/api/v1/users/me/interests"),
    signed_in("PUT", "/api/v1/users/me/interests", request=Request(json={"topics": ["chips"]})),
    signed_in("GET", "/api/v1/users/me/watchlist"),
    signed_in("PUT", "/api/v1/users/me/watchlist/{symbol}", request=Request(path={"symbol": "AAPL"})),
    signed_in("DELETE", "/api/v1/users/me/watchlist/{symbol}", request=Request(path={"symbol": "AAPL"})),
    signed_in("GET", "/api/v1/users/me/people-files/{name}", request=Request(path={"name": "blocks"})),
    signed_in(
        "POST",
        "/api/v1/users/me/people-files/{name}",
        request=Request(path={"name": "blocks"}, body="nobody_yet", headers=_CSV),
    ),
    signed_in("DELETE", "/api/v1/users/me/followers/{user}", _a_person),
    public("GET", "/api/v1/users/{user}", _a_person),
    public("GET", "/api/v1/users/{user}/followers", _a_person),
    owner_only("GET", "/api/v1/users/{user}/followers", _a_private_list, nobody=NOT_FOUND, case="of a private account"),
    public("GET", "/api/v1/users/{user}/following", _a_person),
    owner_only("GET", "/api/v1/users/{user}/following", _a_private_list, nobody=NOT_FOUND, case="of a private account"),
    _onboarded_only("PUT", "/api/v1/users/{user}/follow", _with_a_profile),
    _onboarded_only("POST", "/api/v1/users/{user}/follow", _with_a_profile),
    signed_in("DELETE", "/api/v1/users/{user}/follow", _a_person),
    signed_in("PUT", "/api/v1/users/{user}/mute", _a_person),
    signed_in("POST", "/api/v1/users/{user}/mute", _a_person),
    signed_in("DELETE", "/api/v1/users/{user}/mute", _a_person),
    signed_in("PUT", "/api/v1/users/{user}/block", _a_person),
    signed_in("POST", "/api/v1/users/{user}/block", _a_person),
    signed_in("DELETE", "/api/v1/users/{user}/block", _a_person),
    signed_in("GET", "/api/v1/follow-requests"),
    owner_only("POST", "/api/v1/follow-requests/{user}/accept", _a_request_to_the_owner),
    signed_in("DELETE", "/api/v1/follow-requests/{user}", _a_request_to_the_owner),
    signed_in("GET", "/api/v1/content-filters"),
    signed_in("GET", "/api/v1/word-filters"),
    signed_in("POST", "/api/v1/word-filters", request=Request(json={"phrase": "spam"})),
    owner_only("PATCH", "/api/v1/word-filters/{filter_id}", _a_word_filter),
    signed_in("DELETE", "/api/v1/word-filters/{filter_id}", _a_word_filter),
]
