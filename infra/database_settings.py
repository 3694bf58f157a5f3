"""Settings of PostgreSQL that hold wherever it runs: in Aurora's parameter group, and in the embedded server."""

from typing import Final

LIMITS: Final = {
    "statement_timeout": "30000",
    "lock_timeout": "3000",
    "idle_in_transaction_session_timeout": "60000",
    "max_parallel_workers_per_gather": "0",
}
"""Milliseconds. A function never waits longer for a lock or a statement; migrations set limits of their own."""

LOG: Final = {
    "log_min_duration_statement": "500",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
"""Slow statements are logged without the values that they were given, errors without the row that they are about:
either may be about a person, and what is in the log no erasure finds (`docs/decisions/0036-personal-data.md`).
"""
