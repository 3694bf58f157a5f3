"""Templates of an environment, with what cdk-nag finds in them, for all who look at them: tests, linters, costs."""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra import assemblies
from infra.environments import Environment
from infra.security_checks import synthesize


@contextmanager
def checked_templates(environment: Environment) -> Iterator[Path]:
    """The folder of the environment's templates and findings, made anew only when its sources have changed.

    Processes may share it: one synthesizes, the others wait.
    """
    variant = hashlib.sha256(repr(environment).encode()).hexdigest()[:8]
    folder = assemblies.ROOT / "build" / "assemblies" / f"{environment.name}-{variant}"
    with assemblies.assembly(folder, environment, _synthesize_quietly) as made:
        yield made


def _synthesize_quietly(environment: Environment, folder: Path) -> None:
    """What the construct library says meanwhile, hundreds of accepted findings among it, goes to a file beside."""
    sys.stdout.flush()
    kept = [(stream, os.dup(stream)) for stream in (1, 2)]
    with folder.with_name("synth.log").open("wb") as log:
        for stream, _ in kept:
            os.dup2(log.fileno(), stream)
        try:
            synthesize(environment, folder)
        finally:
            for stream, copy in kept:
                os.dup2(copy, stream)
                os.close(copy)
