"""A disk that loses its power: what SQLite wrote, synced and unlinked, and what of it is left after a cut.

The writes are seen by a file system layer (VFS) of APSW's, which needs no tracing rights and works on every machine: the
statements that our store sent to the runtime's SQLite are sent again through it, with the same pragmas. What a cut
leaves is then opened by the runtime's SQLite.

The disk is as bad as POSIX allows: of what was written since a file's last sync, each sector is there or not by the toss
of a coin; a name made or unlinked is there or not likewise, until its folder was synced.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

SECTOR = 512
_JOURNALS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL | apsw.SQLITE_OPEN_WAL

Step = tuple[Any, ...]
"""`(what, name, …)`: create, write (offset, data), truncate (size), sync (whether the folder's names too), unlink, ack."""


class _TracedFile(apsw.VFSFile):
    def __init__(self, steps: list[Step], name: Any, flags: list[int]) -> None:
        self._steps = steps
        self._name = Path(name.filename() if isinstance(name, apsw.URIFilename) else str(name)).name
        known = Path(name.filename() if isinstance(name, apsw.URIFilename) else str(name)).exists()
        super().__init__("", name, flags)
        # SQLite's own unix layer syncs the folder with the first sync of a journal that it made (UNIXFILE_DIRSYNC).
        self._names_too = not known and bool(flags[0] & _JOURNALS)
        if not known:
            steps.append(("create", self._name))

    def xWrite(self, data: bytes, offset: int) -> None:
        self._steps.append(("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._steps.append(("truncate", self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self._steps.append(("sync", self._name, self._names_too))
        self._names_too = False
        super().xSync(flags)


class _TracedFiles(apsw.VFS):
    def __init__(self, steps: list[Step]) -> None:
        self._steps = steps
        super().__init__("traced", base="")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _TracedFile(self._steps, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self._steps.append(("unlink", Path(filename).name, syncdir))
        super().xDelete(filename, syncdir)


def traced(path: Path, statements: Iterable[str | tuple[str, str]], pragmas: Iterable[str]) -> list[Step]:
    """All that SQLite does to the files of the database at `path`; an `("ack", word)` among the statements is kept."""
    steps: list[Step] = []
    layer = _TracedFiles(steps)
    connection = apsw.Connection(str(path), vfs="traced")
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        for statement in statements:
            if isinstance(statement, tuple):
                steps.append(statement)
            else:
                connection.execute(statement).fetchall()
    finally:
        connection.close()
        layer.unregister()
    return steps


@dataclass
class _File:
    safe: bytearray = field(default_factory=bytearray)
    loose: list[Step] = field(default_factory=list)


class Disk:
    """What is on the disk for certain, and what may be."""

    def __init__(self, path: Path) -> None:
        first = _File(bytearray(path.read_bytes()))
        self._safe_names: dict[str, _File] = {path.name: first}
        self._names: dict[str, _File] = {path.name: first}
        self._loose_names: list[tuple[str, _File | None]] = []
        self.acked: list[str] = []

    def do(self, step: Step) -> None:
        """What the program did next."""
        what, name, *rest = step
        if what == "ack":
            self.acked.append(name)
        elif what == "create":
            self._names[name] = _File()
            self._loose_names.append((name, self._names[name]))
        elif what == "unlink":
            self._names.pop(name, None)
            self._loose_names.append((name, None))
            if rest[0]:
                self._sync_names()
        elif what == "sync":
            file = self._names[name]
            for loose in file.loose:
                _apply(file.safe, loose)
            file.loose.clear()
            if rest[0]:
                self._sync_names()
        else:
            self._names[name].loose.append(step)

    def _sync_names(self) -> None:
        for name, file in self._loose_names:
            _name(self._safe_names, name, file)
        self._loose_names.clear()

    def cut(self, folder: Path, dice: random.Random) -> None:
        """Lay into `folder` what a power cut leaves now."""
        names = dict(self._safe_names)
        for name, file in self._loose_names:
            if dice.random() < 0.5:
                _name(names, name, file)
        for old in folder.iterdir():
            old.unlink()
        for name, file in names.items():
            content = bytearray(file.safe)
            for loose in file.loose:
                for piece in _sectors(loose):
                    if dice.random() < 0.5:
                        _apply(content, piece)
            (folder / name).write_bytes(content)


def _name(names: dict[str, _File], name: str, file: _File | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def _sectors(step: Step) -> Iterator[Step]:
    if step[0] != "write":
        yield step
        return
    _, name, offset, data = step
    for at in range(0, len(data), SECTOR):
        yield ("write", name, offset + at, data[at : at + SECTOR])


def _apply(content: bytearray, step: Step) -> None:
    if step[0] == "truncate":
        size = step[2]
        content[:] = content[:size].ljust(size, b"\0")
        return
    _, _, offset, data = step
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


@dataclass
class Toll:
    """What the cuts cost: how many left a corrupt database, and how many acknowledged pages were gone."""

    cuts: int = 0
    corrupt: int = 0
    lost: int = 0
    torn: int = 0
    """Databases that hold a part of a page."""


def cuts(start: Path, steps: list[Step], folder: Path, *, count: int, seed: int) -> Toll:
    """Cut the power at `count` random moments and look at what is left each time."""
    dice = random.Random(seed)
    disk, toll, done = Disk(start), Toll(), 0
    for moment in sorted(dice.randrange(len(steps) + 1) for _ in range(count)):
        for step in steps[done:moment]:
            disk.do(step)
        done = moment
        disk.cut(folder, dice)
        toll.cuts += 1
        _look(folder / start.name, disk.acked, toll)
    return toll


def _look(path: Path, acked: list[str], toll: Toll) -> None:
    """Open what is left with the runtime's SQLite, as the next run does."""
    with closing(sqlite3.connect(path)) as plain:
        try:
            whole = plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            whole = whole and not plain.execute("PRAGMA foreign_key_check").fetchall()
            pages = {row[0] for row in plain.execute("SELECT identity FROM page")}
            counts = {
                plain.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("page", "move", "job_ad", "fetch", "move_sighting")
            }
        except sqlite3.DatabaseError:
            toll.corrupt += 1
            return
    toll.corrupt += not whole
    toll.torn += whole and len(counts) != 1
    toll.lost += whole and not set(acked) <= pages
