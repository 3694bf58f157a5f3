"""What public answers of ordering are about (`shared.contexts.catalog.cache_tags` has the catalogue's)."""

from __future__ import annotations

from typing import Final

SITE: Final = "site"
"""What the shop is, and its legal texts: pages that show it carry the tag as well."""
