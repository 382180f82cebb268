"""An installation whose libraries are older than is safe is told so before it fetches or parses anything."""

from __future__ import annotations

import importlib.metadata
import re
import sqlite3
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from typer.testing import CliRunner

from db.engine import WAL_IS_SAFE_FROM, journal_mode
from scraper.cli import app
from scraper.errors import TooOld
from scraper.floors import FLOORS, SQLITE_FLOOR, check_floors, is_at_least
from tests.installation import in_a_child

ROOT = Path(__file__).parent.parent


def floors_of_the_project() -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {(line := Requirement(text)).name: line for text in project["project"]["dependencies"]}


def test_the_floors_are_those_of_pyproject_and_of_the_docs():
    """One table in three places: what pip installs by, what a command checks, what a person reads."""
    wanted = floors_of_the_project()
    assert {name: f">={floor}" for name, (floor, _) in FLOORS.items()} == {
        name: str(wanted[name].specifier) for name in FLOORS
    }
    docs = (ROOT / "docs" / "libraries.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([a-z0-9]+) \| ([\d.]+) \|", docs, flags=re.MULTILINE))
    assert rows == {name: floor for name, (floor, _) in FLOORS.items()}
    assert f"| {SQLITE_FLOOR[0]}.{SQLITE_FLOOR[1]} |" in docs
    assert str(wanted["soupsieve"].marker) == 'python_full_version >= "3.11.5"'


def test_this_installation_is_new_enough():
    """The control: nothing is said of the libraries that the tests run with."""
    check_floors()


@pytest.mark.parametrize("name", FLOORS)
def test_each_library_that_is_too_old_is_named_with_what_to_install(name):
    """One release below its floor is enough; the hint is a command to paste."""

    def installed(asked: str) -> str:
        return "0.9" if asked == name else importlib.metadata.version(asked)

    with pytest.raises(TooOld) as caught:
        check_floors(installed, python=(3, 14, 0))
    floor, why = FLOORS[name]
    assert caught.value.message == f"{name} is 0.9; {floor} or newer is needed: {why}."
    assert caught.value.hint.endswith(f"-m pip install --upgrade '{name}>={floor}'")
    assert caught.value.exit_status == 1


def test_all_that_is_wrong_is_said_at_once():
    """A person mends an installation once, not eight times."""

    def nothing(name: str) -> str:
        raise PackageNotFoundError(name)

    with pytest.raises(TooOld) as caught:
        check_floors(nothing, python=(3, 14, 0), sqlite=(3, 34, 1))
    said = caught.value.message.splitlines()
    assert len(said) == len(FLOORS) + 1
    assert said[0] == "requests is not installed; 2.32.4 or newer is needed."
    assert said[-1] == "Python's SQLite is 3.34.1; 3.35.0 or newer is needed."
    assert "newer SQLite" in caught.value.hint


def test_a_python_without_a_mended_soupsieve_is_not_refused():
    """On the oldest Pythons pip can install no newer one, and the parser calls none of it."""
    check_floors(lambda name: "1.0" if name == "soupsieve" else "99", python=(3, 11, 4))
    with pytest.raises(TooOld):
        check_floors(lambda name: "1.0" if name == "soupsieve" else "99", python=(3, 11, 5))


VERSIONS = ["2.8", "2.8.0", "2.8.0.0", "2.8.1", "2.10", "2.7.9", "3", "2.8.0rc1", "2.8.0b2", "2.8.0.dev3", "2.8.0.post1",
            "2.8.1rc1", "2.8.0+local.1", "v2.8", "1!0.1", "2.8a0", "10.0", "2.8-beta"]  # fmt: skip


@pytest.mark.parametrize("found", VERSIONS)
def test_releases_are_compared_as_pip_compares_them(found):
    """Ten is more than nine, and a release candidate is not yet the release."""
    if "!" not in found:
        assert is_at_least(found, "2.8.0") == (Version(found) >= Version("2.8.0"))
    assert not is_at_least("no release", "2.8.0")


def test_the_journal_is_chosen_by_sqlites_version():
    """No runtime with the log's corruption bug writes with it."""
    bad = [(3, 7, 0), (3, 40, 1), (3, 50, 4), (3, 51, 2)]
    assert {journal_mode(version) for version in bad} == {"delete"}
    assert journal_mode(WAL_IS_SAFE_FROM) == "wal"
    assert journal_mode(sqlite3.sqlite_version_info) == (
        "wal" if sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM else "delete"
    )


@pytest.mark.parametrize("command", [["run"], ["parse", "page.html"], ["demo"]])
def test_a_command_that_fetches_or_parses_does_not_begin(command, tmp_path, monkeypatch, record_property):
    """With an old library the command ends with status 1 and one clear sentence; nothing is written."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(FLOORS, "urllib3", ("99", "this test says so"))
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 1
    assert "urllib3 is " in result.output
    assert "99 or newer is needed" in " ".join(result.output.split())
    assert not list(tmp_path.iterdir())


@pytest.mark.scorecard
def test_the_check_finds_every_old_library_and_costs_little(record_property):
    """A command begins no later than a person notices."""
    program = (
        "import json, scraper.cli; from time import process_time; began = process_time();"
        " from scraper.floors import check_floors; check_floors(); print(json.dumps(process_time() - began))"
    )
    took = min(in_a_child(program) for _ in range(3))
    found = 0
    for name in FLOORS:
        try:
            check_floors(lambda asked, name=name: "0.1" if asked == name else "99", python=(3, 14, 0))
        except TooOld:
            found += 1
    assert found == len(FLOORS)
    check_floors(lambda _: "99")
    record_property(
        "scorecard",
        f"36|libraries below their floor that are named at start|{found} of {len(FLOORS)},"
        f" {took * 1000:.0f} ms|0 named of {len(FLOORS)} at their floor",
    )
    assert took < 0.1
