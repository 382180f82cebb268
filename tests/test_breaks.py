"""The battery: the news site of the replica is broken in many ways, and the first run after it must say so."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper import health
from scraper.errors import ExitStatus
from scraper.replica import ReplicaServer
from tests import breaks
from tests.breaks import BREAKS, BreakableReplica
from tests.test_run import Scene

START = datetime(2026, 1, 12, 8, tzinfo=UTC)
HEALTHY_WEEKS = 5
PAGES = 26


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    """A server whose news site has been scraped weekly and found well; its folder is copied for each break."""
    replica = BreakableReplica(3, start=START)
    replica.broken = None
    with ReplicaServer(replica, slow=0.01) as server:
        folder = tmp_path_factory.mktemp("usual")
        scene = Scene(server, folder, pages_per_run=PAGES)
        for _ in range(HEALTHY_WEEKS):
            assert scene.run("kodebladet").exit_status is ExitStatus.OK
            replica.advance(weeks=1)
        yield scene
        replica.broken = None


def after(usual: Scene, how: breaks.Break, folder: Path, monkeypatch):
    """The summary of the first run after a break."""
    for name in ("/rss/all", "/"):
        breaks.STILL[name] = usual.replica.news.answer(breaks.Ask(name, usual.before), usual.replica.origins)
    return folder


def run_broken(usual: Scene, how: breaks.Break, folder: Path):
    shutil.copytree(usual.config.parent / "data", folder / "data")
    scene = Scene(usual.server, folder, pages_per_run=PAGES)
    scene.ticks = usual.ticks
    if how.name == "pages take too long":
        scene.settings = scene.settings.model_copy(
            update={"fetch": scene.settings.fetch.model_copy(update={"deadline": 0.15, "retries": 0})}
        )
    replica = usual.replica
    breaks.STILL.clear()
    now = replica.now
    replica.advance(weeks=-1)
    for path in ("/rss/all", "/"):
        breaks.STILL[path] = replica.news.answer(breaks.Ask(path, replica.now), replica.origins)
    replica.now = now
    breaks._first = None
    replica.broken = how
    usual.server.slow = 0.4 if how.name == "pages take too long" else 0.01
    try:
        return scene, scene.run("kodebladet")
    finally:
        replica.broken = None
        usual.server.slow = 0.01


@pytest.mark.scorecard
@pytest.mark.parametrize("how", BREAKS, ids=lambda how: how.name)
def test_a_break_is_found_on_the_first_run_at_its_stage(usual, how, tmp_path):
    """The first run after a break ends with a status of its own and names the stage."""
    scene, summary = run_broken(usual, how, tmp_path)
    (source,) = summary.sources
    told = [(alarm.stage, alarm.code, alarm.sentence) for alarm in source.alarms]
    print(how.name, told)
    assert told, source.measures
    assert told[0][0] in how.stages.split()
    assert summary.exit_status is not ExitStatus.OK
