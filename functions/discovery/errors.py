"""Errors of discovery."""

from __future__ import annotations

from shared.errors import NotFoundError


class ProductNotFoundError(NotFoundError):
    code, title = "product_not_found", "There is no such product"
