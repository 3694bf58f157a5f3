"""Loaded by every function process of an end-to-end run (PYTHONPATH): dies at a chosen point when told to.

A test arms a fault by creating `<FAULTS_FOLDER>/<place>-<context>.<handler>`; the first process that gets there takes
the file and is killed, as the machine under it might be. Production code knows nothing of this.
"""

import os
import signal
from pathlib import Path
from typing import Any

import wrapt

_FOLDER = Path(os.environ["FAULTS_FOLDER"])
_FUNCTION = ".".join(os.environ.get("_HANDLER", "").split(".")[1:4:2])


def _die_if_armed(place: str) -> None:
    name = f"{place}-{_FUNCTION}"
    try:
        (_FOLDER / name).rename(_FOLDER / f"{name}.struck")
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


@wrapt.when_imported("shared.clients.bus")
def _between_commit_and_publish(module: Any) -> None:
    @wrapt.patch_function_wrapper(module, "put")
    def put(wrapped: Any, instance: Any, arguments: Any, options: Any) -> Any:
        _die_if_armed("publish")
        return wrapped(*arguments, **options)


def _between_effect_and_acknowledgement(module: Any) -> None:
    @wrapt.patch_function_wrapper(module, "handler")
    def handler(wrapped: Any, instance: Any, arguments: Any, options: Any) -> Any:
        answer = wrapped(*arguments, **options)
        _die_if_armed("acknowledge")
        return answer


wrapt.register_post_import_hook(_between_effect_and_acknowledgement, "functions.payments.handlers.on_webhook")
wrapt.register_post_import_hook(_between_effect_and_acknowledgement, "functions.notifications.handlers.on_order_events")
