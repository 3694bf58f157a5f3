"""`python -m infra.openapi`: write the merged document into `build/openapi.json`."""

import sys

from infra.openapi import document


def main() -> int:
    """Return the exit status; print in one line why there is no document."""
    try:
        file = document.write()
    except document.DocumentError as error:
        print(f"ShareStack: {error}", file=sys.stderr)
        return 1
    print(f"{file.relative_to(document.ROOT)} is current")
    return 0


if __name__ == "__main__":
    sys.exit(main())
