"""A PostgreSQL server of our own for a test: on a socket in a folder of its own, gone when the test ends."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of the newest server's programs, or None where there is none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return versions[-1].parent if versions else None


def _other_user() -> str | None:
    """The server refuses to be root: then it is its own user."""
    if os.geteuid():
        return None
    return pwd.getpwnam("postgres").pw_name


@contextmanager
def server(bin_dir: Path) -> Iterator[str]:
    """The URL of an empty database on a server that runs while the block lasts."""
    user = _other_user()
    with tempfile.TemporaryDirectory(prefix="navnenyt-pg-") as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        socket = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]

        def call(*command: object) -> None:
            done = subprocess.run(
                [str(part) for part in command], user=user, cwd=folder, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr

        call(bin_dir / "initdb", "-D", data, "-U", "navnenyt", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        log = folder / "log"
        call(bin_dir / "pg_ctl", "-D", data, "-l", log, "-w", "-o", " ".join(socket), "start")
        try:
            yield f"postgresql+psycopg://navnenyt@/postgres?host={folder}"
        finally:
            call(bin_dir / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
