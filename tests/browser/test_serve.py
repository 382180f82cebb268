"""`navnenyt serve` from outside, the front page that is kept, and what the pages say of each column."""

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from typer.testing import CliRunner

from db.engine import sqlite_path
from db.query import run_query
from scraper.browser import dictionary, front
from scraper.browser.reader import Reader
from scraper.cli import app
from scraper.errors import QueryError, StoreError


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7"])
def test_other_machines_need_to_be_asked_for(filled, host):
    """`--host` alone is refused with what to do."""
    done = CliRunner().invoke(app, ["serve", "--database", str(sqlite_path(filled)), "--host", host])
    assert done.exit_code == 2
    assert "--open-to-network" in " ".join(done.output.split())


def test_no_database_is_told(tmp_path):
    """And none is made."""
    done = CliRunner().invoke(app, ["serve", "--database", str(tmp_path / "none.db")])
    assert done.exit_code == 9
    assert "There is no database" in " ".join(done.output.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "systemd"])
def test_it_ends_when_it_is_told_to_and_leaves_nothing_running(filled, sign, tmp_path):
    """With the address as its only line, status 0, and no process left behind."""
    program = [sys.executable, "-m", "scraper", "serve", "--database", str(sqlite_path(filled)), "--port", "0"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(sign)
        out, err = process.communicate(timeout=60)
    assert first.startswith("http://127.0.0.1:")
    assert (process.returncode, out, err) == (0, "", "")


def test_the_front_page_is_read_anew_once_the_database_has_changed(filled, tmp_path, monkeypatch):
    """Whoever asks first sees the page as it was kept, at once; the next sees the new one."""
    path = tmp_path / "navnenyt.db"
    shutil.copy(sqlite_path(filled), path)
    monkeypatch.setattr(front, "AGE", 0)
    reader = Reader(path)

    async def look():
        kept = front.Kept(reader)
        await kept.read()
        first = await kept.front()
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE person SET name = 'Somebody Else'")
            connection.execute("DELETE FROM alarm")
            connection.execute("INSERT INTO source (name, kind, title) VALUES ('nyt', 'articles', 'Et nyt blad')")
        second = await kept.front()
        assert kept.reading is not None
        await kept.reading
        return first, second, await kept.front()

    first, second, third = asyncio.run(look())
    reader.close()
    assert second is first
    assert "Et nyt blad" in {source["title"] for source in third.sources}


def test_whoever_comes_first_does_not_wait_for_the_trends(filled):
    """What is new stands there at once, the trends when they have been counted."""
    reader = Reader(sqlite_path(filled))

    async def look():
        kept = front.Kept(reader)
        first = await kept.front()
        await kept.read()
        return first, await kept.front()

    first, later = asyncio.run(look())
    assert first.glances is None
    assert [glance.trend.name for glance in later.glances] == list(front.GLANCES)
    assert (later.moves, later.counts) == (first.moves, first.counts)
    assert all(seconds > 0 for seconds in front.measure(reader.path))
    reader.close()


def test_a_page_that_takes_too_long_is_ended_and_the_next_is_read(filled):
    """No thread is held for good."""
    reader = Reader(sqlite_path(filled))
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
    with pytest.raises(QueryError, match="took longer"):
        reader.ask_here(lambda connection: connection.execute(endless).fetchone(), 0.05)
    assert reader.ask_here(lambda connection: connection.execute("SELECT 1").fetchone()[0]) == 1
    reader.close()


def test_a_database_that_was_replaced_is_opened_again(filled, tmp_path):
    """A restore puts another file in its place; a reader follows. One that is gone is told."""
    path = tmp_path / "navnenyt.db"
    shutil.copy(sqlite_path(filled), path)
    reader = Reader(path)
    count = "SELECT count(*) FROM move"
    before = reader.ask_here(lambda connection: connection.execute(count).fetchone()[0])
    fresh = tmp_path / "fresh.db"
    with closing(sqlite3.connect(fresh)) as connection:
        connection.execute("CREATE TABLE move (id INTEGER)")
    fresh.replace(path)
    assert before > 0
    assert reader.ask_here(lambda connection: connection.execute(count).fetchone()[0]) == 0
    path.unlink()
    with pytest.raises(StoreError):
        reader.ask_here(lambda connection: connection.execute(count).fetchone())
    reader.close()


def test_every_view_table_and_column_is_explained(filled):
    """What docs/data-model.md says reaches Datasette whole: a title, a description, each column with what it holds."""
    described = dictionary.read(dictionary.text_of_the_model())
    kinds = run_query(
        filled, "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow'"
    ).rows
    names = {name for name, kind in kinds if kind in {"table", "view"} and not name.startswith(("sqlite_", "alembic"))}
    assert names <= described.keys()
    known = dictionary.metadata(described, "data")["databases"]["data"]["tables"]
    for name in names:
        columns = [row[0] for row in run_query(filled, f"SELECT name FROM pragma_table_info('{name}')").rows]
        assert known[name]["title"]
        assert known[name]["description"]
        assert set(known[name]["columns"]) == set(columns)
        assert all(each.meaning and each.holds for each in described[name].columns.values())
