"""Where the code of functions is: in the checkout, or in the packages that a deployment would take."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from infra.local.host.errors import StartError
from infra.manifests import ROOT
from infra.openapi import document
from infra.packaging.build import FOLDER
from infra.packaging.bytecode import compiler
from infra.packaging.errors import PackagingError
from infra.packaging.layout import Layout, lay_out
from infra.packaging.targets import Target, here


@dataclass(frozen=True)
class Code:
    """A function's folder (its `/var/task`), the interpreter with its options, and variables of its process.

    `runtime` are the arguments with which the interpreter asks for invocations, the handler's name being the last.
    """

    folder: Path
    interpreter: tuple[str, ...] = (sys.executable,)
    variables: Mapping[str, str] = field(default_factory=dict)
    runtime: tuple[str, ...] = ("-m", "awslambdaric")


NODE_RUNTIME: Final = Path(__file__).with_name("node_runtime.mjs")

CodeOf = Callable[[str], Code]
"""Gives the code of the function of that name (`context.handler`)."""


def checked_out(root: Path) -> CodeOf:
    """The checkout itself, with the packages of this interpreter."""
    code = Code(root, variables={"OPENAPI_FILE": str(document.path(root))})
    return lambda _name: code


def in_node(folder: Path) -> Code:
    """Code in JavaScript, in a process of its own."""
    return Code(folder, interpreter=("node",), runtime=(str(NODE_RUNTIME),))


def packaged(root: Path = ROOT, target: Target | None = None) -> CodeOf:
    """The packages for `target` (this interpreter), made if need be. Raises StartError when they cannot be made.

    A function sees what is in its package, its layers and Lambda's runtime, and nothing of this project's environment.
    """
    target = target or here()
    interpreter = compiler(target.python)
    if interpreter is None:
        raise StartError(f"Packages for Python {target.python} cannot run here: no such interpreter was found.")
    try:
        layouts = lay_out(target, root / FOLDER.relative_to(ROOT), root)
    except PackagingError as error:
        raise StartError(f"The packages could not be made: {error}") from error
    return lambda name: _isolated(interpreter, layouts[name])


def _isolated(interpreter: str, layout: Layout) -> Code:
    # Without `site`, no site-packages folder is on the search path.
    return Code(layout.task, (interpreter, "-S"), {"PYTHONPATH": layout.search_path})
