"""`navnenyt parse` over saved pages of which some hang the parser, kill it or make it fail."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scraper.cli import app
from tests import hostile
from tests.installation import ROOT, article

HOSTILE = {"b": ("SPIN", "parse_timed_out"), "c": ("DIE", "parse_crashed"), "d": ("FAIL", "parse_failed")}
SOUND = "aez"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six saved pages, three of them hostile to the parser in use."""
    monkeypatch.setenv("NAVNENYT_FETCH__PARSE_DEADLINE", "1")
    monkeypatch.setattr("scraper.saved.parse_page", hostile.parse_or_spin)
    for number, name in enumerate([*SOUND, *HOSTILE]):
        (tmp_path / f"{name}.html").write_bytes(article(number, HOSTILE.get(name, ("", ""))[0]))
    return tmp_path


UNWATCHED = """
import sys
import scraper.saved
from scraper.cli import app
from tests import hostile
scraper.saved.parse_page = hostile.parse_or_spin
app(["parse", "--format", "jsonl", *sys.argv[1:]])
"""


@pytest.mark.row
def test_the_other_pages_are_printed_and_each_bad_one_is_a_problem(folder, monkeypatch, record_property):
    """A page that hangs, kills or breaks the parser has that as its problem; exit status 1, and all others are there."""
    done = CliRunner().invoke(app, ["parse", "--format", "jsonl", str(folder)])
    assert done.exit_code == 1
    said = [json.loads(line) for line in done.stdout.splitlines()]
    found = {Path(record["source"]).stem: record for record in said}
    assert len(said) == len(SOUND) + len(HOSTILE)
    assert [found[name]["record"] for name in SOUND] == ["move"] * len(SOUND)
    assert {name: found[name]["code"] for name in HOSTILE} == {name: code for name, (_, code) in HOSTILE.items()}

    monkeypatch.setenv("NAVNENYT_FETCH__PARSE_DEADLINE", "0")
    command = [sys.executable, "-c", UNWATCHED, str(folder / "c.html"), str(folder / "a.html")]
    control = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    assert control.returncode < 0
    assert not control.stdout
    record_property(
        "scorecard",
        f"13|saved pages printed beside {len(HOSTILE)} that hang, kill, fail|{len(SOUND)} of {len(SOUND)}, status 1"
        "|0, the program dies",
    )


@pytest.mark.parametrize("option", ["--explain", "--html"])
def test_explaining_goes_on_as_well(folder, option, tmp_path_factory):
    """The same with `--explain` and `--html`."""
    words = [option, *([str(tmp_path_factory.mktemp("out") / "out.html")] if option == "--html" else [])]
    done = CliRunner().invoke(app, ["parse", *words, str(folder)])
    assert done.exit_code == 1
    text = done.stdout if option == "--explain" else Path(words[1]).read_text(encoding="utf-8")
    assert all(code in text for _, code in HOSTILE.values())
    assert text.count("estergaard") >= len(SOUND)


def test_sound_pages_end_with_status_0(folder):
    """Where nothing is lost nothing is said to be."""
    assert CliRunner().invoke(app, ["parse", *(str(folder / f"{name}.html") for name in SOUND)]).exit_code == 0
