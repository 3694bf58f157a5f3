"""profiles: people as others see them, and what they are to each other."""

from shared.manifest import Api, Manifest

_MINE = "/api/v1/users/me"

MANIFEST = Manifest(
    about="people as others see them: profiles, follows, mutes and blocks, interests, watchlists",
    tags={
        "profiles": "People as others see them.",
        "follows": "Who follows whom, and who asks to.",
        "content-filters": "Whom and what the caller does not want to read.",
        "interests": "What the caller is interested in, and which tickers they watch.",
    },
    functions=(
        Api(
            layers=("profiles", "texts"),
            prefixes=("/api/v1/users/", "/api/v1/follow-requests", "/api/v1/word-filters"),
            # What else is below one's own address is identity's.
            paths=(
                "/api/v1/content-filters",
                _MINE,
                f"{_MINE}/onboarding",
                f"{_MINE}/profile-picture",
                f"{_MINE}/followers/{{user}}",
                f"{_MINE}/interests",
                f"{_MINE}/watchlist",
                f"{_MINE}/watchlist/{{symbol}}",
                f"{_MINE}/people-files/{{name}}",
            ),
            settings={"COUNTRY_SOURCE": "country_source", "RESERVED_NAMES": "reserved_names"},
        ),
    ),
)
