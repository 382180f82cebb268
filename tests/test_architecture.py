"""Who may know whom, and what no file of the house may do."""

import re
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for room in ("scraper", "db", "migrations") for path in (ROOT / room).rglob("*.py"))


def test_each_room_knows_only_those_it_may(monkeypatch, capsys):
    """The contracts of pyproject.toml hold: parsers are pure, the database knows no scraper, and so on."""
    monkeypatch.chdir(ROOT)
    status = lint_imports(no_cache=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_does_one_thing_and_stays_short(path):
    """No room grows past 450 lines, and none is a pile."""
    assert path.read_text(encoding="utf-8").count("\n") <= 450
    assert path.stem not in {"utils", "helpers", "common", "misc"}


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"html\.parser|html5lib", "hostile pages make these two parsers hang"),
        (r"\.select(_one)?\(\"", "soupsieve can be made slow"),
        (r"\byaml\.(load|unsafe_load)\(", "only the safe loader reads a config"),
        (r"\b(eval|exec)\(", "nothing from a page is ever run"),
        (r"verify\s*=\s*False", "certificates are checked"),
    ],
)
def test_no_file_does_what_is_known_to_bite(pattern, why):
    """Calls that measurements or advisories speak against stand nowhere."""
    found = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(pattern, re.sub(r'""".*?"""|#.*', "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
    ]
    assert not found, why


def test_parsing_needs_no_clock_socket_or_database():
    """Nothing under parsers imports what would make the same bytes give other records another day."""
    banned = re.compile(r"^\s*(?:import|from)\s+(time|socket|random|requests|urllib3|sqlalchemy|os)\b", re.MULTILINE)
    found = {
        str(path.relative_to(ROOT)): banned.findall(path.read_text(encoding="utf-8"))
        for path in (ROOT / "scraper" / "parsers").rglob("*.py")
    }
    assert not {path: names for path, names in found.items() if names}


def test_every_dependency_has_a_floor():
    """Each library of pyproject.toml names the oldest release that is known to be good."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], project["dependency-groups"]["dev"]]
    assert not [line for group in groups for line in group if ">=" not in line]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_files_pin_hashes_and_name_no_address(name):
    """Every pinned release has its hashes, and no line holds a URL."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.findall(r"^\S+==\S+.*?(?=^\S|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)


def test_the_release_and_the_changelog_agree():
    """The newest entry of the changelog is the release in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert newest is not None
    assert newest.group(1) == project["project"]["version"]
