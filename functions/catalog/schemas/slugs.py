"""Slugs as admins choose them."""

from __future__ import annotations

from pydantic import AfterValidator

from functions.catalog.domain.slugs import slug_problem
from shared.texts import composed


def _slug(value: str) -> str:
    value = composed(value)
    if problem := slug_problem(value):
        raise ValueError(problem)
    return value


VALID_SLUG = AfterValidator(_slug)
