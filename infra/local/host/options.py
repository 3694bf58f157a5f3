"""What can be chosen at a start: command line, and environment variables for the usual choices."""

import argparse
import fcntl
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from infra.local.host.errors import StartError
from shared import days

ROOT: Final = Path(__file__).resolve().parents[3]
DEFAULT_PORT: Final = 8000
DEFAULT_PROCESSES: Final = 4


class Web(StrEnum):
    """Where pages come from: nowhere, their build, or Vite's servers."""

    OFF = "0"
    BUILT = "1"
    DEVELOPMENT = "dev"


@dataclass(frozen=True)
class Options:
    """Choices of one start. ``home`` holds all local data; ``processes`` is the limit per function."""

    port: int
    home: Path
    root: Path
    database_url: str | None
    admin_email: str | None
    admin_password: str | None
    processes: int
    ready_file: Path | None
    function_environment: dict[str, str]
    shop_time_zone: str | None
    visibility_timeout: int | None
    quiet: bool
    packaged: bool
    demo: bool
    web: Web


def read_options(arguments: Sequence[str], environment: Mapping[str, str]) -> Options:
    """Options from the command line, which wins, and the environment. Raises StartError for a bad value."""
    parser = argparse.ArgumentParser(prog="python -m infra.local", description="Run the whole system on this computer.")
    parser.add_argument("--port", default=environment.get("PORT") or str(DEFAULT_PORT), help="0 takes a free one")
    parser.add_argument("--home", default=environment.get("SHARESTACK_HOME"), help="folder of all data (.local)")
    parser.add_argument("--root", help="checkout whose functions run (this one)")
    parser.add_argument("--max-processes", default=environment.get("MAX_PROCESSES") or str(DEFAULT_PROCESSES))
    parser.add_argument("--ready-file", help="written as JSON once everything answers")
    parser.add_argument("--function-env", action="append", default=[], metavar="NAME=VALUE", help="for every function")
    parser.add_argument("--visibility-timeout", help="seconds, in place of every queue's own")
    parser.add_argument(
        "--packaged",
        action="store_true",
        default=environment.get("PACKAGED", "0") not in ("", "0"),
        help="run the functions from their packages, as they are deployed",
    )
    parser.add_argument(
        "--demo",
        action=argparse.BooleanOptionalAction,
        default=environment.get("DEMO", "0") not in ("", "0"),
        help="give a new shop customers, orders and more products to look at",
    )
    parser.add_argument(
        "--web",
        default=environment.get("WEB") or Web.OFF,
        choices=[choice.value for choice in Web],
        help="pages: 0 for none, 1 to build and serve them, dev for Vite's servers",
    )
    parser.add_argument("--quiet", action="store_true", help="no line per invocation on standard output")
    chosen = parser.parse_args(arguments)
    root = Path(chosen.root).resolve() if chosen.root else ROOT
    return Options(
        port=_number("PORT", chosen.port, 0, 65_535),
        home=Path(chosen.home).absolute() if chosen.home else root / ".local",
        root=root,
        database_url=environment.get("DATABASE_URL") or None,
        admin_email=environment.get("ADMIN_EMAIL") or None,
        admin_password=environment.get("ADMIN_PASSWORD") or None,
        processes=_number("MAX_PROCESSES", chosen.max_processes, 1, 64),
        ready_file=Path(chosen.ready_file).absolute() if chosen.ready_file else None,
        function_environment=dict(_pair(item) for item in chosen.function_env),
        shop_time_zone=environment.get("SHOP_TIME_ZONE") or None,
        visibility_timeout=_number("--visibility-timeout", chosen.visibility_timeout, 0, 43_200)
        if chosen.visibility_timeout is not None
        else None,
        quiet=chosen.quiet,
        packaged=chosen.packaged,
        demo=chosen.demo,
        web=_web(chosen.web, root),
    )


def _web(chosen: str, root: Path) -> Web:
    """Raises StartError for a choice that there is not, or pages that this checkout does not have."""
    try:
        web = Web(chosen)
    except ValueError:
        raise StartError(f"WEB must be 0, 1 or dev, not {chosen!r}.") from None
    if web is not Web.OFF and not (root / "web" / "package.json").exists():
        raise StartError(f"{root} has no pages; leave them out: WEB=0 make run")
    return web


def check_time_zone(options: Options) -> None:
    """Raises StartError for an unknown one. The database of zones may come with what is installed first."""
    if options.shop_time_zone and (problem := days.problem(options.shop_time_zone)):
        raise StartError(f"SHOP_TIME_ZONE: {problem}.")


def prepare_home(home: Path) -> int:
    """Make the data folder and lock it; gives the lock's file descriptor, to be kept open.

    Raises StartError when the folder cannot be written, or when another start holds it.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / "log").mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StartError(f"The data folder {home} cannot be written: {error.strerror}") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise StartError(f"The system is running already with the data in {home}; stop it first.") from error
    return descriptor


def _number(name: str, text: str, least: int, most: int) -> int:
    try:
        value = int(text)
    except ValueError:
        value = least - 1
    if not least <= value <= most:
        raise StartError(f"{name} must be a whole number from {least} to {most}, not {text!r}.")
    return value


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not name or not separator:
        raise StartError(f"--function-env takes NAME=VALUE, not {text!r}.")
    return name, value
