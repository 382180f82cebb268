"""The migrations make what the models say, up and down, with data in the tables."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from pytest_alembic.tests import (
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)
from sqlalchemy import Engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable

from db.engine import make_engine
from db.models import (
    NAMING,
    Alarm,
    Base,
    CompanyDecision,
    Coverage,
    CvrEntry,
    HireAd,
    HostPause,
    Replaced,
    Replay,
    SiteFile,
    Slot,
    Watch,
    WatchMatch,
)
from db.search import is_search_table
from db.upgrade import MIGRATIONS, alembic_config
from scraper.records import Problem, Unparsed
from tests.db.conftest import START, Desk, ad, hire

__all__ = [
    "test_model_definitions_match_ddl",
    "test_single_head_revision",
    "test_up_down_consistency",
    "test_upgrade",
]


@pytest.fixture(name="alembic_config")
def the_config() -> Config:
    """For pytest-alembic: our own settings."""
    return alembic_config()


@pytest.fixture
def alembic_engine(tmp_path: Path) -> Iterator[Engine]:
    """For pytest-alembic: our own engine on a file of its own."""
    engine = make_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    yield engine
    engine.dispose()


def fill_upkeep(engine: Engine, run_id: int) -> None:
    """One row in each table that no page fills."""
    replay = Replay(at=START, parser_version="2", sources=[], pages=1, added=0, changed=1, dropped=0)
    estimate = {"pages": 3, "draws": 9, "seen": 5, "once": 2, "twice": 2, "share": 0.8, "total": 6.0, "low": 5.0}
    estimate |= {"share_low": 0.5, "share_high": 0.9, "high": 9.0}
    with Session(engine) as session:
        session.add_all(
            [
                Coverage(run_id=run_id, source_id=1, record="move", **estimate),
                Alarm(run_id=run_id, source_id=1, stage="yield", code="fell", sentence="Too few.", advice="Look."),
                Slot(due_at=START, started_at=START, run_id=run_id),
                SiteFile(site="https://bladet.example", path="/robots.txt", asked_at=START, until=START, detail=""),
                HostPause(host="bladet.example", said_at=START, until=START, said="Retry-After: 60"),
                CompanyDecision(
                    at=START, by_whom="user", verdict="different", key_a="a", name_a="A", reason="A person said so."
                ),
                CvrEntry(cvr="10000000", name="Nordlys Data A/S", key="nordlys data", imported_at=START),
                HireAd(move_id=1, job_ad_id=1, score=0.9, days_to_fill=40, reason="the same title"),
                Watch(created_at=START, expression="role:udvikler", active=True),
                replay,
            ]
        )
        session.flush()
        session.add(WatchMatch(watch_id=1, record="move", record_id=1, matched_at=START))
        session.add(Replaced(replay_id=replay.id, table_name="move", row_id=1, before={"role": "Udvikler"}))
        session.commit()


def test_down_and_up_with_data(desk: Desk, engine: Engine) -> None:
    """A database with rows in every table can be taken down to nothing and built again."""
    desk.page(
        hire(previous_company="Sydlys", location="Vejle", earlier_companies=("Østlys",), education=("HD",)),
        hire(company="Vestlys", previous_company="Nordlys Data", start="2027-01"),
        ad(),
        Unparsed(text="Ulæst.", reason="r"),
        Problem(code="c", message="m"),
    )
    desk.end()
    fill_upkeep(engine, desk.run_id)
    with engine.connect() as connection:
        filled = {
            table: connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar()
            for table in Base.metadata.tables
        }
    assert all(filled.values()), f"a table without a row proves nothing: {filled}"
    config = alembic_config()
    for target, tables in (("base", {"alembic_version"}), ("head", {*Base.metadata.tables, "alembic_version"})):
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            (command.downgrade if target == "base" else command.upgrade)(config, target)
        assert {name for name in inspect(engine).get_table_names() if not is_search_table(name)} == tables
        engine.dispose()


def test_every_constraint_has_its_name(path: Path) -> None:
    """Constraints and indexes are named by the convention, so that a later migration can find them."""
    names = set()
    for table in Base.metadata.tables.values():
        names |= {constraint.name for constraint in table.constraints} | {index.name for index in table.indexes}
    assert None not in names
    prefixes = tuple(f"{prefix}_" for prefix in NAMING)
    assert all(str(name).startswith(prefixes) for name in names)
    plain = sqlite3.connect(path)
    ddl = "\n".join(row[0] or "" for row in plain.execute("SELECT sql FROM sqlite_master"))
    plain.close()
    assert not [name for name in names if str(name) not in ddl]


def test_the_checks_are_those_of_the_models(path: Path) -> None:
    """The words that a column may hold are the same in the file as in the code."""
    plain = sqlite3.connect(path)
    for table in Base.metadata.sorted_tables:
        (ddl,) = plain.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table.name,)
        ).fetchone()
        for constraint in table.constraints:
            if constraint.__visit_name__ == "check_constraint":
                assert f"CONSTRAINT {constraint.name} CHECK ({constraint.sqltext})" in ddl  # type: ignore[attr-defined]
    plain.close()


def test_the_tables_are_fit_for_postgresql() -> None:
    """Nothing in the tables belongs to SQLite alone: all of it compiles for PostgreSQL."""
    for table in Base.metadata.sorted_tables:
        said = str(CreateTable(table).compile(dialect=postgresql.dialect()))
        for index in table.indexes:
            said += str(CreateIndex(index).compile(dialect=postgresql.dialect()))
        assert "ROWID" not in said
    assert "TIMESTAMP WITH TIME ZONE" in said


def test_a_developers_own_database(tmp_path: Path) -> None:
    """`alembic -x database=URL` works on a database of the developer's, without the program around it."""
    scratch = tmp_path / "scratch.db"
    config = alembic_config()
    config.cmd_opts = type("Options", (), {"x": [f"database=sqlite:///{scratch}"]})()
    command.upgrade(config, "head")
    plain = sqlite3.connect(scratch)
    assert plain.execute("SELECT count(*) FROM moves").fetchone() == (0,)
    plain.close()


def test_a_migration_can_be_written_from_the_template(tmp_path: Path) -> None:
    """A new migration made from the template is valid Python with the parts that Alembic needs."""
    scripts = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, scripts)
    made = command.revision(alembic_config(scripts), message="more", rev_id="next")
    source = Path(made.path).read_text()  # type: ignore[union-attr]
    compile(source, made.path, "exec")  # type: ignore[union-attr]
    assert '"""more."""' in source
