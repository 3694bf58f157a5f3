"""`python -m infra.packaging`: make every package of a target; for this machine, lay them out to be run as well."""

import argparse
import sys
import time

from infra.packaging import report
from infra.packaging.build import build
from infra.packaging.bytecode import uncompiled_warning
from infra.packaging.errors import PackagingError
from infra.packaging.layout import lay_out
from infra.packaging.targets import AWS, Target, here


def main() -> int:
    """Gives the exit status; says in one line why packages could not be made."""
    parser = argparse.ArgumentParser(prog="python -m infra.packaging", description=__doc__)
    parser.add_argument("--python", help=f"version ({AWS.python})")
    parser.add_argument("--architecture", choices=("arm64", "x86_64"), help=f"processor ({AWS.architecture})")
    parser.add_argument("--here", action="store_true", help="for this machine; Python is this one's unless named")
    chosen = parser.parse_args()
    base = here() if chosen.here else AWS
    target = Target(
        python=chosen.python or base.python,
        architecture=chosen.architecture or base.architecture,
        system=base.system,
    )
    started = time.monotonic()
    try:
        if chosen.here:
            lay_out(target)
        made = build(target)
    except PackagingError as error:
        print(f"ShareStack: {error}", file=sys.stderr)
        return 1
    print(report.size_table(made))
    print(f"\n{made.folder}, after {time.monotonic() - started:.1f} s")
    if warning := uncompiled_warning(target):
        print(warning, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
