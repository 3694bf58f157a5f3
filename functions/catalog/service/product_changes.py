"""The same change to several products, each as if it were alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from functions.catalog.domain.limits import MAX_TAGS
from functions.catalog.domain.product_aggregate import StoredProduct
from functions.catalog.service import product_fields
from functions.catalog.service.product_fields import Content
from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError


def change(connection: Connection, product_id: UUID, changes: Mapping[str, Any]) -> bool:
    """Change what is named of `is_active`, `category_id`, `add_tags` and `remove_tags`; returns whether anything is
    another now. Raises ProductNotFoundError and ValidationError.
    """
    return product_fields.change(connection, product_id, lambda product: _content(product, changes), version=None)


def _content(product: StoredProduct, changes: Mapping[str, Any]) -> Content:
    removed = set(changes.get("remove_tags", ()))
    tags = [*(tag for tag in product.tags if tag not in removed), *changes.get("add_tags", ())]
    tags = list(dict.fromkeys(tags))
    if len(tags) > max(MAX_TAGS, len(product.tags)):
        raise ValidationError(field=FieldError(("change", "add_tags"), f"a product has at most {MAX_TAGS} tags"))
    content = {name: value for name, value in changes.items() if name not in ("add_tags", "remove_tags")}
    return {**content, "tags": tags}
