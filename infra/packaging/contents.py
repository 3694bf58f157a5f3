"""What goes into which package: the one table of functions and their layers, and the sources of each package."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from infra.packaging.bytecode import compiler
from infra.packaging.targets import AWS, Target

ROOT: Final = Path(__file__).resolve().parents[2]

SHARED: Final = "shared"
_WORKER: Final = ("core", SHARED)
_HTTP: Final = (*_WORKER, "web")

# Layers by function. The stacks read it too, so that what is deployed is what is packaged and tested.
LAYERS_OF: Final[dict[str, tuple[str, ...]]] = {
    "analytics.api": _HTTP,
    "analytics.refresh_views": _WORKER,
    "discovery.api": _HTTP,
    "discovery.refresh_recommendations": _WORKER,
    "identity.api": (*_HTTP, "identity"),
    "identity.rotate_signing_keys": _WORKER,
    "identity.on_export_requested": _WORKER,
    "identity.erase_accounts": _WORKER,
    "catalog.api": (*_HTTP, "catalog"),
    "catalog.import_products": (*_WORKER, "catalog"),
    "catalog.notice_low_stock": _WORKER,
    "catalog.on_product_changed": _WORKER,
    "catalog.on_export_requested": _WORKER,
    "catalog.purge_pages": _WORKER,
    "catalog.rebuild_search": _WORKER,
    "catalog.refresh_popularity": _WORKER,
    "media.api": (*_HTTP, "media"),
    "media.process_image": (*_WORKER, "imaging"),
    "media.remove_unused": _WORKER,
    "ordering.api": (*_HTTP, "invoices"),
    "ordering.expire_reservations": _WORKER,
    "ordering.notice_abandoned_carts": _WORKER,
    "ordering.prepare_partitions": _WORKER,
    "payments.api": (*_HTTP, "payments"),
    "payments.on_webhook": (*_WORKER, "payments"),
    "payments.on_order_events": (*_WORKER, "payments"),
    "payments.on_account_erased": (*_WORKER, "payments"),
    "payments.resolve_refunds": (*_WORKER, "payments"),
    "payments.reconcile": (*_WORKER, "payments"),
    "payments.notice_disputes": _WORKER,
    # Answers Stripe with the standard library alone.
    "payments.receive_webhook": (SHARED,),
    "notifications.on_account_events": (*_WORKER, "notifications"),
    "notifications.on_offer_events": (*_WORKER, "notifications"),
    "notifications.on_order_events": (*_WORKER, "notifications"),
    "notifications.on_shop_events": (*_WORKER, "notifications"),
    "operations.api": _HTTP,
    # Brings `shared` itself: Python imports a package from one place, so `shared.migrations` cannot be added to a
    # `shared` that comes from a layer.
    "operations.migrate": ("core", "migrations"),
    "operations.seed": (*_WORKER, "identity"),
    "operations.sweep_outbox": _WORKER,
}
MIGRATION_FUNCTION: Final = "operations.migrate"

# Only schema work needs these; SQLAlchemy is in no other package.
SCHEMA_FOLDERS: Final = ("migrations", "models")

Kind = Literal["functions", "layers"]


@dataclass(frozen=True, order=True)
class Package:
    """One archive that Lambda unpacks. The functions of a context share one; the migration function has its own."""

    kind: Kind
    name: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"


def packages() -> list[Package]:
    """Every package there is."""
    bundles = {package_of(function) for function in LAYERS_OF}
    layers = {Package("layers", layer) for names in LAYERS_OF.values() for layer in names}
    return sorted(bundles | layers)


def package_of(function: str) -> Package:
    """The package that a function (`context.handler`) is in."""
    name = function if function == MIGRATION_FUNCTION else function.partition(".")[0]
    return Package("functions", name)


def sources(package: Package, root: Path = ROOT) -> list[Path]:
    """The files that a package is made from, relative to the project; for a third-party layer, its requirements."""
    if package.kind == "layers":
        return _shared_files(root) if package.name == SHARED else [requirements_file(package.name)]
    context = package.name.partition(".")[0]
    files = [Path("functions/__init__.py"), *_files(root, Path("functions", context))]
    return [*files, *_files(root, Path("shared"))] if package.name == MIGRATION_FUNCTION else files


def _shared_files(root: Path) -> list[Path]:
    return [path for path in _files(root, Path("shared")) if path.parts[1] not in SCHEMA_FOLDERS]


def requirements_file(layer: str) -> Path:
    """Pinned packages of a layer, relative to the project."""
    return Path("layers", layer, "requirements.txt")


def third_party_layers(root: Path = ROOT) -> list[str]:
    """Layers of third-party packages."""
    return sorted(path.parent.name for path in (root / "layers").glob("*/requirements.txt"))


def _files(root: Path, folder: Path) -> list[Path]:
    found = (path.relative_to(root) for path in (root / folder).rglob("*") if path.is_file())
    return sorted(path for path in found if "__pycache__" not in path.parts and path.suffix != ".pyc")


def digest(package: Package, target: Target = AWS, root: Path = ROOT) -> str:
    """Hash of what a package is made from: names and contents of files, target, packaging code; no place, no date."""
    total = hashlib.sha256(f"{target} {compiler(target.python) is not None}".encode())
    for path in [*sources(package, root), *_files(root, Path("infra/packaging"))]:
        try:
            content = (root / path).read_bytes()
        except FileNotFoundError:
            continue  # removed since it was listed: then it is not part of the package either
        total.update(f"\n{path.as_posix()} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def functions_in(packages_: Iterable[Package]) -> list[str]:
    """Names of the functions whose code is in these packages."""
    wanted = set(packages_)
    return [function for function in LAYERS_OF if package_of(function) in wanted]
