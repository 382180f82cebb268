"""Is this installation sound? What `navnenyt db check` looks at, a finding for each, changing nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.backup import damage, kept_backups
from db.engine import connect_read_only, explained, sqlite_path
from db.upgrade import head_revision, revision_of
from scraper.config import Settings
from scraper.errors import ExitStatus, RunInProgress, StoreError
from scraper.fetchers.warc_check import faults_at
from scraper.run import only_run

SAMPLE = 500
"""So many of the fetches are traced to the archive, unless all are asked for."""
LEAST_FREE = 200_000_000
"""Bytes of free space under which the disk is called nearly full."""
OLD = timedelta(days=8)
"""A newest backup older than this is worth a word."""
_GRAVEST = (ExitStatus.BAD_DATABASE, ExitStatus.LOCKED, ExitStatus.DISK_FULL, ExitStatus.ERROR)
_MOST_SAID = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found as a sentence, and the status that it gives the command."""

    what: str
    sentence: str
    status: ExitStatus = ExitStatus.OK


def check(settings: Settings, *, now: datetime, every: bool = False) -> list[Finding]:
    """Look at the database, the archive, the disk, the lock, the last run and the backups.

    `every`: trace every fetch to the archive, not a sample.
    """
    path = sqlite_path(settings.database)
    found: list[Finding] = []
    try:
        found += _database(path)
        if all(finding.status is ExitStatus.OK for finding in found):
            with closing(connect_read_only(path)) as plain, explained(path):
                found += _archive(plain, settings.data_dir / "archive", every=every)
                found.append(_last_run(plain))
    except StoreError as error:
        found.append(Finding("database", f"{error.message} {error.hint}".strip(), error.exit_status))
    found += [_disk(settings.data_dir, path), _lock(settings), _backups(settings.data_dir / "backups", now)]
    return found


def gravest(findings: list[Finding]) -> ExitStatus:
    """The status that the command ends with."""
    statuses = {finding.status for finding in findings}
    return next((status for status in _GRAVEST if status in statuses), ExitStatus.OK)


def _database(path: Path) -> Iterator[Finding]:
    revision = revision_of(path)
    with closing(connect_read_only(path)) as plain, explained(path):
        faults = damage(plain)
    if faults:
        said = "; ".join(faults)
        yield Finding("database", f"{path} is damaged: {said}. Restore the newest backup.", ExitStatus.BAD_DATABASE)
        return
    yield Finding("database", f"{path} is whole: {path.stat().st_size / 1e6:,.1f} MB, every row points somewhere.")
    head = head_revision()
    if revision == head:
        yield Finding("revision", f"{revision}, that of this release.")
    else:
        yield Finding("revision", f"{revision}; this release's is {head}: the next run backs it up and upgrades it.")


def _archive(plain: sqlite3.Connection, folder: Path, *, every: bool) -> Iterator[Finding]:
    """Every fetch of the sample is traced to its bytes; a file that is older than all that are left was let go."""
    (total,) = plain.execute("SELECT count(*) FROM fetch WHERE archive_file IS NOT NULL").fetchone()
    step = 1 if every else max(1, total // SAMPLE)
    rows = plain.execute(
        "SELECT archive_file, archive_offset, coalesce(final_url, url) FROM ("
        " SELECT *, row_number() OVER (ORDER BY id DESC) AS place FROM fetch WHERE archive_file IS NOT NULL)"
        " WHERE (place - 1) % ? = 0",
        [step],
    ).fetchall()
    wanted: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for file, offset, url in rows:
        wanted[file].append((offset, url))
    present = sorted(file.name for file in folder.glob("*.warc.gz"))
    faults: list[str] = []
    let_go = 0
    for name, answers in sorted(wanted.items()):
        path = folder / Path(name).name
        siblings = [other for other in present if _source(other) == _source(name)]
        if not path.exists() and siblings and name < siblings[0]:
            let_go += len(answers)
        else:
            faults += faults_at(path, answers)
    looked = f"{len(rows) - let_go} of {total} answers" if len(rows) < total else f"all {total - let_go} answers"
    if faults:
        said = "; ".join(faults[:_MOST_SAID])
        yield Finding(
            "archive",
            f"{len(faults)} of {looked} looked at are not to be had: {said}. Put {folder} back from your own copy.",
            ExitStatus.ERROR,
        )
    else:
        yield Finding("archive", f"{looked} looked at are there and whole.")
    if let_go:
        yield Finding("archive", f"{let_go} answers are older than the archive's oldest file: they were let go.")


def _source(file: str) -> str:
    return file.rsplit("-2", 1)[0]


def _last_run(plain: sqlite3.Connection) -> Finding:
    row = plain.execute("SELECT id, started_at, status, exit_status FROM run ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        return Finding("last run", "There was none yet: run `navnenyt run`.")
    number, started, status, exit_status = row
    said = {
        "done": f"ended with status {exit_status}",
        "failed": f"failed with status {exit_status}; what it could not store is read from the archive by the next",
        "interrupted": "was interrupted; the next goes on from there",
        "cut_off": "was cut off; the next goes on from there",
        "running": "is on, or was cut off; the next goes on from there",
    }[status]
    return Finding("last run", f"Run {number}, begun {started[:16]} UTC, {said}.")


def _disk(folder: Path, path: Path) -> Finding:
    size = path.stat().st_size if path.exists() else 0
    place = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(place).free
    needed = max(LEAST_FREE, 2 * size)
    if free < needed:
        sentence = f"{free / 1e6:,.0f} MB are free in {folder}; {needed / 1e6:,.0f} MB are wanted. Free some space."
        return Finding("disk", sentence, ExitStatus.DISK_FULL)
    return Finding("disk", f"{free / 1e6:,.0f} MB are free in {folder}.")


def _lock(settings: Settings) -> Finding:
    if not settings.data_dir.exists():
        return Finding("lock", "No run is on.")
    try:
        with only_run(settings):
            return Finding("lock", "No run is on.")
    except RunInProgress:
        return Finding("lock", "A run is on.")
    except StoreError as error:
        return Finding("lock", f"{error.message} {error.hint}".strip(), error.exit_status)


def _backups(folder: Path, now: datetime) -> Finding:
    kept = kept_backups(folder)
    if not kept:
        return Finding("backups", f"There is none in {folder}: make one with `navnenyt db backup`.")
    made = datetime.fromtimestamp(kept[0].stat().st_mtime, UTC)
    days = max(0, (now - made).days)
    more = "; make one with `navnenyt db backup`" if now - made > OLD else ""
    return Finding("backups", f"{len(kept)} in {folder}, the newest {days} days old{more}.")
