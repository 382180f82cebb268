"""A run killed while it stores pages: what was acknowledged is there, whole, and the next run goes on."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.store import Store
from db.upgrade import MIGRATIONS
from tests.db.conftest import START, Desk, hire

CHILD = """
import sys
from pathlib import Path
from db.engine import make_engine
from db.store import Store
from tests.db.conftest import Desk, ad, hire
path = Path(sys.argv[1])
desk = Desk(Store(make_engine(f"sqlite:///{path}")), path)
desk.begin()
for number in range(100_000):
    desk.page(hire(f"Bo Tværsted {number}", f"Alfa {number}"), ad(title=f"Tester {number}"), identity=str(number))
    print(number, flush=True)
"""


@pytest.mark.parametrize("after", [1, 23])
def test_killed_while_storing(path: Path, engine: Engine, after: int) -> None:
    """After a kill every acknowledged page is stored whole, none is torn, and the next run notes the cut."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)], cwd=MIGRATIONS.parent, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    acknowledged = [int(child.stdout.readline()) for _ in range(after)]
    child.kill()
    acknowledged += [int(line) for line in child.stdout.read().split()]
    child.stdout.close()
    child.wait()
    desk = Desk(Store(engine), path)
    desk.begin(at=START + timedelta(days=1))
    assert desk.column("SELECT status FROM runs ORDER BY id") == ["cut_off", "running"]
    counts = {name: desk.column(f"SELECT count(*) FROM {name}")[0] for name in ("pages", "moves", "job_ads", "fetches")}
    assert len(set(counts.values())) == 1, f"a page is torn: {counts}"
    assert counts["pages"] >= len(acknowledged)
    stored = set(desk.column("SELECT identity FROM pages"))
    assert {str(number) for number in acknowledged} <= stored
    assert desk.page(hire("Bo Tværsted 0", "Alfa 0"), identity="0").seen_moves == 1
    plain = sqlite3.connect(path)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    plain.close()
