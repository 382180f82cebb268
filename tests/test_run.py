"""The main job, end to end: real HTTP against the replica, the real database, the real parser."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from db.query import run_query
from scraper.config import load
from scraper.display import print_summary
from scraper.errors import ExitStatus, RunInProgress
from scraper.records import Answer, Extraction
from scraper.replica import Replica, ReplicaServer, Site
from scraper.run import only_run, run

START = datetime(2026, 1, 12, 8, tzinfo=UTC)


class Quiet:
    """A reporter that keeps what it is told."""

    def __init__(self, interrupt_after: int | None = None):
        self.pages = 0
        self.interrupt_after = interrupt_after

    def source_started(self, source):
        pass

    def pages_chosen(self, source, count):
        pass

    def page_done(self, source, answer: Answer, saved):
        self.pages += saved is not None
        if self.pages == self.interrupt_after:
            raise KeyboardInterrupt

    def source_done(self, source, summary):
        pass


class Scene:
    """A served replica and an installation that scrapes it."""

    def __init__(self, server: ReplicaServer, folder: Path, *, pages_per_run: int = 30, coverage: float | None = 0.99):
        self.server, self.replica = server, server.replica
        self.ticks = 0
        path = folder / "config.yaml"
        path.write_text(server.config(data_dir=folder / "data"), encoding="utf-8")
        self.config = path
        settings = load(path)
        few = {
            name: source.model_copy(update={"pages_per_run": pages_per_run, "coverage": coverage})
            for name, source in settings.sources.items()
        }
        self.settings = settings.model_copy(update={"sources": few})

    def clock(self) -> datetime:
        """The replica's time, a millisecond later at each look."""
        self.ticks += 1
        return self.replica.now + timedelta(milliseconds=self.ticks)

    def run(self, *names, reporter=None):
        return run(self.settings, names, reporter=reporter or Quiet(), clock=self.clock, sleep=lambda _: None)

    def ask(self, sql: str):
        return run_query(self.settings.database, sql).rows


@pytest.fixture
def scene(tmp_path):
    """The replica with a side column drawn anew for each answer."""
    with ReplicaServer(Replica(seed=3, start=START), slow=0.01) as server:
        yield Scene(server, tmp_path)


@pytest.fixture
def still(tmp_path):
    """The replica whose pages stay as they are from one request to the next."""
    with ReplicaServer(Replica(seed=3, start=START, draw="fixed", articles=40), slow=0.01) as server:
        yield Scene(server, tmp_path, pages_per_run=100, coverage=None)


def shown_moves(server: ReplicaServer) -> Counter:
    """Each move that the sites showed, by what tells it from others."""
    return Counter(
        (move.kind.value, move.person, move.company, move.role, str(move.start_date)) for move in server.shown.moves
    )


def stored_moves(scene: Scene) -> Counter:
    return Counter(scene.ask("SELECT kind, person, company, role, start_date FROM move"))


def shown_ads(server: ReplicaServer) -> Counter:
    return Counter((ad.company, ad.title, ad.region) for ad in server.shown.job_ads)


def stored_ads(scene: Scene) -> Counter:
    return Counter(scene.ask("SELECT company, title, region FROM job_ad"))


def test_all_that_the_sites_showed_is_stored_once_and_nothing_else(scene):
    """Two runs, three weeks apart: the database holds the replica's own list of what it showed, no more, no less."""
    first = scene.run()
    scene.replica.advance(weeks=3)
    second = scene.run()
    assert (first.exit_status, second.exit_status) == (ExitStatus.OK, ExitStatus.OK)
    assert stored_moves(scene) == shown_moves(scene.server)
    assert stored_ads(scene) == shown_ads(scene.server)
    assert len(stored_moves(scene)) > 60
    assert not scene.server.trespasses


def test_every_field_is_what_the_sites_showed(scene):
    """Each field of each stored move is the one that the replica's truth holds."""
    scene.run()
    fields = [
        "age",
        "unit",
        "location",
        "start_date_text",
        "previous_role",
        "previous_company",
        "earlier_companies",
        "education",
        "institution",
        "focus",
        "label",
    ]
    truth = {}
    for move in scene.server.shown.moves:
        key = (move.kind.value, move.person, move.company, move.role, str(move.start_date))
        truth[key] = {
            name: list(value) if isinstance(value := getattr(move, name), tuple) else value for name in fields
        }
    lists = {"earlier_companies", "education", "institution"}
    import json

    stored = {}
    for row in scene.ask(f"SELECT kind, person, company, role, start_date, {', '.join(fields)} FROM move"):
        stored[row[:5]] = {
            name: json.loads(value) if name in lists else value for name, value in zip(fields, row[5:], strict=True)
        }
    wrong = {
        (key, name): (truth[key][name], stored[key][name])
        for key in truth
        for name in fields
        if stored.get(key, truth[key])[name] != truth[key][name]
    }
    assert not wrong


def test_no_lure_and_no_half_announcement_is_stored(scene):
    """Names that only stand in article prose, scripts or cut-off announcements are no rows."""
    scene.run()
    people = {row[0] for row in scene.ask("SELECT person FROM move")}
    companies = {row[0] for row in scene.ask("SELECT company FROM move UNION SELECT company FROM job_ad")}
    assert not (people | companies) & scene.replica.lures
    whole = {move.person for move in scene.server.shown.moves}
    cut = {move.person for move in scene.server.shown.truncated} - whole
    assert not people & cut


def test_an_announcement_that_was_cut_off_is_kept_with_its_text(scene):
    """What cannot be read whole is not lost: its text and the reason are in the database."""
    scene.run()
    assert scene.server.shown.truncated
    kept = {row[0] for row in scene.ask("SELECT text FROM unparsed")}
    assert kept
    assert all(reason for (reason,) in scene.ask("SELECT reason FROM unparsed"))


def test_a_run_over_unchanged_input_changes_no_row_but_its_own(still):
    """The same pages again add a run, fetches, sightings and their counts; all other tables stay byte for byte."""
    own = {"run", "run_source", "fetch", "move_sighting", "job_ad_sighting", "unparsed_sighting", "problem_sighting"}
    own |= {"move_fact", "job_ad_fact", "job_ad_span", "source_day"}  # first and last seen, how often, runs of a day

    def dump() -> dict[str, list]:
        with closing(sqlite3.connect(still.settings.data_dir / "navnenyt.db")) as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if name not in own}

    still.run()
    still.run()  # the page that answered 500 the first time is fetched by now
    before = dump()
    fetched = still.ask("SELECT count(*) FROM fetch WHERE outcome = 'unchanged'")[0][0]
    summary = still.run()
    assert dump() == before
    assert still.ask("SELECT count(*) FROM fetch WHERE outcome = 'unchanged'")[0][0] > fetched
    assert sum(source.new_moves + source.new_job_ads for source in summary.sources) == 0


def test_a_second_run_costs_the_site_little(still):
    """Unchanged pages are answered without a body: at least nine tenths of the bytes are saved."""
    still.run()
    still.run()
    first = still.ask("SELECT sum(bytes_received) FROM fetch WHERE run_id = 1 AND outcome != 'failed'")[0][0]
    second = still.ask("SELECT sum(bytes_received) FROM fetch WHERE run_id = 2 AND outcome != 'failed'")[0][0]
    assert second <= first / 10


def test_a_page_that_fails_is_noted_with_its_reason_and_the_run_goes_on(scene):
    """Missing, broken, oversized and forbidden pages are rows with a typed reason, beside all the others."""
    summary = scene.run()
    reasons = {row[0] for row in scene.ask("SELECT DISTINCT reason FROM fetch WHERE outcome = 'failed'")}
    assert {"not_found", "server_error", "soft_404", "too_large", "wrong_type", "robots_disallowed"} <= reasons
    assert summary.exit_status is ExitStatus.OK
    assert all(source.fetched for source in summary.sources)


def test_one_source_can_be_run_alone(scene):
    """Naming a source leaves the others alone."""
    name = scene.settings.enabled_sources()[-1].name
    summary = scene.run(name)
    assert [source.source for source in summary.sources] == [name]
    assert not [entry for entry in scene.server.log if entry.site is Site.NEWS]


def test_without_a_network_nothing_is_lost_and_the_status_says_so(scene):
    """When no site answers, the run says so for each source and what was stored stays."""
    scene.run()
    before = stored_moves(scene)
    scene.server.__exit__(None, None, None)
    summary = scene.run()
    assert summary.exit_status is ExitStatus.UNREACHABLE
    assert all(source.unreached and source.notes for source in summary.sources)
    assert stored_moves(scene) == before
    assert scene.ask("SELECT count(*) FROM run WHERE exit_status = 5")[0][0] == 1


def test_ctrl_c_keeps_every_page_so_far_and_the_next_run_goes_on(scene):
    """An interrupted run ends with its own status, its pages stored; the next asks first for those it had not."""
    summary = scene.run(reporter=Quiet(interrupt_after=7))
    assert summary.exit_status is ExitStatus.INTERRUPTED
    pages = "SELECT page_id FROM fetch JOIN page ON page.id = page_id WHERE kind != 'feed' AND run_id = "
    first = {row[0] for row in scene.ask(pages + "1")}
    assert len(first) == 7
    assert scene.ask("SELECT status FROM run") == [("interrupted",)]
    scene.run()
    second = [row[0] for row in scene.ask(pages + "2 ORDER BY fetch.id")]
    assert not set(second[:7]) & first
    assert stored_moves(scene) == shown_moves(scene.server)


def test_a_killed_run_loses_nothing_and_locks_nobody_out(scene):
    """After kill -9 in the middle, the database is whole, holds what was stored, and the next run starts at once."""
    command = [sys.executable, "-m", "scraper", "run", "--config", str(scene.config)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "120"})
    assert process.stdout is not None
    lines = [next(process.stdout) for _ in range(9)]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    fetched = sum(" fetched" in line and "/rss" not in line for line in lines)
    with closing(sqlite3.connect(scene.settings.data_dir / "navnenyt.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM fetch WHERE outcome = 'fetched'").fetchone()[0] >= fetched
    assert scene.run().exit_status is ExitStatus.OK
    assert scene.ask("SELECT status FROM run ORDER BY id") == [("cut_off",), ("done",)]
    assert set(stored_moves(scene)) <= set(shown_moves(scene.server))


def test_two_runs_never_overlap(scene):
    """While one run holds the lock, another ends at once; once it is gone, the lock is free."""
    with only_run(scene.settings), pytest.raises(RunInProgress) as caught:
        scene.run()
    assert caught.value.exit_status is ExitStatus.BUSY
    assert scene.run(scene.settings.enabled_sources()[-1].name).exit_status is ExitStatus.OK


def test_the_days_budget_is_kept_over_runs(scene):
    """What one run spent is not there for the next of the same day; the next day it is."""
    source = scene.settings.enabled_sources()[0]
    small = source.model_copy(update={"pages_per_run": 5, "pages_per_day": 8})
    scene.settings = scene.settings.model_copy(update={"sources": {source.name: small}})
    asked = [scene.run().sources[0].asked for _ in range(3)]
    scene.replica.advance(days=1)
    assert [*asked, scene.run().sources[0].asked] == [5, 3, 0, 5]


def test_feeds_and_lists_are_asked_for_no_more_often_than_pages(scene):
    """However often runs start, a day has its limit for feeds too; that is no failure, and the next day they are asked."""
    source = scene.settings.enabled_sources()[0]
    assert len(source.feeds + source.pages) == 2
    small = source.model_copy(update={"pages_per_run": 1, "pages_per_day": 3})
    scene.settings = scene.settings.model_copy(update={"sources": {source.name: small}})
    runs = [scene.run() for _ in range(5)]
    scene.replica.advance(days=1)
    runs.append(scene.run())
    looks = "SELECT count(*) FROM fetch f JOIN page p ON p.id = page_id WHERE p.kind = 'feed' AND run_id = {}"
    assert [scene.ask(looks.format(run.run_id))[0][0] for run in runs] == [2, 2, 0, 0, 0, 2]
    assert {run.exit_status for run in runs[3:5]} == {ExitStatus.OK}
    assert "4 feeds and lists" in runs[4].sources[0].notes[0]


def test_what_an_older_parser_could_not_read_is_read_again(scene, monkeypatch):
    """A newer parser reads the kept announcements, and their moves bear the sightings of the pages that showed them."""
    real = scene_parse()
    monkeypatch.setattr("scraper.run.PARSER_VERSION", "0")
    monkeypatch.setattr(
        "scraper.visit.parse_page", lambda page, *, headings=(): all_unparsed(real(page, headings=headings))
    )
    scene.run()
    assert stored_moves(scene) == Counter()
    monkeypatch.undo()
    scene.server.__exit__(None, None, None)
    summary = scene.run()
    assert summary.reread > 20
    assert set(shown_moves(scene.server)) == set(stored_moves(scene))
    assert scene.ask("SELECT count(*) FROM move WHERE id NOT IN (SELECT move_id FROM move_sighting)") == [(0,)]


def scene_parse():
    from scraper.parsers import parse_page

    return parse_page


def all_unparsed(extraction: Extraction) -> Extraction:
    """The page as a parser would give it that reads no announcement."""
    from scraper.records import Unparsed

    kept = tuple(Unparsed(text=move.text, reason="an older parser", label=move.label) for move in extraction.moves)
    return Extraction(unparsed=kept, job_ads=extraction.job_ads, headings=extraction.headings)


def test_a_page_that_the_parser_fails_on_is_a_problem_not_an_end(scene, monkeypatch):
    """An exception while parsing is stored as a problem of that page, and the run goes on."""

    def broken(page, *, headings=()):
        raise RecursionError("too deep")

    monkeypatch.setattr("scraper.visit.parse_page", broken)
    summary = scene.run()
    assert summary.sources[0].fetched > 5
    assert scene.ask("SELECT DISTINCT code FROM problem") == [("parse_failed",)]


def test_a_source_that_stops_yielding_is_degraded_on_the_first_run(scene, monkeypatch):
    """After healthy runs, pages without announcements are an alarm and an exit status of its own."""
    name = scene.settings.enabled_sources()[0].name
    for _ in range(3):
        scene.run(name)
    monkeypatch.setattr("scraper.visit.parse_page", lambda page, *, headings=(): Extraction())
    summary = scene.run(name)
    assert summary.exit_status is ExitStatus.DEGRADED
    assert summary.sources[0].alarms


def test_old_files_of_the_archive_go_at_the_end_of_a_run(scene, capsys):
    """With `archive.keep_days` a run deletes what is older, says so, and notes it; young files stay."""
    name = scene.settings.enabled_sources()[-1].name
    limit = scene.settings.archive.model_copy(update={"keep_days": 7})
    scene.settings = scene.settings.model_copy(update={"archive": limit})
    scene.run(name)
    (first,) = scene.settings.archive_dir.glob("*.warc.gz")
    scene.replica.advance(weeks=6)
    scene.run(name)
    (kept,) = {*scene.settings.archive_dir.glob("*.warc.gz")} - {first}
    scene.replica.advance(weeks=6)
    summary = scene.run(name)
    assert set(summary.pruned) <= {first.name, kept.name}
    assert not any((scene.settings.archive_dir / gone).exists() for gone in summary.pruned)
    ((kept_with_run,),) = scene.ask("SELECT json_extract(summary, '$.pruned') FROM run WHERE id = 3")
    assert kept_with_run.count("warc.gz") == len(summary.pruned)
    print_summary(summary, Console())
    assert ("Deleted from the archive" in capsys.readouterr().out) == bool(summary.pruned)
    assert summary.pruned
