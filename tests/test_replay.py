"""A fixed parser mends the past: the archive read again, compared, and made true, or left alone."""

import gc
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from db.company_changes import merge, rename, split
from db.engine import make_engine
from db.replay_compare import Action
from scraper.cli import app
from scraper.config import Settings, load
from scraper.errors import ConfigError, RunInProgress, StoreError
from scraper.parsers import PARSER_VERSION
from scraper.records import Extraction, Page, Problem
from scraper.replay import replay
from scraper.run import only_run
from tests.replaying import CRIPPLES, LATER, QUICK, broken, check_mended, meaning, rows, scrape, whole


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """What the real parser makes of the replica. Never write here: copy it with `copied`."""
    return scrape(tmp_path_factory.mktemp("good"))


@pytest.fixture
def copied(good: Settings, tmp_path: Path) -> Settings:
    """A copy of the good installation, to be spoilt."""
    shutil.copytree(good.data_dir, tmp_path / "data")
    shutil.copy(good.data_dir.parent / "config.yaml", tmp_path / "config.yaml")
    text = (tmp_path / "config.yaml").read_text(encoding="utf-8")
    text = text.replace(str(good.data_dir), str(tmp_path / "data"))
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    return load(tmp_path / "config.yaml")


@pytest.mark.parametrize("name", QUICK)
def test_what_an_older_parser_got_wrong_is_mended(name: str, tmp_path: Path, good: Settings) -> None:
    """After a replay the database is the one that a good run would have made; ids stay, and all can be taken back."""
    check_mended(name, tmp_path, good)


@pytest.mark.scorecard
@pytest.mark.parametrize("name", [name for name in CRIPPLES if name not in QUICK])
def test_whatever_an_older_parser_got_wrong_is_mended(name: str, tmp_path: Path, good: Settings) -> None:
    """The same for every other way in which a parser can be wrong, down to one that fails on every page."""
    check_mended(name, tmp_path, good)


def test_an_unchanged_parser_changes_nothing(copied: Settings) -> None:
    """Replaying what the same parser read shows nothing to do, and doing it changes no row."""
    before = whole(copied)
    for apply in (False, True):
        found = replay(copied, apply=apply)
        assert (found.changes, found.missing, found.unread, found.replay_id) == ([], 0, 0, None)
    assert found.fetches >= found.pages > 15
    assert whole(copied) == before


def spoil(settings: Settings, sql: str) -> None:
    with closing(sqlite3.connect(settings.data_dir / "navnenyt.db")) as connection, connection:
        connection.execute(sql)


def test_a_changed_field_is_told_with_its_old_and_new_value(copied: Settings) -> None:
    """Row by row and field by field: what is, what would be; and nothing is written."""
    spoil(copied, "UPDATE move SET focus = 'noget andet', age = 7 WHERE id = 1")
    before = whole(copied)
    (change,) = replay(copied).changes
    assert (change.action, change.table, change.row_id) == (Action.CHANGED, "move", 1)
    assert {name: pair.old for name, pair in change.fields.items()} == {"focus": "noget andet", "age": 7}
    assert whole(copied) == before


def test_only_the_pages_of_a_source_and_since_a_day_are_replayed(copied: Settings) -> None:
    """`--since` goes by the day of the fetch, `--source` by its name; what lies outside is left as it is."""
    spoil(copied, "UPDATE move SET focus = 'noget andet'")
    before = dict(rows(copied, "SELECT id, focus FROM move"))
    name = next(iter(copied.sources))
    count = "SELECT count(*) FROM fetch f JOIN page p ON p.id = page_id WHERE outcome != 'failed' AND kind != 'feed'"
    mine = f"{count} AND f.source_id = (SELECT id FROM source WHERE name = '{name}')"
    assert replay(copied, (name,)).fetches == rows(copied, mine)[0][0]
    late = replay(copied, since=LATER, apply=True)
    assert late.fetches == rows(copied, f"{count} AND at >= '2026-02-02'")[0][0]
    early = "SELECT move_id FROM move_sighting GROUP BY move_id HAVING max(seen_at) < '2026-02-02'"
    only_late = "SELECT move_id FROM move_sighting GROUP BY move_id HAVING min(seen_at) >= '2026-02-02'"
    now = dict(rows(copied, "SELECT id, focus FROM move"))
    assert rows(copied, early)
    assert {now[number] for (number,) in rows(copied, early)} == {"noget andet"}
    assert "noget andet" not in {now[number] for (number,) in rows(copied, only_late)}
    assert set(before) == set(now)
    assert not replay(copied, since=date(2027, 1, 1)).fetches


def test_a_row_whose_pages_are_gone_from_the_archive_is_never_dropped(copied: Settings, monkeypatch) -> None:
    """A parser that finds nothing drops only what it could look for; without an archive nothing at all."""
    for path in (copied.data_dir / "archive").glob("*-20260112.warc.gz"):
        path.unlink()
    monkeypatch.setattr("scraper.replay.parse_page", lambda page, *, headings=(): Extraction())
    found = replay(copied, apply=True)
    assert found.missing > 5
    assert found.count(Action.DROPPED) > 2
    left = {number for (number,) in rows(copied, "SELECT id FROM move")}
    seen_early = "SELECT DISTINCT move_id FROM move_sighting WHERE seen_at < '2026-02-01'"
    assert left == {number for (number,) in rows(copied, seen_early)}
    shutil.rmtree(copied.data_dir / "archive")
    before = whole(copied)
    found = replay(copied, apply=True)
    assert (found.changes, found.pages) == ([], 0)
    assert whole(copied) == before


def test_a_parser_that_fails_on_a_page_drops_nothing(copied: Settings, monkeypatch) -> None:
    """A page that breaks today's parser says nothing: its rows stay, and the count is told."""
    before = whole(copied)
    monkeypatch.setattr("scraper.replay.parse_page", lambda page, *, headings=(): broken(Extraction()))
    found = replay(copied, apply=True)
    assert (found.changes, found.pages) == ([], 0)
    assert found.unread > 15
    assert whole(copied) == before


KILLED = """
import os, signal, sys
from pathlib import Path
import db.replay_apply
from scraper.config import load
from scraper.replay import replay

settings = load(Path(sys.argv[1]))
name = sys.argv[2]
real = getattr(db.replay_apply, name)
calls = 0

def killed(*arguments, **more):
    global calls
    calls += 1
    if calls == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **more)

setattr(db.replay_apply, name, killed)
replay(settings, apply=True)
"""


@pytest.mark.parametrize(
    ("where", "call"),
    [
        ("_carry_out", 9),
        pytest.param("_carry_out", 1, marks=pytest.mark.scorecard),
        pytest.param("mend_companies", 1, marks=pytest.mark.scorecard),
    ],
)
def test_killed_in_the_middle_nothing_has_changed(where: str, call: int, copied: Settings) -> None:
    """kill -9 while the changes are made: the database is as it was, no lock is left, and the next replay does it."""
    spoil(copied, "UPDATE move SET focus = 'noget andet'")
    before = whole(copied)
    config = copied.data_dir.parent / "config.yaml"
    done = subprocess.run([sys.executable, "-c", KILLED, str(config), where, str(call)], check=False)
    assert done.returncode == -9
    assert whole(copied) == before
    assert rows(copied, "PRAGMA integrity_check") == [("ok",)]
    assert replay(copied, apply=True).count(Action.CHANGED) > 9


def test_a_replay_and_a_run_never_overlap(copied: Settings) -> None:
    """While a run is on, a replay ends at once, even one that only looks."""
    with only_run(copied), pytest.raises(RunInProgress):
        replay(copied)


def test_without_a_database_there_is_nothing_to_replay(copied: Settings) -> None:
    """A missing database and an unknown source are errors, and no database is made."""
    with pytest.raises(ConfigError):
        replay(copied, ("nobody",))
    path = copied.data_dir / "navnenyt.db"
    path.unlink()
    with pytest.raises(StoreError, match="no database"):
        replay(copied)
    assert not path.exists()


def test_pages_are_read_one_at_a_time(copied: Settings, monkeypatch) -> None:
    """However large the archive, no more than a page or two is held."""
    alive = []

    def watched(page: Page, *, headings: tuple[str, ...] = ()) -> Extraction:
        if page.body and len(alive) < 5:
            alive.append(sum(isinstance(item, Page) for item in gc.get_objects()))
        return Extraction(problems=(Problem(code="x", message="x"),))

    monkeypatch.setattr("scraper.replay.parse_page", watched)
    replay(copied)
    assert max(alive) <= 2


@pytest.fixture
def command(copied: Settings) -> Callable[..., str]:
    """`navnenyt replay` on the copy; gives its standard output."""

    def call(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["replay", "--config", str(copied.data_dir.parent / "config.yaml"), *arguments])
        assert done.exit_code == 0, done.output
        return done.stdout

    return call


def test_the_command_shows_and_applies(copied: Settings, command) -> None:
    """The table names the row, the field and both values, says what to do next, and with --apply does it."""
    spoil(copied, "UPDATE move SET focus = 'noget andet' WHERE id = 1")
    spoil(copied, "DELETE FROM move_sighting WHERE move_id = 2")
    spoil(copied, "DELETE FROM move WHERE id = 2")
    said = command()
    assert "andet" in said
    assert "Rows: 1 added, 1 changed, 0 dropped." in said
    assert "navnenyt replay --apply" in said
    assert "Done, as replay 1." in command("--apply")
    assert rows(copied, "SELECT added, changed, dropped, parser_version FROM replay") == [(1, 1, 0, PARSER_VERSION)]
    said = command("--source", next(iter(copied.sources)), "--since", "2026-01-12")
    assert "The database is what today's parser reads." in said


def test_the_command_speaks_to_programs(copied: Settings, command) -> None:
    """JSON is one object, JSON lines one a row with the counts last, CSV a line for each field."""
    spoil(copied, "UPDATE move SET focus = 'noget andet', education = '[\"x\"]' WHERE id = 1")
    told = json.loads(command("--format", "json"))
    assert told["summary"]["changed"] == 1
    (change,) = told["changes"]
    assert change["fields"]["focus"]["old"] == "noget andet"
    lines = [json.loads(line) for line in command("--format", "jsonl").splitlines()]
    assert [line["change"] for line in lines] == ["changed", "summary"]
    assert lines[0] == change
    assert command("--format", "csv").count("\n") == 3


def test_a_terminal_sees_a_progress_bar_and_a_pipe_does_not(copied: Settings, command, monkeypatch) -> None:
    """On a terminal the bar counts the fetches, on standard error; what is printed stays the same."""
    quiet = command("--format", "jsonl")
    monkeypatch.setenv("FORCE_COLOR", "1")
    config = str(copied.data_dir.parent / "config.yaml")
    done = CliRunner().invoke(app, ["replay", "--config", config, "--format", "jsonl"])
    assert done.stdout == quiet
    assert "reading the archive" in done.stderr


def test_a_replay_that_cannot_be_had_ends_with_its_status(copied: Settings) -> None:
    """An error has the exit status of its kind."""
    config = str(copied.data_dir.parent / "config.yaml")
    assert CliRunner().invoke(app, ["replay", "--config", config, "--source", "nobody"]).exit_code == 2


def test_what_a_person_said_of_companies_holds_after_a_replay(copied: Settings) -> None:
    """Merged, split and renamed by hand stays so, also for a company whose every row was read wrong in between."""
    at = datetime(2026, 2, 3, tzinfo=UTC)
    names = [
        row[0] for row in rows(copied, "SELECT name FROM companies WHERE names NOT LIKE '%|%' ORDER BY id LIMIT 3")
    ]
    twice = rows(copied, "SELECT name, names FROM companies WHERE names LIKE '%|%' ORDER BY id LIMIT 1")[0]
    spellings = twice[1].split(" | ")
    other = next(each for each in spellings if each != twice[0])
    engine = make_engine(copied.database)
    with engine.begin() as connection:
        merge(connection, names[0], names[1], at=at)
        rename(connection, names[2], "Et andet navn", at=at)
        split(connection, twice[0], other, at=at)
    engine.dispose()
    said = meaning(copied)
    before = rows(copied, "SELECT name, names FROM companies ORDER BY name")
    for column in ("company", "previous_company"):
        spoil(copied, f"UPDATE move SET {column} = {column} || ' læst forkert' WHERE {column} IS NOT NULL")
    spoil(copied, "UPDATE job_ad SET company = company || ' læst forkert'")
    assert replay(copied, apply=True).changes
    assert rows(copied, "SELECT name, names FROM companies ORDER BY name") == before
    assert meaning(copied)["moves"] == said["moves"]
