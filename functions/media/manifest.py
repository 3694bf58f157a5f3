"""media: pictures that people upload, and the worker that makes them fit to be shown."""

from shared.contexts.media import media_urls
from shared.manifest import DAY, Api, Bucket, Manifest, Objects, Schedule

UPLOADS_PREFIX = "uploads/"
MEDIA_PREFIX = media_urls.PREFIX

MANIFEST = Manifest(
    about="pictures that people upload, and the worker that makes them fit to be shown",
    tags={
        "media": "Pictures that people upload, and what becomes of them.",
    },
    functions=(
        Api(
            layers=("media",),
            prefixes=("/api/v1/media",),
            buckets=("media",),
            objects=(Objects(bucket="media", prefix=UPLOADS_PREFIX, actions=("s3:PutObject",)),),
        ),
        Bucket(
            name="process_image",
            bucket="media",
            prefix=UPLOADS_PREFIX,
            # A whole processor, which encoding keeps busy, and room for a picture of the largest size a few times over.
            memory=1769,
            timeout=60,
            layers=("imaging",),
            publishes_events=True,
            objects=(
                Objects(bucket="media", prefix=UPLOADS_PREFIX, actions=("s3:DeleteObject",)),
                Objects(bucket="media", prefix=MEDIA_PREFIX, actions=("s3:PutObject",)),
            ),
        ),
        Schedule(
            name="remove_unused",
            minutes=DAY,
            timeout=300,
            buckets=("media",),
            lists_buckets=("media",),
            objects=tuple(
                Objects(bucket="media", prefix=prefix, actions=("s3:DeleteObject",))
                for prefix in (UPLOADS_PREFIX, MEDIA_PREFIX)
            ),
        ),
    ),
)
