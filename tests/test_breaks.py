"""The battery: the news site of the replica is broken in many ways, and the first run after it must say so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper import health
from scraper.errors import ExitStatus
from scraper.replica import ReplicaServer
from scraper.summary import RunSummary
from tests import breaks
from tests.breaks import BREAKS, Break, BreakableReplica
from tests.test_run import Scene

START = datetime(2026, 1, 12, 8, tzinfo=UTC)
HEALTHY_WEEKS = 5
PAGES = 26
SLOW = "pages take too long"


@pytest.fixture(scope="module")
def usual(tmp_path_factory) -> Iterator[Scene]:
    """A server whose news site has been scraped weekly and found well; its folder is copied for each break."""
    replica = BreakableReplica(3, start=START)
    replica.broken = None
    with ReplicaServer(replica, slow=0.01) as server:
        scene = Scene(server, tmp_path_factory.mktemp("usual"), pages_per_run=PAGES)
        for _ in range(HEALTHY_WEEKS):
            breaks.keep_still(replica)
            assert scene.run("kodebladet").exit_status is ExitStatus.OK
            replica.advance(weeks=1)
        yield scene
        replica.broken = None


def first_run_after(how: Break, usual: Scene, folder: Path) -> tuple[Scene, RunSummary]:
    """The first run after a break, on a copy of what healthy runs have stored."""
    shutil.copytree(usual.settings.data_dir, folder / "data")
    scene = Scene(usual.server, folder, pages_per_run=PAGES)
    scene.ticks = usual.ticks
    if how.name == SLOW:
        impatient = scene.settings.fetch.model_copy(update={"deadline": 0.15, "retries": 0})
        scene.settings = scene.settings.model_copy(update={"fetch": impatient})
    usual.server.slow = 0.4 if how.name == SLOW else 0.01
    usual.replica.broken = how
    try:
        return scene, scene.run("kodebladet")
    finally:
        usual.replica.broken = None
        usual.server.slow = 0.01


def stage_of(summary: RunSummary) -> str:
    alarms = summary.sources[0].alarms
    return alarms[0].stage if alarms else ""


@pytest.mark.parametrize(
    "name", ["the feed is JSON", "too many requests", "every page is a login form", "the section is gone"]
)
def test_a_break_is_found_on_the_first_run_at_its_stage(usual, name, tmp_path):
    """The first run after a break names the stage, ends with a status of its own and ends no job ad."""
    (how,) = [one for one in BREAKS if one.name == name]
    scene, summary = first_run_after(how, usual, tmp_path)
    assert stage_of(summary) == how.stages
    assert summary.exit_status in {ExitStatus.DEGRADED, ExitStatus.SOURCE_FAILED}
    stored = scene.ask("SELECT stage, code FROM alarms")
    assert stored == [(alarm.stage, alarm.code) for alarm in summary.sources[0].alarms]


def test_a_page_that_gives_nothing_ends_no_job_ad(usual, tmp_path):
    """When the ads vanish from all pages, those that were open stay open."""
    (how,) = [one for one in BREAKS if one.name == "job ads are gone"]
    question = "SELECT id FROM job_ads WHERE is_open ORDER BY id"
    before = usual.ask(question)
    scene, _ = first_run_after(how, usual, tmp_path)
    assert before
    assert scene.ask(question) == before


@pytest.mark.scorecard
def test_every_break_is_found_on_the_first_run_at_its_stage(usual, tmp_path, record_property):
    """All breaks of the battery: each found at once, at the right stage, and told by a status of its own."""
    missed, wrong, without_history = [], [], 0
    for number, how in enumerate(BREAKS):
        folder = tmp_path / str(number)
        folder.mkdir()
        _, summary = first_run_after(how, usual, folder)
        (source,) = summary.sources
        assert source.measures is not None
        known = [alarm for alarm in source.alarms if alarm.code.startswith(("entrance", "unreachable"))]
        without_history += bool(known or health.check(source.measures, []))
        if not source.alarms or summary.exit_status is ExitStatus.OK:
            missed.append(how.name)
        elif stage_of(summary) not in how.stages.split():
            wrong.append((how.name, [(alarm.stage, alarm.code) for alarm in source.alarms]))
        shutil.rmtree(folder)
    found = len(BREAKS) - len(missed)
    record_property(
        "scorecard",
        f"38|breaks found on the first run|{found} of {len(BREAKS)}, {found - len(wrong)} at the right stage"
        f"|without the source's history: {without_history} of {len(BREAKS)}",
    )
    assert len(BREAKS) >= 25
    assert not missed
    assert not wrong
    assert without_history < found
