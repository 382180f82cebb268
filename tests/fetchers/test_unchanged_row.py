"""Row 18: what a second run over unchanged pages costs the site."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.store import Store
from scraper.records import Validators
from scraper.replica import Replica, ReplicaServer
from tests.test_run import START, Scene

OWN = {
    "run",
    "run_source",
    "fetch",
    "move_sighting",
    "job_ad_sighting",
    "unparsed_sighting",
    "problem_sighting",
    "source_day",
}
COUNTS = {"last_seen", "times_seen", "days_open"}
"""Columns of facts that count sightings."""


def costs(folder: Path) -> tuple[list[int], list[int], int, int]:
    """Requests and body bytes of a first run and of one over the same pages; how many they are, rows that changed."""
    folder.mkdir()
    with ReplicaServer(Replica(seed=3, start=START, draw="fixed", articles=40), slow=0.01) as server:
        scene = Scene(server, folder, pages_per_run=100)

        def dump() -> dict[str, list[tuple[object, ...]]]:
            with closing(sqlite3.connect(scene.settings.data_dir / "navnenyt.db")) as connection:
                names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
                columns = {
                    name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")') if row[1] not in COUNTS]
                    for name in names
                }
                return {
                    name: connection.execute(f'SELECT {", ".join(columns[name])} FROM "{name}"').fetchall()
                    for name in names
                }

        runs = [scene.run(), scene.run()]  # a page that answers 500 the first time is had by now
        before = dump()
        runs.append(scene.run())
        after = dump()
    changed = sum(
        len(set(map(repr, rows)) ^ set(map(repr, after[name]))) for name, rows in before.items() if name not in OWN
    )
    sizes = "SELECT page_id, bytes_received FROM fetch WHERE outcome != 'failed' AND run_id = "
    first, second = dict(scene.ask(sizes + "1")), dict(scene.ask(sizes + "3"))
    same = first.keys() & second.keys()
    assert len(same) > 40
    requests = [sum(sum(source.requests.values()) for source in run.sources) for run in (runs[0], runs[2])]
    return requests, [sum(run[page] for page in same) for run in (first, second)], len(same), changed


@pytest.mark.scorecard
def test_a_second_look_at_unchanged_pages_is_nearly_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, str], None]
) -> None:
    """Pages that stayed as they were cost the site no body and change no row."""
    requests, (first, second), pages, changed = costs(tmp_path / "held")
    monkeypatch.setattr(Store, "validators", lambda *_: Validators())
    _, (control_first, control_second), _, _ = costs(tmp_path / "control")
    record_property(
        "scorecard",
        f"18|body bytes of a second run over {pages} unchanged pages"
        f"|{second} of {first}: {1 - second / first:.1%} fewer, {requests[1]} requests beside {requests[0]},"
        f" {changed} rows changed"
        f"|without validators {1 - control_second / control_first:.1%} fewer",
    )
    assert second <= first / 10
    assert changed == 0
    assert control_second > control_first / 2
