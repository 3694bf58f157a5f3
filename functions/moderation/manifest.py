"""moderation: reports and their cases, what moderators do, appeals, words that are screened."""

from shared.manifest import Api, Manifest

MANIFEST = Manifest(
    about="reports and their cases, what moderators do, appeals, words that are screened",
    tags={
        "reports": "What people report.",
        "moderation": "What moderators did that concerns the caller, and appeals.",
        "moderation-admin": "Cases, actions and appeals, for moderators.",
        "keyword-rules": "Words that are screened, for administrators.",
    },
    functions=(
        Api(
            layers=("texts",),
            publishes_events=True,
            prefixes=(
                "/api/v1/reports",
                "/api/v1/appeals",
                "/api/v1/moderation/",
                "/api/v1/admin/reports",
                "/api/v1/admin/appeals",
                "/api/v1/admin/moderation/",
                "/api/v1/admin/keyword-rules",
            ),
        ),
    ),
)
