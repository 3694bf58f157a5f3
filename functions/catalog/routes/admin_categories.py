"""Admins make, move and delete categories."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.catalog.schemas.admin_categories import AdminCategory, CategoryReplacement, NewCategory
from functions.catalog.service import admin_categories
from shared.identifiers import as_id
from shared.permissions import Permission
from shared.web import Fields, Reader, Transaction, no_content, requires, respond

router = APIRouter(prefix="/api/v1/admin/categories", tags=["catalog-admin"])

_writes = [requires(Permission.CATALOG_WRITE)]


@router.post(
    "",
    response_model=AdminCategory,
    status_code=201,
    summary="Create a category",
    dependencies=_writes,
    responses={409: {"description": "Another category has the slug, or the parent is as deep as categories go"}},
)
async def create_category(request: Request, body: NewCategory, tx: Transaction) -> Response:
    """At the root, or below another. Products are put into it by their `category_id`."""
    category = AdminCategory.model_validate(admin_categories.create(tx, body.model_dump()))
    return respond(request, category, status=201, headers={"Location": f"{router.prefix}/{category.id}"})


@router.get(
    "/{category_id}",
    response_model=AdminCategory,
    summary="Read a category",
    dependencies=[requires(Permission.CATALOG_READ_ALL)],
)
async def get_category(request: Request, category_id: str, fields: Fields, reader: Reader) -> Response:
    """As it is edited, with its version."""
    return respond(
        request, AdminCategory.model_validate(admin_categories.read(reader, as_id(category_id))), fields=fields
    )


@router.put(
    "/{category_id}",
    response_model=AdminCategory,
    summary="Replace a category",
    dependencies=_writes,
    responses={
        409: {
            "description": "The category was changed in the meantime, its slug is taken, it would stand below itself"
            " (`category_cycle`), or too deep (`category_too_deep`)"
        }
    },
)
async def replace_category(request: Request, category_id: str, body: CategoryReplacement, tx: Transaction) -> Response:
    """Another `parent_id` moves it, with all below it; products stay in their categories."""
    return respond(
        request,
        AdminCategory.model_validate(
            admin_categories.replace(tx, as_id(category_id), body.model_dump(exclude={"version"}), version=body.version)
        ),
    )


@router.delete(
    "/{category_id}",
    status_code=204,
    summary="Delete a category",
    dependencies=_writes,
    responses={409: {"description": "The category has categories or products, or is not of this version"}},
)
async def delete_category(
    category_id: str, tx: Transaction, version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None
) -> Response:
    """Only an empty one: what stands in it is moved or deleted first, so that nothing loses its place by accident.
    With `version`, only as long as that is the category's version.
    """
    admin_categories.delete(tx, as_id(category_id), version=version)
    return no_content()
