"""`navnenyt companies`, as a person or a script uses it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from db.store import Store
from db.upgrade import open_database
from scraper.cli import app
from tests.db.conftest import START, Desk, ad, hire
from tests.db.test_cvr import ONE, TWO


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a few companies, made once."""
    path = tmp_path_factory.mktemp("companies") / "navnenyt.db"
    engine = open_database(f"sqlite:///{path}", backup_dir=path.parent, now=START)
    desk = Desk(Store(engine), path)
    desk.begin()
    desk.page(hire(company="Fjeldtop A/S"), hire("Bo Tværsted", "Fjeldtop Danmark"), ad("Tindeby"), identity="1")
    desk.page(hire("Ida Bro", "Tindeby Regnskab", previous_company="Lindegaard Data"), identity="2")
    desk.page(hire("Eva Bro", "Lindgaard Data"), identity="3")
    engine.dispose()
    return path


@pytest.fixture
def path(stored: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(stored, tmp_path / "navnenyt.db"))


@pytest.fixture
def navnenyt(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "160")

    def call(*arguments: object):
        own = [] if "why" in arguments else ["--database", str(path)]
        return CliRunner().invoke(app, ["companies", *map(str, arguments), *own])

    return call


def rows(result) -> list[dict]:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_companies_are_listed_with_their_spellings(navnenyt) -> None:
    """Those with most moves first; a word finds a company by any spelling, a mistyped one the likest."""
    every = rows(navnenyt("list", "-f", "json"))
    assert every[0] == {
        "name": "Fjeldtop A/S",
        "cvr": None,
        "hires": 2,
        "moves": 2,
        "open_job_ads": 0,
        "names": "Fjeldtop A/S | Fjeldtop Danmark",
    }
    assert len(every) == 5
    assert [row["name"] for row in rows(navnenyt("list", "TOP DAN", "-f", "json"))] == ["Fjeldtop A/S"]
    assert [row["name"] for row in rows(navnenyt("list", "fjældtop", "-f", "json"))] == ["Fjeldtop A/S"]
    assert len(rows(navnenyt("list", "--limit", "2", "-f", "json"))) == 2
    nothing = navnenyt("list", "xyzzy")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert "No company is called like “xyzzy”" in nothing.stderr


def test_decisions_are_shown_with_their_reasons(navnenyt) -> None:
    """By whom, what, and why; of one company, or of one kind."""
    (same,) = rows(navnenyt("decisions", "fjeldtop", "-f", "json"))
    assert (same["by_whom"], same["verdict"], same["reason"]) == ("rule", "same", "'danmark' is the Danish branch")
    (different,) = rows(navnenyt("decisions", "--verdict", "different", "-f", "json"))
    assert (different["name_a"], different["name_b"]) == ("Lindegaard Data", "Lindgaard Data")
    assert rows(navnenyt("decisions", "--by", "user", "-f", "json")) == []
    wrong = navnenyt("decisions", "--by", "me")
    assert (wrong.exit_code, "rule, user, cvr" in wrong.stderr) == (2, True)


def test_two_names_are_judged_without_a_database(navnenyt) -> None:
    (said,) = rows(navnenyt("why", "Fjeldtop", "Fjeldtop Norge", "-f", "json"))
    assert (said["same"], said["reason"]) == (False, "'norge' tells them apart")


def test_merge_split_and_rename(navnenyt) -> None:
    """Each prints the companies as they stand after it; a dry run changes nothing."""
    shown = navnenyt("merge", "Tindeby", "Tindeby Regnskab", "--as", "Tindebyerne", "--dry-run", "-f", "json")
    assert [row["name"] for row in rows(shown)] == ["Tindebyerne"]
    assert "Nothing was changed" in shown.stderr
    assert len(rows(navnenyt("list", "-f", "json"))) == 5
    (merged,) = rows(navnenyt("merge", "Tindeby", "Tindeby Regnskab", "--as", "Tindebyerne", "-f", "json"))
    assert merged == {
        "name": "Tindebyerne",
        "cvr": None,
        "moves": 1,
        "job_ads": 1,
        "names": "Tindeby | Tindeby Regnskab",
    }
    parted = navnenyt("split", "fjeldtop", "Fjeldtop Danmark", "-f", "json")
    assert [(row["name"], row["moves"]) for row in rows(parted)] == [("Fjeldtop A/S", 1), ("Fjeldtop Danmark", 1)]
    assert "1 earlier decision is overruled" in parted.stderr
    assert rows(navnenyt("rename", "fjeldtop", "Fjeldtop", "-f", "json"))[0]["name"] == "Fjeldtop"
    assert [row["is_valid"] for row in rows(navnenyt("decisions", "fjeldtop", "--all", "-f", "json"))] == [1, 1, 0]


def test_an_unknown_name_is_told_with_the_nearest(navnenyt) -> None:
    wrong = navnenyt("merge", "Fjældtop", "Tindeby")
    assert wrong.exit_code == 1
    assert "No company is called “Fjældtop”." in wrong.stderr
    assert "Did you mean: Fjeldtop A/S" in wrong.stderr


def test_import_of_numbers(navnenyt, tmp_path: Path) -> None:
    """What came of it is counted and told; wrong rows are named by line, and the exit status says so."""
    path = tmp_path / "register.csv"
    path.write_text(f"cvr;navn\n{ONE};Tindeby\n{ONE};Tindeby Regnskab ApS\n{TWO};Fjeldtop\n{TWO[:-1]}x;Kvarnbo\n")
    for dry in (["--dry-run"], []):
        done = navnenyt("import-cvr", path, "-f", "csv", *dry)
        assert done.exit_code == 1
        (counted,) = csv.DictReader(io.StringIO(done.stdout))
        assert [f"{name} {count}" for name, count in counted.items() if count != "0"] == [
            "new 3",
            "numbered 2",
            "merged 1",
            "wrong 1",
        ]
        assert "register.csv, line 5:" in done.stderr
        assert "Merged: Tindeby and Tindeby Regnskab." in done.stderr
        assert ("Nothing was changed" in done.stderr) == bool(dry)
    assert {row["name"]: row["cvr"] for row in rows(navnenyt("list", "tindeby", "-f", "json"))} == {"Tindeby": ONE}
    missing = navnenyt("import-cvr", tmp_path / "none.csv")
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (1, True)


def test_an_older_database_is_told(path: Path) -> None:
    """A database that this release has not brought up to date is not changed."""
    import sqlite3

    with sqlite3.connect(path) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '0001'")
    plain.close()
    told = CliRunner().invoke(app, ["companies", "list", "--database", str(path)])
    assert (told.exit_code, "older release" in told.stderr) == (9, True)


@pytest.mark.parametrize("command", ["list", "decisions", "why", "merge", "split", "rename", "import-cvr"])
def test_every_command_helps_with_an_example(command: str) -> None:
    told = CliRunner().invoke(app, ["companies", command, "--help"])
    assert f"Example: navnenyt companies {command}" in " ".join(told.stdout.split())
