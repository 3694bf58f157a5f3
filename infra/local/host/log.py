"""One stream that a person can follow: what was woken, by what, how it ended, how long it took."""

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

import orjson

_ALARMING: Final = {"WARNING": "33", "ERROR": "31", "CRITICAL": "31"}  # level -> ANSI colour
_ROUTINE: Final = re.compile(rb'"level": ?"(?:INFO|DEBUG)"')  # most lines, which need not be parsed


class Log:
    """Writes the stream to standard output and to ``system.log``, and each function's own output to its own file."""

    def __init__(self, folder: Path, stream: IO[str] | None = None, *, quiet: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._stream = stream or sys.stdout
        self._quiet = quiet
        self._colours = self._stream.isatty()
        self._files: dict[str, IO[bytes]] = {}
        self._system = (folder / "system.log").open("a", encoding="utf-8", buffering=1)

    def request(
        self, function: str, trigger: str, status: str, milliseconds: float, *, init: float | None = None
    ) -> None:
        """One line for one invocation; ``init`` (milliseconds) marks a cold start."""
        start = f"  INIT {init:.0f} ms" if init is not None else ""
        colour = "31" if status.startswith(("5", "error", "timeout")) else "33" if status.startswith("4") else ""
        text = f"{function:<28} {trigger}  {self._paint(status, colour)}  {milliseconds:.1f} ms{start}"
        self._write(text, shown=not self._quiet)

    def note(self, text: str) -> None:
        """A line about the system itself."""
        self._write(text)

    def output(self, function: str, line: bytes) -> None:
        """A line that a function wrote; alarming ones are shown, with their trace, the others are kept in its file."""
        file = self._files.get(function)
        if file is None:
            file = self._files[function] = (self.folder / f"{function}.log").open("ab", buffering=0)
        file.write(line if line.endswith(b"\n") else line + b"\n")
        if line[:1] == b"{":
            self._structured(function, line)
        elif line.strip():
            # The runtime client joins the lines of a trace with carriage returns and indents with no-break spaces.
            first, *rest = line.decode(errors="replace").rstrip("\n").replace("\xa0", " ").split("\r")
            self._write("\n".join([f"{function:<28} {first}", *(f"    {item}" for item in rest)]))

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()
        self._system.close()

    def _structured(self, function: str, line: bytes) -> None:
        if _ROUTINE.search(line) or b'"level"' not in line:
            return
        try:
            entry: dict[str, Any] = orjson.loads(line)
        except orjson.JSONDecodeError:
            return
        level = str(entry.get("level", ""))
        if level not in _ALARMING:
            return
        message = entry.get("message", "")
        text = message if isinstance(message, str) else orjson.dumps(message).decode()
        trace = str(entry.get("exception") or "\n".join(entry.get("stackTrace") or [])).rstrip()
        lines = [f"{function:<28} {self._paint(level, _ALARMING[level])}  {text}"]
        lines += [f"    {item}" for item in trace.splitlines()]
        self._write("\n".join(lines))

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colours and colour else text

    def _write(self, text: str, *, shown: bool = True) -> None:
        line = f"{datetime.now():%H:%M:%S.%f}"[:12] + f"  {text}\n"  # noqa: DTZ005 -- read by a person, in local time
        if shown:
            self._stream.write(line)
            self._stream.flush()
        self._system.write(line)
