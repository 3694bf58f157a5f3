"""profiles: people as others see them, and what they are to each other."""

from shared.manifest import Api, Manifest

MANIFEST = Manifest(
    about="people as others see them: profiles, follows, mutes and blocks, interests, watchlists",
    tags={
        "profiles": "People as others see them.",
        "follows": "Who follows whom, and who asks to.",
        "content-filters": "Whom and what the caller does not want to read.",
        "interests": "What the caller is interested in, and which tickers they watch.",
    },
    functions=(Api(paths=("/api/v1/users/{user}",)),),
)
