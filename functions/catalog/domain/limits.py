"""How large a product may be."""

from __future__ import annotations

from typing import Final

MAX_OPTIONS: Final = 3
MAX_VARIANTS: Final = 2000
MAX_VARIANTS_TOGETHER: Final = 100
"""Of one product, written by one request, or carried by the answer about the product; the others come as pages."""
MAX_IMAGES: Final = 250
MAX_TAGS: Final = 250
MAX_DESCRIPTION: Final = 100_000
"""Characters of HTML, before and after it is sanitised."""
MAX_PRODUCT_TYPE: Final = 200
"""The name that a category of this type would have."""
MAX_IMPORT_BODY_BYTES: Final = 5 * 1024 * 1024
"""Of a product file in a request; a larger one is uploaded by a form of S3."""
MAX_IMPORT_FORM_BYTES: Final = 4 * 1024 * 1024
"""Of one in a form (multipart/form-data), which reaches Lambda as base64, a third larger; Lambda takes 6 MB."""
LARGER_FILES: Final = "ask for an upload of up to 15 MiB with POST /api/v1/admin/products/imports"
MAX_STOCK: Final = 1_000_000_000
MAX_WEIGHT_GRAMS: Final = 1_000_000_000
