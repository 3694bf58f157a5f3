"""`python -m infra.capacity`: what production bears, as a table."""

import argparse

from infra.capacity.measurements import CHECKED_IN, read
from infra.capacity.report import answer, table
from infra.capacity.scenario import Load, endless, limits_of, raised, shop
from infra.environments import PROD

USERS = 10_000
PEAK = 100
PEAK_CACHED = 0.98
"""Of catalogue pages on the greatest day: a hundred times as many visitors look at the same pages."""


def main() -> None:
    """Simulate each scenario and print the table."""
    parser = argparse.ArgumentParser(prog="python -m infra.capacity", description=__doc__)
    parser.add_argument("--users", type=int, default=USERS, help="on the site at once on an ordinary day")
    parser.add_argument("--peak", type=int, default=PEAK, help="so many times as many on the greatest day")
    parser.add_argument("--concurrency", type=int, default=1_000, help="the account's quota of concurrent executions")
    parser.add_argument("--sample", type=int, default=50, help="simulate one in so many visitors of the peak")
    parser.add_argument("--checked-in", action="store_true", help="with the checked-in service times, whatever was run")
    chosen = parser.parse_args()
    measured = read(CHECKED_IN.parent) if chosen.checked_in else read()
    steps, limits = shop(measured), limits_of(PROD, concurrency=chosen.concurrency)
    usual = Load(users=chosen.users, sample=2)
    peak = Load(users=chosen.users * chosen.peak, sample=chosen.sample, ramp=180, seconds=240)
    well_cached = shop(measured, cached=PEAK_CACHED)
    answers = {
        f"{usual.users:,} users": answer(usual, limits, steps, measured),
        f"{peak.users:,} users": answer(peak, limits, steps, measured),
        "with quotas raised": answer(peak, raised(limits), steps, measured),
        f"and {PEAK_CACHED:.0%} cached": answer(peak, raised(limits), well_cached, measured),
        "what that needs": answer(peak, endless(limits), well_cached, measured),
    }
    print(table(answers))
    print(f"\nService times: {measured.source}.")


if __name__ == "__main__":
    main()
