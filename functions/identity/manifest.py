"""identity: credentials, sessions, signing keys; copies of people's data, and the end of accounts."""

from shared.contexts.identity.events import PersonalDataExportRequested
from shared.manifest import DAY, HOUR, Alarm, Api, Manifest, Objects, Queue, Schedule

_SIGNING_KEYS = {"SIGNING_KEYS_SECRET_ARN": "signing_keys"}


def _copies(*actions: str) -> Objects:
    """Copies of people's data; the bucket removes them after a week (`ImportsBucket`)."""
    return Objects(bucket="imports", prefix="personal-data/", actions=actions)


MANIFEST = Manifest(
    about="credentials, sessions, signing keys; copies of people's data, and the end of accounts",
    tags={
        "auth": "Registration, sign-in, tokens.",
        "privacy": "What the caller agreed to, copies of their data, the end of their account.",
        "keys": "Public keys of access tokens.",
        "users-admin": "Accounts, for administrators.",
    },
    functions=(
        Api(
            # Password hashing is the one thing here that needs processor time, which Lambda gives by memory.
            memory=1024,
            layers=("identity",),
            prefixes=("/api/v1/auth/", "/api/v1/users/me/", "/api/v1/admin/users"),
            paths=("/.well-known/jwks.json", "/api/v1/users/unsubscribe"),
            # What else is at this address is profiles' own.
            keys=("DELETE /api/v1/users/me",),
            publishes_events=True,
            secrets=_SIGNING_KEYS,
            buckets=("imports",),
            # A signed link may do what its signer may.
            objects=(_copies("s3:GetObject"),),
        ),
        # Without a first key nobody can sign in.
        Schedule(
            name="rotate_signing_keys",
            minutes=30 * DAY,
            timeout=30,
            at_deployment=True,
            secrets=_SIGNING_KEYS,
            writes_secrets=("signing_keys",),
        ),
        Queue(
            name="on_export_requested",
            events=(PersonalDataExportRequested,),
            timeout=300,
            batch_size=1,
            publishes_events=True,
            buckets=("imports",),
            objects=(_copies("s3:PutObject", "s3:DeleteObject"),),
        ),
        Schedule(
            name="erase_accounts",
            minutes=HOUR,
            timeout=300,
            publishes_events=True,
            buckets=("imports",),
            objects=(_copies("s3:DeleteObject"),),
        ),
    ),
    alarms=(
        # The law gives a month; an account that fails is tried every hour. One that meets the sweep of the outbox fails
        # after seconds, and succeeds the next time.
        Alarm(
            metric="ErasureFailures",
            above=0,
            periods=2,
            minutes=HOUR,
            description="an account that its owner wants gone could not be erased",
        ),
    ),
)
