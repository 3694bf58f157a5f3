"""`python -m demo RESULT_FILE`: gives a new shop its past.

The demo is made first; then the URL of a migrated database is read from standard input, and the shop is copied into it.
Without a URL nothing is copied. The file then holds JSON: `admin` and `customer` (e-mail address and password),
`providers`, the simulated accounts that the payments are in, `imports`, the ids of product files whose pictures are
still to be fetched from that address, and `objects`, the pictures of posts by their keys in the bucket of pictures;
nothing of this where the database holds a shop already.
What the functions log is written to standard output.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path

from demo import copying
from demo.contents.customers import CUSTOMERS, PASSWORD
from demo.stage.shop import stage
from demo.stories import history
from shared.contexts.media import media_urls


def main() -> None:
    """Make the demo shop and copy it."""
    parser = argparse.ArgumentParser(prog="python -m demo", description="Give a new shop its past.")
    parser.add_argument("result", type=Path)
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="of the system that the shop is for")
    parser.add_argument("--admin-email")
    parser.add_argument("--admin-password")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with stage(since=history.begin(), address=chosen.address) as on:
        admin, imports = history.play(on, chosen.address, chosen.admin_email, chosen.admin_password)
        database_url = sys.stdin.readline().strip()
        result: dict[str, object] = {}
        if database_url and copying.is_empty(database_url):
            copying.copy(on.database_url, database_url)
            customer = {"email": CUSTOMERS[0].email, "password": PASSWORD}
            providers = {"stripe": on.provider.snapshot()}
            objects = on.aws.objects(media_urls.PREFIX)
            result = {
                "admin": admin,
                "customer": customer,
                "providers": providers,
                "imports": imports,
                "objects": objects,
            }
    chosen.result.touch(mode=0o600)
    chosen.result.write_text(json.dumps(result))


if __name__ == "__main__":
    main()
