"""catalog: products, categories, stock, reviews, wishlists, import and export."""

from shared.contexts.catalog.events import CategoryChanged, PicturesRequested, ProductChanged, ProductExportRequested
from shared.contexts.media.events import MediaReady, MediaRejected
from shared.contexts.media.uploads import UPLOADS
from shared.contexts.ordering.events import SiteChanged
from shared.manifest import HOUR, Api, Bucket, Invoked, Manifest, Objects, Queue, Reach, Schedule

IMPORTS_PREFIX = "imports/"


def _exports(*actions: str) -> Objects:
    return Objects(bucket="imports", prefix="exports/", actions=actions)


def _reports(*actions: str) -> Objects:
    return Objects(bucket="imports", prefix="import-reports/", actions=actions)


MANIFEST = Manifest(
    about="products, categories, stock, reviews, wishlists, import and export",
    tags={
        "catalog": "Products and categories.",
        "catalog-admin": "Products, for administrators; import.",
        "reviews": "Reviews of products, and votes for them.",
        "reviews-admin": "Reviews, for moderators and the shop.",
        "wishlist": "What the caller wishes for.",
        "downloads": "Files of what the caller has bought.",
    },
    functions=(
        Api(
            layers=("catalog", "texts"),
            snap_start=True,
            prefixes=(
                "/api/v1/products",
                "/api/v1/reviews/",
                "/api/v1/wishlist",
                "/api/v1/admin/products",
                "/api/v1/admin/categories",
                "/api/v1/admin/reviews",
                "/api/v1/admin/inventory",
            ),
            paths=(
                "/api/v1/categories",
                "/api/v1/orders/{order_id}/downloads",
                "/api/v1/orders/{order_id}/downloads/{proxy+}",
            ),
            publishes_events=True,
            buckets=("imports", "downloads"),
            # A signed link may do what its signer may. Who may not list a bucket is not told that an object is missing.
            lists_buckets=("downloads",),
            objects=(
                Objects(bucket="imports", prefix=IMPORTS_PREFIX, actions=("s3:PutObject",)),
                Objects(bucket="downloads", prefix="downloads/", actions=("s3:GetObject", "s3:PutObject")),
                _exports("s3:GetObject"),
                _reports("s3:GetObject"),
            ),
        ),
        Bucket(
            name="import_products",
            bucket="imports",
            prefix=IMPORTS_PREFIX,
            # The rows of a file of 15 MiB are in memory together.
            memory=1024,
            timeout=300,
            layers=("catalog",),
            publishes_events=True,
            objects=(_reports("s3:PutObject"),),
        ),
        # Pictures that an import names by addresses elsewhere. One event is for all that are waiting.
        Queue(
            name="fetch_pictures",
            events=(PicturesRequested,),
            timeout=120,
            batch_size=1,
            reach=Reach.INTERNET,
            publishes_events=True,
            buckets=("imports", "media"),
            objects=(
                Objects(bucket="media", prefix=UPLOADS, actions=("s3:PutObject",)),
                _reports("s3:GetObject", "s3:PutObject"),
            ),
        ),
        Queue(
            name="on_picture_processed",
            events=(MediaReady, MediaRejected),
            memory=256,
            timeout=30,
            publishes_events=True,
            buckets=("imports",),
            objects=(_reports("s3:GetObject", "s3:PutObject"),),
        ),
        Queue(
            name="on_export_requested",
            events=(ProductExportRequested,),
            timeout=300,
            batch_size=1,
            buckets=("imports",),
            objects=(_exports("s3:PutObject"),),
        ),
        # An import changes thousands of products, few of which anybody wishes for.
        Queue(
            name="on_product_changed",
            events=(ProductChanged,),
            memory=256,
            timeout=60,
            batching_window=5,
            publishes_events=True,
        ),
        # Its queue is made by the context's own stack, as CloudFront wants it (`PagePurge`).
        Queue(
            name="purge_pages",
            events=(ProductChanged, CategoryChanged, SiteChanged),
            subscriber="catalog-pages",
            memory=256,
            timeout=30,
            reach=Reach.AWS,
        ),
        Schedule(name="notice_low_stock", minutes=HOUR, timeout=60, publishes_events=True),
        Schedule(name="refresh_popularity", minutes=HOUR, timeout=120),
        Invoked(name="rebuild_search", timeout=900),
    ),
)
