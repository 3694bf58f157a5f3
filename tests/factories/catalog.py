"""Categories, products with variants, and stock."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from shared.contexts.catalog.models.products import (
    Category,
    Product,
    ProductImage,
    StockLevel,
    StockMovement,
    Variant,
)


def category(db: Session, name: str = "Garden", *, parent: Category | None = None) -> Category:
    """A committed category; its slug comes from the name."""
    made = Category(name=name, slug=f"{name.lower()}-{uuid.uuid4().hex[:6]}", parent_id=parent.id if parent else None)
    db.add(made)
    db.commit()
    return made


def product(
    db: Session,
    name: str = "Clay Plant Pot",
    *,
    amount: int = 999,
    stock: int = 10,
    currency: str = "USD",
    category: Category | None = None,
    is_active: bool = True,
    options: dict[str, list[str]] | None = None,
    tags: list[str] | None = None,
    vendor: str = "",
) -> Product:
    """A committed product; `options={"Size": ["S", "M"]}` gives it one variant per value. Each has `stock` units."""
    names = list(options or {})
    made = Product(
        name=name,
        slug=f"{name.lower().replace(' ', '-')}-{uuid.uuid4().hex[:6]}",
        currency=currency,
        price_min=amount,
        price_max=amount,
        category_id=category.id if category else None,
        is_active=is_active,
        option_names=names,
        tags=tags or [],
        vendor=vendor,
    )
    db.add(made)
    db.flush()
    db.add(ProductImage(product_id=made.id, position=1, url="https://images.example.com/pot.jpg", alt=name))
    values = [[value] for value in options[names[0]]] if options else [[]]
    for position, option_values in enumerate(values, start=1):
        variant = Variant(
            product_id=made.id,
            vendor=vendor,
            position=position,
            option_values=option_values,
            price_amount=amount,
            sku=uuid.uuid4().hex,
        )
        db.add(variant)
        db.flush()
        db.add(StockLevel(variant_id=variant.id, on_hand=stock))
        if stock:
            db.add(StockMovement(variant_id=variant.id, quantity=stock, reason="initial"))
    db.commit()
    return made


def variants(db: Session, product: Product) -> list[Variant]:
    """The product's variants in order."""
    return list(db.query(Variant).filter_by(product_id=product.id).order_by(Variant.position))
