"""The same input three times: the database is the same but for the log of runs, fetches and sightings."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing

import pytest

from scraper.records import Validators
from scraper.replica import Replica, ReplicaServer
from tests.test_run import START, Scene

LOG = ("run", "run_source", "fetch", "coverage", "alarm", "site_file", "slot", "host_pause", "source_day")
"""The log of what was done; sightings are compared without the fetch that made them."""
COUNTS = frozenset({"last_seen", "times_seen", "days_open"})
"""Columns of facts that count sightings."""


def dump(scene):
    """All rows but the log's; of sightings what was seen, once."""
    with closing(sqlite3.connect(scene.settings.data_dir / "navnenyt.db")) as plain:
        names = [row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = {}
        for name in names:
            if name in LOG:
                continue
            columns = [row[1] for row in plain.execute(f"PRAGMA table_info({name})")]
            if name.endswith("_sighting"):
                columns = [column for column in columns if column not in {"fetch_id", "seen_at"}]
            columns = [column for column in columns if column not in COUNTS]
            kept[name] = sorted(set(plain.execute(f"SELECT {', '.join(columns)} FROM {name}")), key=str)
        return kept


def three_runs(folder):
    """The dump after each of three runs over pages that stay as they are, the cursory first one aside."""
    folder.mkdir()
    with ReplicaServer(Replica(seed=3, start=START, draw="fixed", articles=40), slow=0.01) as server:
        scene = Scene(server, folder, pages_per_run=100)
        scene.run()  # a page of the replica answers 500 the first time it is asked for
        dumps = []
        for _ in range(3):
            scene.run()
            dumps.append(dump(scene))
        return dumps


@pytest.mark.scorecard
def test_the_same_input_three_times(tmp_path, monkeypatch, record_property):
    """Nothing is added or changed by seeing it again; were each sighting a record, every run would add some."""
    first, *others = three_runs(tmp_path / "ours")
    assert first["move"]
    different = sum(other != first for other in others)
    number = itertools.count()
    monkeypatch.setattr("db.moves.move_key", lambda _move: f"key {next(number)}")
    # Unchanged pages copy their sightings, so the control lets every page be a new one.
    monkeypatch.setattr("db.store.fetches.last_answer", lambda *_: None)
    monkeypatch.setattr("scraper.visit.Store.validators", lambda *_: Validators())
    careless = three_runs(tmp_path / "careless")
    grown = [len(each["move"]) for each in careless]
    record_property(
        "scorecard",
        f"7|same input three times: dumps that differ|{different} of 2|moves grow {' to '.join(map(str, grown))}",
    )
    assert different == 0
    assert grown[0] < grown[1] < grown[2]
