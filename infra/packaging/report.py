"""How large packages and functions are."""

from collections.abc import Sequence
from typing import Final

from infra.packaging.build import Build
from infra.packaging.contents import LAYERS_OF

# Bytes of a function and its layers, unzipped: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
LIMIT: Final = 250 * 1024 * 1024


def unzipped(made: Build, function: str) -> int:
    """Bytes of a function and its layers, as Lambda counts them."""
    return sum(made.artefacts[package].unzipped for package in made.packages_of(function))


def size_table(made: Build) -> str:
    """Sizes of packages, then of functions with their layers, in MB (2**20 bytes), and the share of Lambda's limit."""
    rows = [(f"packages for {made.target}", "zipped MB", "unzipped MB", "")]
    rows += [
        (f"  {package}", _megabytes(artefact.zipped), _megabytes(artefact.unzipped), artefact.sha256[:12])
        for package, artefact in made.artefacts.items()
    ]
    rows += [("functions, with their layers", "", "", "of the limit")]
    for function in sorted(LAYERS_OF):
        zipped = sum(made.artefacts[package].zipped for package in made.packages_of(function))
        size = unzipped(made, function)
        rows.append((f"  {function}", _megabytes(zipped), _megabytes(size), f"{size / LIMIT:.0%}"))
    return _aligned(rows)


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.2f}"


def _aligned(rows: Sequence[tuple[str, str, str, str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:>{widths[3]}}".rstrip()
        for row in rows
    )
