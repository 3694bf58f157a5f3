"""``python -m infra.local.host.preflight [run]``: what would fail later is told before anything is installed.

`make` runs it with whatever Python it has found, so there is nothing but the standard library.
"""

import os
import sys
from collections.abc import Mapping, Sequence

from infra.local.host.errors import StartError
from infra.local.host.options import prepare_home, read_options
from infra.local.host.ports import listen
from infra.local.host.toolchain import check_node_version


def check(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Raises StartError for a Node.js that is missing or too old; with `run`, for what `make run` cannot start with."""
    check_node_version()
    if "run" in arguments:
        options = read_options([], environment)
        os.close(prepare_home(options.home))
        listen(options.port).close()


def main() -> int:
    """Gives the exit status."""
    try:
        check(sys.argv[1:], os.environ)
    except StartError as error:
        print(f"ShareStack: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
