"""Cells of a product that have rules of their own: its description, its tags, the names of its options."""

from __future__ import annotations

from functions.catalog.domain import limits
from functions.catalog.domain.html import sanitise
from functions.catalog.domain.product_draft import NO_OPTIONS
from functions.catalog.domain.shopify_cells import Cells
from functions.catalog.domain.shopify_columns import OPTIONS
from functions.catalog.domain.shopify_csv import trimmed


def description(cells: Cells) -> str | None:
    """Sanitised HTML; None where it cannot be taken."""
    html = cells.text("Body (HTML)", longest=limits.MAX_DESCRIPTION)
    if html is None:
        return None
    sanitised = sanitise(html)
    if len(sanitised) > limits.MAX_DESCRIPTION:  # characters that had to be escaped
        cells.leave_out("Body (HTML)", f"more than {limits.MAX_DESCRIPTION} characters of HTML")
        return None
    return sanitised


def option_names(cells: Cells, before: list[str]) -> list[str]:
    """The names on the product's row, from the first on without a gap; none for `Title` with `Default Title`.

    Where they cannot be read, or a value stands without its name, those of before.
    """
    columns = [f"Option{number} Name" for number in OPTIONS]
    names = [cells.text(column, longest=255) for column in columns]
    named = [name for name in names if name]
    if None in names:
        return before
    if names[: len(named)] != named:
        cells.leave_out(columns[names.index("")], "missing, though a later option has a name")
        return before
    if len(set(named)) < len(named):
        cells.leave_out(columns[1], "an option is named twice")
        return before
    value = cells.raw("Option1 Value")
    if len(named) == 1 and (named[0], value) == NO_OPTIONS:
        return []
    if not named and before and value and value != NO_OPTIONS[1]:
        return before
    return named


def tags(cells: Cells) -> list[str] | None:
    """Without those that cannot be taken; None where none can be read."""
    text = cells.text("Tags", longest=limits.MAX_DESCRIPTION)
    if text is None:
        return None
    named = list(dict.fromkeys(tag for part in text.split(",") if (tag := trimmed(part))))
    if len(named) > limits.MAX_TAGS:
        cells.leave_out("Tags", f"{len(named)} tags, at most {limits.MAX_TAGS} are possible")
        named = named[: limits.MAX_TAGS]
    if any(len(tag) > 255 for tag in named):
        cells.leave_out("Tags", "a tag has at most 255 characters; longer ones are left out")
        named = [tag for tag in named if len(tag) <= 255]
    return named
