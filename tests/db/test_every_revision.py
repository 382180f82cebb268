"""Every revision up and down with data in it, on SQLite and PostgreSQL, and the database of an older release."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, func, insert, inspect, select, text

from db.backup import damage
from db.engine import make_engine
from db.models import Base
from db.search import is_search_table
from db.store import Store
from db.upgrade import alembic_config, head_revision, open_database
from scraper.records import Problem, Unparsed
from tests.db import postgresql
from tests.db.conftest import START, Desk, ad, hire
from tests.db.test_migrations import fill_upkeep

OLD = Path(__file__).parent / "old"
REVISIONS = [step.revision for step in ScriptDirectory.from_config(alembic_config()).walk_revisions()][::-1]
FIRST = (
    "source",
    "run",
    "page",
    "fetch",
    "person",
    "company",
    "move",
    "job_ad",
    "move_sighting",
    "unparsed",
    "problem",
)
"""Tables that every revision has."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on an empty database of either kind."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
        yield engine
        engine.dispose()
        return
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    bin_dir = postgresql.programs()
    if bin_dir is None:
        pytest.skip("no PostgreSQL server is installed here (Debian: apt-get install postgresql)")
    with postgresql.server(bin_dir) as url:
        engine = create_engine(url)
        yield engine
        engine.dispose()


def to(engine: Engine, revision: str, *, down: bool = False) -> None:
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, revision)


def counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in FIRST}


@pytest.fixture
def filled(desk: Desk) -> Engine:
    """A SQLite database of this release with rows in every table."""
    desk.page(
        hire(previous_company="Sydlys", location="Vejle", earlier_companies=("Østlys",), education=("HD",)),
        hire(company="Vestlys", previous_company="Nordlys Data", start="2027-01"),
        ad(),
        Unparsed(text="Ulæst.", reason="r"),
        Problem(code="c", message="m"),
    )
    desk.end()
    fill_upkeep(desk.store.engine, desk.run_id)
    return desk.store.engine


def copy_rows(source: Connection, target: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        rows = [dict(row) for row in source.execute(select(table)).mappings()]
        assert rows, f"{table.name} without a row proves nothing"
        target.execute(insert(table), rows)


@pytest.mark.row
def test_every_revision_up_and_down_with_data(
    empty: Engine, filled: Engine, record_property: Callable[[str, object], None]
) -> None:
    """From the newest revision down to the first and up again, a step at a time: every row that both know is there."""
    to(empty, "head")
    with filled.connect() as source, empty.begin() as target:
        copy_rows(source, target)
    before = counts(empty)
    assert all(before.values())
    for revision in REVISIONS[-2::-1]:
        to(empty, revision, down=True)
        assert counts(empty) == before
    for revision in REVISIONS[1:]:
        to(empty, revision)
        assert counts(empty) == before
    with empty.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM moves WHERE times_seen = 1")) == before["move"]
        opts = {"compare_type": True, "include_name": lambda name, *_: not is_search_table(name or "")}
        drift = compare_metadata(MigrationContext.configure(connection, opts=opts), Base.metadata)
    assert drift == []
    to(empty, "base", down=True)
    assert set(inspect(empty).get_table_names()) == {"alembic_version"}
    to(empty, "head")
    record_property(
        "scorecard",
        f"8|migrations up and down: {empty.dialect.name}|{len(REVISIONS)} revisions, no drift|a new column is drift",
    )


def test_drift_is_seen(tmp_path: Path) -> None:
    """The control: with one column more than the models have, `alembic check` says so; without, it is content."""
    engine = make_engine(f"sqlite:///{tmp_path / 'drift.db'}")
    to(engine, "head")
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.check(config)
        connection.exec_driver_sql("ALTER TABLE move ADD COLUMN seniority TEXT")
        with pytest.raises(CommandError, match="seniority"):
            command.check(config)
    engine.dispose()


@pytest.mark.row
@pytest.mark.parametrize("revision", [revision for revision in REVISIONS if (OLD / f"{revision}.sql").exists()])
def test_the_database_of_an_older_release_opens(
    tmp_path: Path, revision: str, record_property: Callable[[str, object], None]
) -> None:
    """A database that an older release wrote opens, with every row, and its views and store work."""
    path = tmp_path / "navnenyt.db"
    with closing(sqlite3.connect(path)) as plain:
        plain.executescript((OLD / f"{revision}.sql").read_text(encoding="utf-8"))
        before = {name: plain.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in FIRST}
        assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [(revision,)]
        tables = [row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        here = {
            (table, row[1])
            for table in tables
            for told in ("table_info", "index_list")
            for row in plain.execute(f'PRAGMA {told}("{table}")')
        }
    wanted = {
        (table.name, each.name) for table in Base.metadata.tables.values() for each in (*table.columns, *table.indexes)
    }
    missing = wanted - here
    assert missing
    assert all(before.values())
    engine = open_database(f"sqlite:///{path}", backup_dir=tmp_path / "backups", now=START)
    now = counts(engine)
    with engine.connect() as connection:
        told = connection.scalar(text("SELECT count(*) FROM move WHERE same_as_id IS NOT NULL")) or 0
    joined = told if revision < "0004" else 0
    assert now == {**before, "company": now["company"], "person": before["person"] - joined}, "one move has one person"
    assert now["company"] >= before["company"], "an earlier employer is a company of its own now"
    with engine.connect() as connection:
        uncounted = "SELECT count(*) FROM moves WHERE first_seen IS NULL OR month IS NULL"
        assert connection.scalar(text(uncounted)) == 0
        assert connection.scalar(text("SELECT count(*) FROM job_ads WHERE function IS NULL")) == 0
    desk = Desk(Store(engine), path)
    desk.begin()
    assert desk.page(hire(previous_company="Sydlys"), identity="1").seen_moves == 1
    desk.end()
    with engine.connect() as connection:
        views = inspect(connection).get_view_names()
        for view in views:
            connection.execute(text(f"SELECT * FROM {view}")).fetchall()
        assert connection.scalar(select(func.count()).select_from(text("moves"))) == before["move"] - told
    engine.dispose()
    with closing(sqlite3.connect(path)) as plain:
        assert damage(plain) == []
        assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [(head_revision(),)]
    record_property(
        "scorecard",
        f"8|database of release {revision} opens|every row|{len(missing)} columns and indexes missing before",
    )


def test_every_released_revision_has_its_dump() -> None:
    """For each revision but the newest a database as that release wrote it is kept with the tests."""
    assert [revision for revision in REVISIONS[:-1] if not (OLD / f"{revision}.sql").exists()] == []
