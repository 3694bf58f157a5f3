"""The raw handler behind the local gateway: whatever our functions take longer than it does is our own.

`python -m tests.benchmarks.raw_gateway --home FOLDER --ready-file FILE [--max-processes 2]`, with DATABASE_URL set.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import socket
import sys
from pathlib import Path

import uvloop
from starlette.types import Message, Receive, Send

from infra.local.aws.code import Code
from infra.local.aws.gateway import Gateway
from infra.local.aws.lambda_runtime import LambdaRuntime
from infra.local.aws.topology import Function, Route, Topology
from infra.local.host.log import Log
from infra.local.host.ports import listen
from infra.local.host.processes import Registry
from infra.local.host.server import make_server
from tests.benchmarks.stage import baselines

PATH = "/raw"


async def serve(home: Path, listener: socket.socket, processes: int) -> None:
    """Until a signal."""
    code = baselines(home / "baselines")["raw"]
    isolated = Code(code.folder, (sys.executable, "-S"), {"PYTHONPATH": code.search_path})
    log = Log(home / "log", quiet=True)
    functions = {"raw": Function("raw", "raw", code.handler, 30, 512, {})}
    runtime = LambdaRuntime(
        functions,
        code=lambda _name: isolated,
        overrides={"DATABASE_URL": os.environ["DATABASE_URL"]},
        limit=processes,
        log=log,
        registry=Registry(home / "processes.json"),
    )
    server = make_server(Gateway(Topology(functions, [Route("GET", PATH, "raw")]), runtime.invoke, log, _no_console))
    for ending in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(ending, setattr, server, "should_exit", True)
    try:
        await server.serve(sockets=[listener])
    finally:
        await runtime.close()


async def _no_console(_scope: Message, _receive: Receive, _send: Send) -> None:
    raise LookupError("there is no console")


def main() -> None:
    """Serve until a signal."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.raw_gateway", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="a folder for logs and code, which must be new")
    parser.add_argument("--ready-file", type=Path, required=True, help="written as JSON once it answers")
    parser.add_argument("--max-processes", type=int, default=2)
    chosen = parser.parse_args()
    listener = listen(0)  # who connects from now on waits until it is served
    chosen.ready_file.write_text(json.dumps({"address": f"http://127.0.0.1:{listener.getsockname()[1]}"}))
    uvloop.run(serve(chosen.home, listener, chosen.max_processes))


if __name__ == "__main__":
    main()
