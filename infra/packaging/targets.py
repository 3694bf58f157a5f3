"""Where packages run: on AWS, or on this machine for tests and `make run PACKAGED=1`."""

import platform
import sys
from dataclasses import dataclass
from typing import Final

from infra.packaging.errors import PackagingError

# Lambda's names of processor architectures, by the names that operating systems have for them.
_ARCHITECTURES: Final = {"aarch64": "arm64", "arm64": "arm64", "x86_64": "x86_64", "amd64": "x86_64"}

# uv's names of the platforms whose wheels run on Amazon Linux 2023, which has glibc 2.34.
_PLATFORMS: Final = {"arm64": "aarch64-manylinux_2_28", "x86_64": "x86_64-manylinux_2_28"}


@dataclass(frozen=True, kw_only=True)
class Target:
    """Python version (`major.minor`), Lambda's name of the architecture, and the operating system."""

    python: str
    architecture: str
    system: str = "linux"

    def __str__(self) -> str:
        system = "" if self.system == "linux" else f"-{self.system}"
        return f"python{self.python}-{self.architecture}{system}"

    @property
    def platform(self) -> str:
        """The target in uv's spelling. Raises PackagingError for one that wheels cannot be fetched for."""
        if self.system != "linux" or self.architecture not in _PLATFORMS:
            raise PackagingError(f"wheels can be fetched for Linux on arm64 and x86_64, not for {self}")
        return _PLATFORMS[self.architecture]

    @property
    def runs_here(self) -> bool:
        """Whether the interpreter that runs this can run the package: then its own installed packages are used."""
        return self == here()


AWS: Final = Target(python="3.13", architecture="arm64")


def here() -> Target:
    """This interpreter on this machine."""
    machine = platform.machine().lower()
    return Target(
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
        architecture=_ARCHITECTURES.get(machine, machine),
        system=platform.system().lower(),
    )
