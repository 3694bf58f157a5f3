"""Writes every layer's `requirements.txt`: the versions of `requirements.lock`, with hashes, for the target."""

from pathlib import Path
from typing import Final

from infra.manifests import ROOT
from infra.packaging.contents import requirements_file
from infra.packaging.requirements import pinned, run_uv
from infra.packaging.targets import AWS, Target

# What packages of a layer ask for, and our functions never import.
_NEVER_IMPORTED: Final = {
    "core": ("pycparser",),  # cffi reads C declarations with it, when an extension is built
    "fonts": ("fontpkg",),  # finds packages of fonts by the names of their families
    "identity": ("dnspython",),  # email-validator looks domains up with it, which we never ask for
    "web": ("dnspython",),  # likewise
}


def lock(target: Target = AWS, root: Path = ROOT) -> None:
    """Resolve all layers anew. What the core layer brings is left out of the others, as every function that has one of
    them has that layer too.
    """
    core: list[str] = []
    for layer in (
        "core",
        *sorted({path.parent.name for path in (root / "layers").glob("*/requirements.in")} - {"core"}),
    ):
        _compile(layer, target, root, left_out=[*core, *_NEVER_IMPORTED.get(layer, ())])
        if layer == "core":
            core = [name for name, _ in pinned(root / requirements_file(layer))]


def _compile(layer: str, target: Target, root: Path, *, left_out: list[str]) -> None:
    run_uv(
        *("pip", "compile", str(Path("layers", layer, "requirements.in")), "--constraints", "requirements.lock"),
        *("--python-version", target.python, "--python-platform", target.platform, "--only-binary", ":all:"),
        *("--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet"),
        *(argument for name in left_out for argument in ("--no-emit-package", name)),
        *("--output-file", str(requirements_file(layer))),
        cwd=root,
    )


if __name__ == "__main__":
    lock()
