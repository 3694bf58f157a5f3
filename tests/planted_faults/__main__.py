"""Plants one fault at a time in a copy of the sources, and runs the tests that should catch it.

`python -m tests.planted_faults [--only ID ...] [--root FOLDER]`. Prints a table, writes `build/planted_faults.json`
and ends with status 1 unless every fault is caught by a test that passes without it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from tests.planted_faults import money, people, platform
from tests.planted_faults.fault import Fault, NotPlantableError

ROOT: Final = Path(__file__).resolve().parents[2]
FAULTS: Final = (*money.FAULTS, *people.FAULTS, *platform.FAULTS)
LONGEST_SECONDS: Final = 400
_LINKED: Final = (".venv", "node_modules")
CAUGHT: Final = "caught"
_PASSED, _FAILED, _NO_TESTS = 0, 1, 5
_FAILURE: Final = re.compile(r"^(?:FAILED|ERROR) (\S+::.+?)(?: - .*)?$", re.MULTILINE)


@dataclass
class Result:
    """What became of a fault, by which test, and seconds that it took."""

    id: str
    what: str
    outcome: str
    test: str
    seconds: float


@contextmanager
def copied(root: Path) -> Iterator[Path]:
    """A copy of what git knows of the tree, with what is not committed, and links to what is installed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, check=True, capture_output=True, text=True,
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="sharestack-faults-") as folder:
        copy = Path(folder)
        copy.chmod(0o755)  # PostgreSQL runs as somebody else, and its programs are below `.venv`
        for name in filter(None, listed.stdout.split("\0")):
            source, target = root / name, copy / name
            if source.is_file() and name not in _LINKED:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target)
        for name in _LINKED:
            (copy / name).symlink_to((root / name).resolve())
        yield copy


@contextmanager
def planted(texts: dict[Path, str]) -> Iterator[None]:
    """The files have these texts inside the block."""
    before = {path: path.read_text(encoding="utf-8") for path in texts}
    try:
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")
        yield
    finally:
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")


def try_fault(fault: Fault, copy: Path) -> Result:
    """Plant the fault, and see which test fails."""
    started = time.monotonic()
    try:
        texts, selection = fault.texts(copy), fault.selection(copy)
    except NotPlantableError as error:
        return Result(fault.id, fault.what, "not plantable", str(error), 0.0)
    with planted(texts):
        status, output = run_tests(copy, selection)
    failure = _FAILURE.search(output)
    test = failure[1] if failure else ""
    if status == _FAILED and test:
        outcome = CAUGHT
    elif status == _PASSED:
        outcome = "survived"
    else:
        outcome, test = "no tests" if status == _NO_TESTS else "broken", test or output[-600:]
    return Result(fault.id, fault.what, outcome, test, round(time.monotonic() - started, 1))


def failing_anyway(results: Sequence[Result], copy: Path) -> set[str]:
    """Those of the tests that caught faults which fail without any fault as well."""
    tests = sorted({result.test for result in results if result.outcome == CAUGHT})
    if not tests:
        return set()
    _, output = run_tests(copy, tests, until_failure=False)
    return {failure[1] for failure in _FAILURE.finditer(output)} & set(tests)


def run_tests(copy: Path, selection: Sequence[str], *, until_failure: bool = True) -> tuple[int, str]:
    """pytest's exit status (https://docs.pytest.org/en/stable/reference/exit-codes.html) and output."""
    stop = ["-x"] if until_failure else []
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SHARESTACK_")}
    process = subprocess.Popen(
        [copy / ".venv/bin/python", "-m", "pytest", "-n", "0", "-q", "--tb=line", "-rfE", *stop, *selection],
        cwd=copy,
        env={**environment, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "400"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=LONGEST_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
        output, _ = process.communicate()
        return -1, f"{output}\nended after {LONGEST_SECONDS} seconds"
    return process.returncode, output


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the faults one after the other; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.planted_faults", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="ID", help="ids, or numbers from 1")
    parser.add_argument("--root", type=Path, default=ROOT, help="the tree whose tests are tried")
    chosen = parser.parse_args(arguments)
    wanted = [
        fault
        for number, fault in enumerate(FAULTS, 1)
        if not chosen.only or fault.id in chosen.only or str(number) in chosen.only
    ]
    results = []
    with copied(chosen.root.resolve()) as copy:
        for fault in wanted:
            results.append(try_fault(fault, copy))
            result = results[-1]
            print(f"{result.id:22}{result.outcome:18}{result.seconds:6.1f} s  {result.test}", flush=True)
        anyway = failing_anyway(results, copy)
    for result in results:
        if result.test in anyway:
            result.outcome = "fails without it"
            print(f"{result.id}: {result.test} fails without the fault")
    caught = sum(result.outcome == CAUGHT for result in results)
    print(f"{caught} of {len(results)} caught")
    kept = chosen.root.resolve() / "build" / "planted_faults.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps([asdict(result) for result in results], indent=2) + "\n")
    return 0 if results and caught == len(results) else 1


if __name__ == "__main__":
    sys.exit(main())
