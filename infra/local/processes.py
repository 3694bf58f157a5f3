"""Child processes that never outlive the local system."""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Final

_PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h


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
