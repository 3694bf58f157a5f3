"""catalog: products, categories, import."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.api_function import ApiFunction, any_method
from infra.constructs.bucket_trigger import BucketTrigger
from infra.constructs.context_function import FunctionSpec
from infra.constructs.foundation import Foundation
from infra.constructs.invoked_function import InvokedFunction
from infra.constructs.page_purge import PagePurge
from infra.constructs.queue_worker import QueueWorker
from infra.constructs.scheduled_job import ScheduledJob
from infra.stacks.context import ContextStack

PATHS = (
    "/openapi/catalog.json",
    "/api/v1/products",
    "/api/v1/products/{product_id}",
    "/api/v1/products/search",
    "/api/v1/products/search/suggestions",
    "/api/v1/categories",
    "/api/v1/admin/categories",
    "/api/v1/admin/categories/{category_id}",
    "/api/v1/admin/products",
    "/api/v1/admin/products/{product_id}",
    "/api/v1/admin/products/import",
    "/api/v1/admin/products/imports/{import_id}",
    "/api/v1/admin/products/export",
    "/api/v1/admin/products/exports",
    "/api/v1/admin/products/exports/{export_id}",
    "/api/v1/products/{product_id}/reviews",
    "/api/v1/reviews/{review_id}",
    "/api/v1/reviews/{review_id}/votes",
    "/api/v1/admin/reviews",
    "/api/v1/admin/reviews/{review_id}/status",
    "/api/v1/admin/reviews/{review_id}/reply",
    "/api/v1/orders/{order_id}/downloads",
    "/api/v1/orders/{order_id}/downloads/{media_id}",
    "/api/v1/admin/products/{product_id}/media",
    "/api/v1/admin/products/{product_id}/media/{media_id}",
    "/api/v1/admin/products/{product_id}/media/{media_id}/complete",
    "/api/v1/wishlist",
    "/api/v1/wishlist/{product_id}",
    "/api/v1/admin/inventory",
    "/api/v1/admin/inventory/{variant_id}",
    "/api/v1/admin/inventory/{variant_id}/movements",
    "/api/v1/admin/inventory/{variant_id}/adjustments",
)

IMPORTS_PREFIX = "imports/"
DOWNLOADS_PREFIX = "downloads/"
EXPORTS_PREFIX = "exports/"
PRODUCT_EVENTS = ("ProductChanged",)
EXPORT_EVENTS = ("ProductExportRequested",)
PAGE_EVENTS = ("ProductChanged", "CategoryChanged")


class CatalogStack(ContextStack):
    def __init__(
        self, scope: Construct, foundation: Foundation, *, imports: s3.IBucket, downloads: s3.IBucket, **kwargs: Any
    ) -> None:
        super().__init__(scope, "catalog", foundation, **kwargs)
        variables = {"IMPORTS_BUCKET": imports.bucket_name}
        spec = FunctionSpec(handler="api", environment={**variables, "DOWNLOADS_BUCKET": downloads.bucket_name})
        api = ApiFunction(self, "Api", home=self.home, spec=spec, routes=any_method(PATHS))
        api.count_requests()
        api.publish_events()
        api.use_objects(imports.bucket_arn, IMPORTS_PREFIX, "s3:PutObject")
        # A signed link may do what its signer may. Who may not list a bucket is not told that an object is missing.
        api.use_objects(downloads.bucket_arn, DOWNLOADS_PREFIX, "s3:GetObject", "s3:PutObject")
        api.allow(("s3:ListBucket",), downloads.bucket_arn)

        importer = BucketTrigger(
            self,
            "ImportProducts",
            home=self.home,
            spec=FunctionSpec(handler="import_products", timeout=300, environment=variables),
            bucket=imports,
            prefix=IMPORTS_PREFIX,
        )
        importer.publish_events()

        exporter = QueueWorker(
            self,
            "OnExportRequested",
            home=self.home,
            spec=FunctionSpec(handler="on_export_requested", timeout=300, environment=variables),
            batch_size=1,
        )
        exporter.subscribe(EXPORT_EVENTS)
        exporter.use_objects(imports.bucket_arn, EXPORTS_PREFIX, "s3:PutObject")
        api.use_objects(imports.bucket_arn, EXPORTS_PREFIX, "s3:GetObject")

        wishes = QueueWorker(
            self,
            "OnProductChanged",
            home=self.home,
            # An import changes thousands of products, few of which anybody wishes for.
            spec=FunctionSpec(handler="on_product_changed", memory=256, timeout=60),
            batching_window=5,
        )
        wishes.subscribe(PRODUCT_EVENTS)
        wishes.publish_events()

        PagePurge(self, "PurgePages", home=self.home).subscribe(PAGE_EVENTS, subscriber="catalog-pages")

        low_stock = ScheduledJob(
            self,
            "NoticeLowStock",
            home=self.home,
            spec=FunctionSpec(handler="notice_low_stock", memory=256, timeout=60),
            every=cdk.Duration.hours(1),
        )
        low_stock.publish_events()

        ScheduledJob(
            self,
            "RefreshPopularity",
            home=self.home,
            spec=FunctionSpec(handler="refresh_popularity", memory=256, timeout=120),
            every=cdk.Duration.hours(1),
        )
        InvokedFunction(self, "RebuildSearch", home=self.home, spec=FunctionSpec(handler="rebuild_search", timeout=900))
