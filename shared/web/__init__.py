"""The HTTP edge, the only importer of FastAPI in the shared layer. HTTP handlers use it; workers never import it."""

from shared.web import framework, warm_up  # isort: split

from shared.web.app import create_app, lambda_handler
from shared.web.authentication import Caller, MaybeCaller, requires
from shared.web.client_address import client_address
from shared.web.deferred import Deferred
from shared.web.idempotency import Idempotency, MaybeIdempotency
from shared.web.middleware import BodyLimit
from shared.web.pages import Page, PageRequest
from shared.web.rate_limits import limited_as
from shared.web.responses import (
    CATALOG_PAGES,
    CATEGORY_TREE,
    DOCUMENTATION,
    PRIVATE,
    CachePolicy,
    Fields,
    document,
    no_content,
    respond,
    respond_page,
    respond_unvalidated,
)
from shared.web.schemas import ChangeModel, CurrencyCode, RequestModel, ResponseModel, Version
from shared.web.sessions import Reader, Transaction

__all__ = [
    "CATALOG_PAGES",
    "CATEGORY_TREE",
    "DOCUMENTATION",
    "PRIVATE",
    "BodyLimit",
    "CachePolicy",
    "Caller",
    "ChangeModel",
    "CurrencyCode",
    "Deferred",
    "Fields",
    "Idempotency",
    "MaybeCaller",
    "MaybeIdempotency",
    "Page",
    "PageRequest",
    "Reader",
    "RequestModel",
    "ResponseModel",
    "Transaction",
    "Version",
    "client_address",
    "create_app",
    "document",
    "framework",
    "lambda_handler",
    "limited_as",
    "no_content",
    "requires",
    "respond",
    "respond_page",
    "respond_unvalidated",
    "warm_up",
]
