"""The pages of the storefront, as its router declares them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from infra import page_paths

_SOURCES = Path(__file__).parents[2] / "web" / "apps" / "storefront" / "src" / "shell" / "routes"
_ROUTE = re.compile(r"^const (\w+) = createRoute\(\{\n(.*?)^\}\);", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """`is_rendered`: a server makes it for anybody; the others are one customer's, made in the browser."""

    path: str
    is_rendered: bool

    def is_at(self, path: str) -> bool:
        return re.fullmatch(re.sub(r"\{?\$\w+\}?", "[^/]+", self.path), path) is not None

    @property
    def is_answered_by_the_shell(self) -> bool:
        return any(fnmatchcase(self.path, pattern) for pattern in page_paths.CUSTOMER_PATHS)


def pages() -> list[Page]:
    """All of them, but the frames that have pages inside."""
    text = "\n".join(file.read_text() for file in sorted(_SOURCES.glob("*.ts")))
    blocks = dict(_ROUTE.findall(text))
    parents = {name: re.search(r"getParentRoute: \(\) => (\w+)", block)[1] for name, block in blocks.items()}  # type: ignore[index]

    def path_of(name: str) -> str:
        found = re.search(r"path: '([^']+)'", blocks[name])
        own = found[1] if found else ""  # a frame without an address of its own
        parent = parents[name]
        return own if parent not in blocks else (path_of(parent) + own).removesuffix("/")

    frames = set(parents.values())
    return [Page(path_of(name), "staticData" in blocks[name]) for name in blocks if name not in frames]
