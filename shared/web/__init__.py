"""The HTTP edge, the only importer of FastAPI in the shared layer. HTTP handlers use it; workers never import it."""

from shared.web import framework, rehearsal  # isort: split

from shared.web.answers import (
    CATALOG_PAGES,
    CATEGORY_TREE,
    DOCUMENTATION,
    PRIVATE,
    CachePolicy,
    Fields,
    answer,
    answer_document,
    answer_page,
    document,
    no_content,
)
from shared.web.app import create_app, lambda_handler
from shared.web.authentication import Caller, MaybeCaller, requires
from shared.web.client_address import client_address
from shared.web.deferred import Deferred
from shared.web.idempotency import Idempotency
from shared.web.pages import Page, PageRequest
from shared.web.rate_limits import limited_as
from shared.web.schemas import AnswerModel, ChangeModel, RequestModel, Version
from shared.web.sessions import Reader, Transaction

__all__ = [
    "CATALOG_PAGES",
    "CATEGORY_TREE",
    "DOCUMENTATION",
    "PRIVATE",
    "AnswerModel",
    "CachePolicy",
    "Caller",
    "ChangeModel",
    "Deferred",
    "Fields",
    "Idempotency",
    "MaybeCaller",
    "Page",
    "PageRequest",
    "Reader",
    "RequestModel",
    "Transaction",
    "Version",
    "answer",
    "answer_document",
    "answer_page",
    "client_address",
    "create_app",
    "document",
    "framework",
    "lambda_handler",
    "limited_as",
    "no_content",
    "rehearsal",
    "requires",
]
