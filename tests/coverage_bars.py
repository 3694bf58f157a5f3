"""How much of the code the tests ran, held to the bars: `python -m tests.coverage_bars build/coverage.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

BARS: Final = {
    "lines": ("covered_lines", "num_statements", 90.0),
    "branches": ("covered_branches", "num_branches", 80.0),
}
"""Percent of each."""


def main(report: Path) -> int:
    """Print the figures of a report of coverage.py; 1 where one is below its bar."""
    totals = json.loads(report.read_text())["totals"]
    missed = False
    for name, (covered, of_all, bar) in BARS.items():
        share = 100 * totals[covered] / totals[of_all]
        missed |= share < bar
        print(f"{name}: {share:.1f} % of {totals[of_all]} (bar: {bar:.0f} %)")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
