"""``python -m infra.local``: the whole system on this computer."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- said here in one line, where an import below would give a trace
    sys.exit("ShareStack needs Python 3.11 or newer.")

from infra.local.run import main

sys.exit(main())
