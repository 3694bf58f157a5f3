"""Errors of catalog."""

from __future__ import annotations

from shared.errors import ConflictError, NotFoundError, PermissionDeniedError, ProblemError, ValidationError


class ProductNotFoundError(NotFoundError):
    code, title = "product_not_found", "There is no such product"


class ProductGoneError(ProblemError):
    """It was on sale, and has been deleted."""

    status, code, title = 410, "product_gone", "The product is no longer sold"


class VariantNotFoundError(NotFoundError):
    code, title = "variant_not_found", "There is no such variant"


class ReviewNotFoundError(NotFoundError):
    code, title = "review_not_found", "There is no such review"


class AlreadyReviewedError(ConflictError):
    """Carries `review_id`: the one that exists."""

    code, title = "already_reviewed", "The product has a review of the caller's"


class OwnReviewError(PermissionDeniedError):
    code, title = "own_review", "Nobody votes for a review of their own"


class WishlistFullError(ConflictError):
    code, title = "wishlist_full", "The wishlist is full"


class BatchIncompleteError(Exception):
    """There was not enough time for all wishes that a change concerns; its event is to be delivered again."""


class DigitalFileNotFoundError(NotFoundError):
    code, title = "media_not_found", "There is no such file"


class TooManyDigitalFilesError(ConflictError):
    code, title = "too_many_media", "The product has as many files as it may have"


class UploadMissingError(ConflictError):
    code, title = "upload_missing", "The file has not been uploaded"


class NoSuchPurchaseError(NotFoundError):
    """Also for orders of others, and for those that are not paid."""

    code, title = "order_not_found", "There is no such order"


class DownloadLimitError(ConflictError):
    code, title = "download_limit_reached", "The file was downloaded as often as it may be"


class ImportNotFoundError(NotFoundError):
    code, title = "import_not_found", "There is no such import"


class SlugTakenError(ConflictError):
    code, title = "slug_taken", "Another product has this slug"


class CategoryNotFoundError(NotFoundError):
    code, title = "category_not_found", "There is no such category"


class CategorySlugTakenError(ConflictError):
    code, title = "slug_taken", "Another category has this slug"


class CategoryCycleError(ConflictError):
    code, title = "category_cycle", "A category cannot stand below itself"


class CategoryTooDeepError(ConflictError):
    code, title = "category_too_deep", "Categories do not go that deep"


class CategoryNotEmptyError(ConflictError):
    """Its categories and products have to be moved or deleted first."""

    code, title = "category_not_empty", "The category has categories or products"


class TooManyVariantsError(ConflictError):
    """Carries `variant_count`, where the product has more than one request writes."""

    code, title = "too_many_variants", "The product has too many variants for this"


class LastVariantError(ConflictError):
    code, title = "last_variant", "A product has at least one variant"


class SkuTakenError(ConflictError):
    code, title = "sku_taken", "Another variant of this vendor has this SKU"


class UploadNotValidError(ValidationError):
    code, title = "invalid_upload", "The upload is not valid"


class FormTooLargeError(ProblemError):
    status, code, title = 413, "body_too_large", "The body is too large"


class ExportNotFoundError(NotFoundError):
    code, title = "export_not_found", "There is no such export"


class ExportTooLargeError(ConflictError):
    code, title = "export_too_large", "The products are too many for one answer"


class ExportInProgressError(ConflictError):
    """It is not finished; its event is to be delivered again."""

    code, title = "export_in_progress", "The export is being worked on"


class ImportInProgressError(ConflictError):
    """Another worker runs this import; its event is to be delivered again."""

    code, title = "import_in_progress", "The import is being worked on"


class PicturesPendingError(Exception):
    """Some pictures could not be fetched now; the event is to be delivered again."""


class ImportNotRecordedError(NotFoundError):
    """An object arrived that no import names (yet); its event is to be delivered again."""

    code, title = "import_not_recorded", "No import names this object"
