"""catalog: the worker that has CloudFront purge pages, which no manifest describes."""

from infra.constructs.page_purge import PagePurge
from infra.constructs.queue_worker import QueueWorker
from infra.stacks.context import ContextStack, construct_id
from shared.manifest import Queue


class CatalogStack(ContextStack):
    def queue_worker(self, function: Queue) -> QueueWorker:
        """Of page purges, a queue that collects what changed."""
        if function.name == "purge_pages":
            return PagePurge(self, construct_id(function.name), home=self.home)
        return super().queue_worker(function)
