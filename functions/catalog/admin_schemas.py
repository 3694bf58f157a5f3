"""What admins write and read. Amounts are minor units of the product's currency."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from functions.catalog import documents
from functions.catalog.schemas import Facets
from functions.catalog.slugs import slug_problem
from functions.catalog.urls import MAX_URL, image_url_problem
from shared.money import MAX_AMOUNT
from shared.web import AnswerModel, ChangeModel, Page, RequestModel, Version
from shared.web.pictures import Image
from shared.web.product_lists import ListedProduct


def _slug(value: str) -> str:
    if problem := slug_problem(value):
        raise ValueError(problem)
    return value


def _image_url(value: str) -> str:
    if problem := image_url_problem(value):
        raise ValueError(problem)
    return value


Slug = Annotated[
    str, Field(min_length=1, max_length=255, description="Made from the name where absent"), AfterValidator(_slug)
]
ImageUrl = Annotated[str, Field(max_length=MAX_URL), AfterValidator(_image_url)]
Name = Annotated[str, Field(min_length=1, max_length=255, examples=["Clay Plant Pot"])]
Html = Annotated[str, Field(max_length=documents.MAX_DESCRIPTION, description="HTML; sanitised when it is stored")]
ShortText = Annotated[str, Field(max_length=255)]
FilledText = Annotated[str, Field(min_length=1, max_length=255)]
CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(examples=["USD"])]
ProductType = Annotated[str, Field(max_length=documents.MAX_PRODUCT_TYPE)]
Tag = Annotated[str, Field(min_length=1, max_length=255, pattern="^[^,]*$", description="Without a comma")]
Tags = Annotated[list[Tag], Field(max_length=documents.MAX_TAGS)]
OptionNames = Annotated[list[FilledText], Field(max_length=documents.MAX_OPTIONS, examples=[["Size"]])]
OptionValues = Annotated[list[FilledText], Field(max_length=documents.MAX_OPTIONS, examples=[["Large"]])]
SeoTitle = Annotated[str, Field(max_length=255)]
SeoDescription = Annotated[str, Field(max_length=1000)]
Amount = Annotated[int, Field(ge=0, le=MAX_AMOUNT, description="Minor units of the product's currency")]


class WrittenVariant(RequestModel):
    """A variant. With `id` it is one that the product has; without, a new one. `stock` left out stays as it is."""

    id: UUID | None = None
    sku: FilledText | None = None
    barcode: FilledText | None = None
    option_values: OptionValues = Field(default_factory=list)
    price_amount: Annotated[Amount, Field(examples=[1599])]
    compare_at_amount: Amount | None = None
    weight_grams: Annotated[int, Field(ge=0, le=documents.MAX_WEIGHT_GRAMS)] = 0
    requires_shipping: bool = True
    taxable: bool = True
    image_url: ImageUrl | None = None
    stock: Annotated[int, Field(ge=0, le=documents.MAX_STOCK)] | None = None
    allow_backorder: bool | None = None


class WrittenPicture(RequestModel):
    """A picture somewhere else, by its address, or one that was uploaded here, by its id: one of the two."""

    url: Annotated[ImageUrl | None, Field(examples=["https://images.example.com/pot.jpg"])] = None
    media_id: Annotated[UUID | None, Field(description="Of an upload that is `ready`")] = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.url is None) == (self.media_id is None):
            raise ValueError("either 'url' or 'media_id'")
        return self


class WrittenImage(WrittenPicture):
    alt: Annotated[str, Field(max_length=512)] = ""


Variants = Annotated[list[WrittenVariant], Field(min_length=1, max_length=documents.MAX_VARIANTS)]
Images = Annotated[list[WrittenImage], Field(max_length=documents.MAX_IMAGES, description="The first one leads")]


class NewProduct(RequestModel):
    """A whole product; its variants are in order."""

    name: Name
    slug: Slug | None = None
    description: Html = ""
    vendor: ShortText = ""
    product_type: ProductType = ""
    tags: Tags = Field(default_factory=list)
    category_id: UUID | None = None
    currency: CurrencyCode
    option_names: OptionNames = Field(default_factory=list)
    variants: Variants
    images: Images = Field(default_factory=list)
    seo_title: SeoTitle | None = None
    seo_description: SeoDescription | None = None
    is_active: bool = True


class ProductReplacement(NewProduct):
    """The whole product anew. Variants that are not named by their id are deleted; an absent `slug` stays."""

    version: Version


class ProductChange(ChangeModel):
    """Only what is sent changes. `variants` and `images`, where sent, replace all of them."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 3, "name": "Clay Plant Pot, large"}]})

    version: Version
    name: Name = ""
    slug: Slug = ""
    description: Html = ""
    vendor: ShortText = ""
    product_type: ProductType = ""
    tags: Tags = Field(default_factory=list)
    category_id: UUID | None = None
    currency: CurrencyCode = ""
    option_names: OptionNames = Field(default_factory=list)
    variants: Variants = Field(default_factory=list)
    images: Images = Field(default_factory=list)
    seo_title: SeoTitle | None = None
    seo_description: SeoDescription | None = None
    is_active: bool = True


class AdminListedProduct(ListedProduct):
    is_active: bool
    version: int
    created_at: datetime
    updated_at: datetime


class AdminProductList(Page[AdminListedProduct]):
    facets: Annotated[Facets | None, Field(description="Only where asked for")] = None


class AdminVariant(AnswerModel):
    """`stock` is what is there, `reserved` what of it is promised to checkouts."""

    id: UUID
    sku: str | None
    barcode: str | None
    option_values: list[str]
    price_amount: int
    compare_at_amount: int | None
    weight_grams: int
    requires_shipping: bool
    taxable: bool
    image_url: str | None
    stock: int
    reserved: int
    allow_backorder: bool


class AdminProduct(AnswerModel):
    """A product as an admin edits it."""

    id: UUID
    version: int
    slug: str
    name: str
    description: str
    vendor: str
    product_type: str
    tags: list[str]
    category_id: UUID | None
    currency: str
    option_names: list[str]
    variants: list[AdminVariant]
    images: list[Image]
    seo_title: str | None
    seo_description: str | None
    is_active: bool
    created_at: datetime
    updated_at: datetime


class RowError(AnswerModel):
    """Rows are counted as a spreadsheet does: the header is row 1."""

    row: Annotated[int, Field(examples=[7])]
    column: Annotated[str | None, Field(examples=["Variant Price"])]
    message: str


class ProductImport(AnswerModel):
    """An uploaded file and what became of its rows."""

    id: UUID
    status: Annotated[
        Literal["pending", "running", "completed", "failed"],
        Field(description="`failed`: the file cannot be read at all. Row errors do not fail an import"),
    ]
    currency: str
    rows: Annotated[int, Field(description="Rows below the header")]
    products_created: int
    products_updated: int
    products_unchanged: int
    error_count: int
    errors: Annotated[list[RowError], Field(description="The first of them")]
    notes: Annotated[list[str], Field(examples=[["The column 'Google Shopping / MPN' is not used"]])]
    created_at: datetime
    finished_at: datetime | None


class ExportedFile(AnswerModel):
    """A file that can be imported by itself. The link is good for a quarter of an hour; another one comes with the next
    look at the export.
    """

    url: Annotated[str, Field(examples=["https://bucket.s3.amazonaws.com/exports/products-001.csv?X-Amz-Signature=0"])]
    bytes: int
    products: int


class ProductExport(AnswerModel):
    """Product files that were asked for. They are there once the status is `completed`."""

    id: UUID
    status: Literal["pending", "running", "completed", "failed"]
    currency: str
    products: int
    files: list[ExportedFile]
    created_at: datetime
    finished_at: datetime | None
