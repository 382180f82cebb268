"""A fresh database for each test, and a desk at which a test saves pages in a line or two.

The people and companies are invented.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.engine import make_engine, sqlite_path
from db.store import Saved, Store
from db.upgrade import open_database
from scraper.records import (
    Candidate,
    Extraction,
    Fetch,
    FetchOutcome,
    JobAd,
    Move,
    MoveKind,
    PageKind,
    PartialDate,
    Problem,
    Unparsed,
    Validators,
)

START = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)


def hire(person: str = "Signe Lundegaard", company: str | None = "Nordlys Data A/S", **more: Any) -> Move:
    """A hire as the parser gives it."""
    start = more.pop("start", "2026-01-01")
    values: dict[str, Any] = {"kind": MoveKind.HIRE, "role": "Systemudvikler", "label": "Nyt job", "rule": "form"}
    values["start_date"] = PartialDate.parse(start) if start else None
    values.setdefault("text", f"{company} har ansat {person}. Nyt job")
    return Move(person=person, company=company, **{**values, **more})


def ad(company: str = "Nordlys Data A/S", title: str = "Softwarearkitekt", **more: Any) -> JobAd:
    """A job ad as the parser gives it."""
    return JobAd(company=company, title=title, **{"region": "Midtjylland", "text": f"{company} {title}", **more})


@dataclass
class Desk:
    """A store with one source and one run open; each page saved is a minute after the one before."""

    store: Store
    path: Path
    now: datetime = START
    source: str = "bladet"
    run_id: int = 0
    runs: list[int] = field(default_factory=list)

    def begin(self, *, at: datetime | None = None, parser: str = "1", kind: str = "articles") -> int:
        self.now = at or self.now
        self.run_id = self.store.begin_run(at=self.now, parser_version=parser, sources=[self.source])
        self.store.keep_source(self.source, kind=kind, title="Bladet")
        self.runs.append(self.run_id)
        return self.run_id

    def end(self, status: str = "done", exit_status: int = 0, summary: dict[str, Any] | None = None) -> None:
        self.now += timedelta(minutes=1)
        self.store.finish_run(
            self.run_id, at=self.now, status=status, exit_status=exit_status, summary=summary or {"sources": {}}
        )

    def page(
        self,
        *records: Move | JobAd | Unparsed | Problem,
        identity: str = "1",
        url: str | None = None,
        outcome: FetchOutcome = FetchOutcome.FETCHED,
        reason: str | None = None,
        read: bool = True,
        kind: PageKind = PageKind.ARTICLE,
        validators: Validators | None = None,
        headings: tuple[str, ...] = (),
        **fetch: Any,
    ) -> Saved:
        self.now += timedelta(minutes=1)
        address = url or f"https://bladet.example/art/{identity}"
        said = Extraction(
            moves=_of(records, Move),
            job_ads=_of(records, JobAd),
            unparsed=_of(records, Unparsed),
            problems=_of(records, Problem),
            headings=headings,
        )
        asked = Fetch(
            url=address,
            at=self.now,
            outcome=outcome,
            reason=reason,
            validators=validators or Validators(),
            **{"status": 200, "body_sha256": f"hash of {identity}", "allowed_by": "no rule", **fetch},
        )
        whole = read and outcome is FetchOutcome.FETCHED
        candidate = Candidate(url=address, identity=identity, kind=kind, title=f"Artikel {identity}")
        return self.store.save_page(self.run_id, self.source, candidate, asked, said if whole else None)

    def failed(self, identity: str = "1", reason: str = "deadline", **more: Any) -> Saved:
        return self.page(identity=identity, outcome=FetchOutcome.FAILED, reason=reason, body_sha256=None, **more)

    def unchanged(self, identity: str = "1", **more: Any) -> Saved:
        return self.page(identity=identity, outcome=FetchOutcome.UNCHANGED, body_sha256=None, **{"status": 304, **more})

    def rows(self, sql: str, *parameters: Any) -> list[dict[str, Any]]:
        with sqlite3.connect(self.path) as connection:
            connection.row_factory = sqlite3.Row
            found = [dict(row) for row in connection.execute(sql, parameters)]
        connection.close()
        return found

    def row(self, sql: str, *parameters: Any) -> dict[str, Any]:
        (only,) = self.rows(sql, *parameters)
        return only

    def column(self, sql: str, *parameters: Any) -> list[Any]:
        return [next(iter(row.values())) for row in self.rows(sql, *parameters)]


def _of(records: Iterable[Any], kind: type[Any]) -> tuple[Any, ...]:
    return tuple(record for record in records if isinstance(record, kind))


def dump(path: Path) -> list[str]:
    """The whole database as SQL; the full-text index as the words that are in it, not as the pages that hold it."""
    connection = sqlite3.connect(path)
    inner = re.compile(r"""(CREATE TABLE|INSERT INTO) ['"]search_|PRAGMA writable_schema""")
    made = re.compile(r"INSERT INTO sqlite_master.*?'(CREATE VIRTUAL TABLE .*)'\);", re.DOTALL)
    lines = [line for line in connection.iterdump() if not inner.match(line)]
    connection.close()
    return [f"{match[1]};".replace("''", "'") if (match := made.fullmatch(line)) else line for line in lines]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of ours, made once."""
    folder = tmp_path_factory.mktemp("template")
    path = folder / "navnenyt.db"
    open_database(f"sqlite:///{path}", backup_dir=folder, now=START).dispose()
    return path


@pytest.fixture(scope="session")
def shared_engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """One engine for all tests, because it remembers how it said each statement; the file under it is always fresh."""
    path = tmp_path_factory.mktemp("fresh") / "navnenyt.db"
    return make_engine(f"sqlite:///{path}", busy_timeout=0.01, total_wait=0.05)


@pytest.fixture
def path(template: Path, shared_engine: Engine) -> Iterator[Path]:
    """A fresh database file."""
    fresh = sqlite_path(str(shared_engine.url))
    shutil.copy(template, fresh)
    yield fresh
    shared_engine.dispose()
    for left in fresh.parent.iterdir():
        left.unlink()


@pytest.fixture
def url(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
def engine(path: Path, shared_engine: Engine) -> Engine:
    """An engine on the fresh database, impatient with locks."""
    assert path.exists()
    return shared_engine


@pytest.fixture
def desk(engine: Engine, path: Path) -> Desk:
    """A desk whose first run has begun."""
    sitting = Desk(Store(engine), path)
    sitting.begin()
    return sitting
