"""Child processes that never outlive the local system."""

import ctypes
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

import psutil

_PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h
_CREATION_TOLERANCE: Final = 0.5  # seconds; the kernel counts in hundredths, and the clock may be adjusted


def die_with_parent(ending: signal.Signals) -> Callable[[], None] | None:
    """A ``preexec_fn`` with which Linux sends ``ending`` to the child when its parent dies, however that dies.

    The kernel means the parent *thread*, so it is offered to the main thread only; elsewhere (and on other systems)
    None, and what a crash leaves behind is ended by the next start.
    """
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def ask_for_signal() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, ending, 0, 0, 0)
        if os.getppid() != parent:  # it died before the request was made
            os._exit(1)

    return ask_for_signal


class Registry:
    """A file with the processes that we have started, by pid and time of creation."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._processes: dict[int, float] = {}

    def add(self, pid: int) -> None:
        """Remember a process that we have just started."""
        try:
            self._processes[pid] = psutil.Process(pid).create_time()
        except psutil.NoSuchProcess:
            return
        self._write()

    def remove(self, pid: int) -> None:
        """Remove a process that has ended."""
        if self._processes.pop(pid, None) is not None:
            self._write()

    def end_leftovers(self) -> int:
        """Kill what a crash left running; gives how many. A pid that has been reused is recognised and left alone."""
        try:
            recorded: dict[str, float] = json.loads(self._file.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return 0
        ended = 0
        for pid, created in recorded.items():
            try:
                process = psutil.Process(int(pid))
                if abs(process.create_time() - created) < _CREATION_TOLERANCE:
                    process.kill()
                    ended += 1
            except psutil.Error:
                continue
        self._file.unlink(missing_ok=True)
        return ended

    def _write(self) -> None:
        draft = self._file.with_suffix(".new")
        draft.write_text(json.dumps({str(pid): created for pid, created in self._processes.items()}))
        draft.replace(self._file)
