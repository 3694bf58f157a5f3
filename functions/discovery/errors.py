"""Errors of discovery."""

from __future__ import annotations

from shared.errors import NotFoundError, ValidationError


class ProductNotFoundError(NotFoundError):
    code, title = "product_not_found", "There is no such product"


class QueryTooShortError(ValidationError):
    """By script: a character of Chinese, Japanese or Korean says as much as a word."""

    code, title = "query_too_short", "The query is too short"


class CursorWithoutPostsError(ValidationError):
    code, title = "cursor_without_posts", "A cursor continues a search of posts alone"
