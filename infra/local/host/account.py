"""The operating system account that PostgreSQL runs under: it refuses to run as root."""

import os
import pwd
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.local.host.errors import StartError


@dataclass(frozen=True)
class Account:
    """A user and group to run a process as; None stands for our own."""

    uid: int | None = None
    gid: int | None = None

    def popen_arguments(self) -> dict[str, Any]:
        """Keyword arguments that make ``subprocess`` run something under this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a file or folder to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def server_account(folder: Path) -> Account:
    """Our own account, unless we are root: then the owner of the folder (or of its parent), or else ``nobody``.

    Taking the owner lets `sudo make run` in an ordinary user's checkout leave data that this user can go on using.
    Raises StartError when there is no account to run under.
    """
    if os.geteuid() != 0:
        return Account()
    owner = (folder if folder.exists() else folder.parent).stat()
    try:
        entry = pwd.getpwuid(owner.st_uid) if owner.st_uid != 0 else pwd.getpwnam("nobody")
    except KeyError as error:
        raise StartError(
            "PostgreSQL does not run as root, and there is no account 'nobody'; run as an ordinary user."
        ) from error
    return Account(entry.pw_uid, entry.pw_gid)


def make_reachable(paths: Iterable[Path], account: Account) -> None:
    """Let the account pass through the folders above the paths.

    Only as root, and only the right to pass (not to list or read) is added, only where it is missing: a checkout in
    a private folder such as ``/root`` could not hold the database otherwise.
    """
    if account.uid is None:
        return
    for path in paths:
        for parent in path.resolve().parents:
            state = parent.stat()
            if not state.st_mode & stat.S_IXOTH and state.st_uid != account.uid:
                parent.chmod(state.st_mode | stat.S_IXOTH)


def make_readable(folder: Path, account: Account) -> None:
    """Let the account read and run what is in a folder of programs: root's umask may have kept them from everybody."""
    if account.uid is None or folder.stat().st_mode & stat.S_IROTH:
        return
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        runs = stat.S_IXOTH if mode & stat.S_IXUSR else 0
        path.chmod(mode | stat.S_IROTH | runs)
