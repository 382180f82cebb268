"""Power cuts: what was acknowledged is there afterwards, and the database is whole. tests/db/power.py is the disk."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from db.store import Store
from tests.db.conftest import Desk, ad, hire
from tests.db.power import Toll, cuts, traced

PAGES = 40
OURS = ("synchronous", "foreign_keys", "secure_delete")


@pytest.fixture
def workload(engine: Engine, path: Path, tmp_path: Path) -> Workload:
    """A database with an open run, the statements that our store sent for pages after it, and our pragmas."""
    sent: list[str | tuple[str, str]] = []
    desk = Desk(Store(engine), path)
    desk.begin()
    start = tmp_path / "start" / "navnenyt.db"
    start.parent.mkdir()
    shutil.copy(path, start)
    pragmas = []

    @event.listens_for(engine, "checkout")
    def listen(raw: sqlite3.Connection, *_: object) -> None:
        pragmas[:] = [f"{name} = {raw.execute(f'PRAGMA {name}').fetchone()[0]}" for name in OURS]
        raw.set_trace_callback(sent.append)

    for number in range(PAGES):
        desk.page(hire(f"Bo Tværsted {number}", f"Alfa {number}"), ad(title=f"Tester {number}"), identity=str(number))
        sent.append(("ack", str(number)))
    event.remove(engine, "checkout", listen)
    engine.dispose()
    assert sum(statement == "COMMIT" for statement in sent) == PAGES
    return start, sent, pragmas


Workload = tuple[Path, list[str | tuple[str, str]], list[str]]


def toll(workload: Workload, folder: Path, journal: str, *, count: int, synchronous: str | None = None) -> Toll:
    """What so many cuts cost with our own pragmas, or with another `synchronous`."""
    start, statements, pragmas = workload
    # Through APSW's layer the write-ahead log works without shared memory only.
    locking = "exclusive" if journal == "wal" else "normal"
    pragmas = [f"locking_mode = {locking}", f"journal_mode = {journal}", *pragmas]
    if synchronous is not None:
        pragmas.append(f"synchronous = {synchronous}")
    used, left = folder / "used", folder / "left"
    used.mkdir(parents=True)
    left.mkdir()
    at_work = Path(shutil.copy(start, used))
    steps = traced(at_work, statements, pragmas)
    with closing(sqlite3.connect(at_work)) as plain:
        assert plain.execute("SELECT count(*) FROM page").fetchone() == (PAGES,)
    return cuts(start, steps, left, count=count, seed=7)


def test_a_power_cut_loses_nothing(workload: Workload, tmp_path: Path) -> None:
    """Wherever the power goes, every acknowledged page is there, whole; without syncs the file is a ruin."""
    assert toll(workload, tmp_path / "ours", "delete", count=40) == Toll(cuts=40)
    assert toll(workload, tmp_path / "off", "delete", count=20, synchronous="off").corrupt > 10


@pytest.mark.scorecard
def test_four_hundred_power_cuts(
    workload: Workload, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Four hundred cuts, with either journal: none corrupt, nothing acknowledged lost."""
    ours = [toll(workload, tmp_path / journal, journal, count=200) for journal in ("delete", "wal")]
    off = toll(workload, tmp_path / "off", "delete", count=100, synchronous="off")
    full = toll(workload, tmp_path / "full", "delete", count=100, synchronous="full")
    count, corrupt, lost = (sum(getattr(each, name) for each in ours) for name in ("cuts", "corrupt", "lost"))
    record_property(
        "scorecard", f"3|power cut: corrupt|{corrupt} of {count}|{off.corrupt} of {off.cuts} (synchronous=OFF)"
    )
    record_property(
        "scorecard", f"3|power cut: acknowledged pages gone|{lost} of {count}|{full.lost} of {full.cuts} (FULL)"
    )
    assert ours == [Toll(cuts=200), Toll(cuts=200)]
    assert off.corrupt * 2 > off.cuts
    assert full.lost > 0
