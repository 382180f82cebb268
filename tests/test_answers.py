"""The commands that answer: questions, companies and people, report, files, feed, watches, as a person or script meets them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import feedparser
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from scraper.cli import app
from scraper.errors import ExitStatus
from tests.db.conftest import Desk, ad, engine, hire, path, shared_engine, template

__all__ = ["engine", "path", "shared_engine", "template"]


@pytest.fixture
def desk(engine, path: Path) -> Desk:
    """A database in which a little has happened."""
    from db.store import Store

    sitting = Desk(Store(engine), path)
    sitting.begin()
    sitting.page(
        hire(
            "Åse Bækgaard", "Nordlys Data A/S", role="IT-arkitekt", location="Odense", previous_company="Fjordbyte ApS"
        ),
        hire("Bo Holm", "Ærø Software", role="Systemudvikler", start="2026-02-01", previous_company="Nordlys Data"),
        hire("=1+1", "@Alfa", role="+Chef", start="2025-12-01"),
        ad("Nordlys Data", "Løsningsarkitekt", region="Syddanmark"),
    )
    sitting.end()
    return sitting


@pytest.fixture
def navnenyt(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Call the command on that database, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")

    def call(*arguments: str):
        return CliRunner().invoke(app, [*arguments, "--database", str(desk.path)])

    return call


def rows(result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_questions_are_listed_with_their_filters(navnenyt):
    """Every question stands in the list, with what it can be narrowed by."""
    listed = {row["name"]: row for row in rows(navnenyt("trends", "--format", "csv"))}
    assert "since, until" in listed["hires_by_month"]["filters"]
    assert listed["hires_by_month"]["title"] == "Hires by month"
    assert len(listed) > 20


def test_a_question_takes_its_filters(navnenyt):
    """Time, company in any spelling, function and region narrow the answer."""
    assert sum(int(row["hires"]) for row in rows(navnenyt("trends", "hires_by_month", "-f", "csv"))) == 3
    some = rows(navnenyt("trends", "hires_by_month", "-f", "csv", "--since", "2026-02"))
    assert [(row["month"], row["hires"]) for row in some] == [("2026-02", "1")]
    some = rows(navnenyt("trends", "hires_by_month", "-f", "csv", "--company", "NORDLYS DATA"))
    assert sum(int(row["hires"]) for row in some) == 1
    some = rows(
        navnenyt("trends", "hires_by_month", "-f", "csv", "--function", "Architecture", "--region", "syddanmark")
    )
    assert sum(int(row["hires"]) for row in some) == 1


@pytest.mark.parametrize(
    ("options", "said", "hint"),
    [
        (["--function", "arkitektur"], "no function 'arkitektur'", "architecture"),
        (["--region", "Fyn"], "no region 'Fyn'", "Syddanmark"),
        (["--since", "i går"], "is no day", "2026-01-31"),
        (["--company", "Nordlis Data"], "no company 'Nordlis Data'", "Did you mean: Nordlys Data"),
        (["--param", "by=company"], "no filter 'by'", "--since"),
        (["--param", "by"], "is not one new NAME=VALUE", ""),
        (["--plot", "plot.gif"], "not written as .gif", ".svg"),
        (["--plot", "no/such/plot.svg"], "cannot be written", ""),
    ],
)
def test_a_wrong_option_says_what_there_is(navnenyt, options, said, hint):
    """An error names the value and the choices, and prints no rows."""
    result = navnenyt("trends", "hires_by_month", *options)
    assert result.exit_code == ExitStatus.ERROR
    assert said in result.stderr
    assert hint in result.stderr
    assert result.stdout == ""


def test_a_question_is_drawn(navnenyt, tmp_path):
    """To a file beside the table, or in the terminal instead of it; in Danish if asked."""
    result = navnenyt("trends", "companies_hiring_most", "--plot", "c.svg", "--language", "da")
    assert "Virksomheder, der ansætter mest" in result.stdout
    assert "Nordlys Data A/S" in (tmp_path / "c.svg").read_text(encoding="utf-8")
    drawn = navnenyt("trends", "companies_hiring_most", "--plot", "-")
    assert "█" in drawn.stdout
    assert "Ærø Software" in drawn.stdout
    undrawn = navnenyt("trends", "new_companies", "--plot", "-")
    assert "is not drawn" in undrawn.stderr


def test_a_company_with_its_sentences_and_pages(navnenyt):
    """Who came, who left, which ads, each with the words and where they stood; as JSON all of it."""
    said = navnenyt("company", "nordlys data").stdout
    for part in (
        "Nordlys Data A/S",
        "Åse Bækgaard",
        "Bo Holm",
        "Løsningsarkitekt",
        "har ansat",
        "https://bladet.example/art/1",
    ):
        assert part in said
    profile = json.loads(navnenyt("company", "nordlys data", "--json").stdout)
    assert profile["moves"][0]["pages"][0]["url"] == "https://bladet.example/art/1"
    unknown = navnenyt("company", "Fjordbit")
    assert unknown.exit_code == ExitStatus.ERROR
    assert "Did you mean: Fjordbyte ApS?" in unknown.stderr


def test_a_person_with_moves_and_namesakes(navnenyt, desk):
    """Each move with its sentence; people of one name stay apart, and that is said."""
    desk.begin()
    desk.page(hire("Bo Holm", "Helt Andet A/S", role="Kok"), identity="2")
    said = navnenyt("person", "bo holm").stdout
    assert "2 people of this name" in said
    assert "Ærø Software" in said
    assert "Helt Andet A/S" in said
    assert [one["name"] for one in json.loads(navnenyt("person", "Bo Holm", "--json").stdout)] == ["Bo Holm"] * 2
    assert "Did you mean: Åse Bækgaard" in navnenyt("person", "Åse Bekgaard").stderr


def test_the_report_is_a_file(navnenyt, tmp_path):
    """A page in the language asked for; a month that is none is told and leaves nothing."""
    assert navnenyt("report", "--month", "2026-01", "--out", "r.html", "--language", "da").exit_code == 0
    assert "<h1>Ansættelser i januar 2026</h1>" in (tmp_path / "r.html").read_text(encoding="utf-8")
    wrong = navnenyt("report", "--month", "januar", "--out", "x.html")
    assert "is no month" in wrong.stderr
    assert not (tmp_path / "x.html").exists()


def test_moves_are_written_in_each_format(navnenyt, tmp_path):
    """By --format, or as the file's name ends; to standard output where it is text."""
    assert [row["person"] for row in rows(navnenyt("export", "moves"))] == ["Åse Bækgaard", "Bo Holm", "'=1+1"]
    for form in ("csv", "json", "jsonl", "parquet", "xlsx"):
        assert navnenyt("export", "moves", "--out", f"m.{form}").exit_code == 0
        assert (tmp_path / f"m.{form}").stat().st_size > 100
    assert pq.read_table(tmp_path / "m.parquet").num_rows == 3
    assert json.loads(navnenyt("export", "job_ads", "-f", "jsonld").stdout)["@graph"][0]["title"] == "Løsningsarkitekt"
    some = rows(navnenyt("export", "trend:companies_hiring_most", "--since", "2026-02"))
    assert [row["company"] for row in some] == ["Ærø Software"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["wages"], "no table 'wages'"),
        (["trend:wages"], "no question 'wages'"),
        (["moves", "-f", "xls"], "no format 'xls'"),
        (["moves", "-f", "parquet"], "--out moves.parquet"),
        (["moves", "-f", "jsonld"], "Only job_ads"),
        (["companies", "--since", "2026"], "not of a day"),
        (["moves", "--out", "no/such/m.csv"], "cannot be written"),
    ],
)
def test_what_cannot_be_exported_is_told(navnenyt, arguments, said):
    """An error says what there is instead."""
    result = navnenyt("export", *arguments)
    assert result.exit_code == ExitStatus.ERROR
    assert said in result.stderr


def test_a_feed_by_filter(navnenyt, tmp_path):
    """The feed holds what the filter wants; a wrong filter is told."""
    assert navnenyt("feed", "--filter", "role:arkitekt", "--out", "a.atom").exit_code == 0
    read = feedparser.parse((tmp_path / "a.atom").read_bytes())
    assert len(read.entries) == 2
    wrong = navnenyt("feed", "--filter", "arkitekt")
    assert wrong.exit_code == ExitStatus.USAGE
    assert "role:arkitekt" in wrong.stderr


def test_watches_are_added_tried_listed_and_removed(navnenyt):
    """A watch is kept under its number; a company never seen is warned of; an unknown key is told."""
    tried = navnenyt("watch", "test", "role:arkitekt", "-f", "csv")
    assert [row["record"] for row in rows(tried)] == [
        "Åse Bækgaard, hire, IT-arkitekt, Nordlys Data A/S ← Fjordbyte ApS",
        "Nordlys Data A/S: Løsningsarkitekt (Syddanmark)",
    ]
    added = navnenyt("watch", "add", 'company:"Nordlis Data" role:arkitekt')
    assert "Watch 1:" in added.stdout
    assert "Did you mean: Nordlys Data" in added.stderr
    (line,) = rows(navnenyt("watch", "list", "-f", "csv"))
    assert (line["filter"], line["state"]) == ('company:"Nordlis Data" role:arkitekt', "active")
    assert "watched already" in navnenyt("watch", "add", 'role:arkitekt company:"Nordlis Data"').stderr
    assert navnenyt("watch", "remove", "1").exit_code == 0
    assert rows(navnenyt("watch", "list", "-f", "csv"))[0]["state"] == "removed"
    assert "Keys: company, from, role" in navnenyt("watch", "add", "rolle:arkitekt").stderr
    assert navnenyt("watch", "list", "--matches", "5").stdout.strip() == "No rows."


def test_nothing_that_answers_writes_to_the_database(navnenyt, desk, tmp_path):
    """Asking, exporting and reporting leave every byte as it was."""
    before = desk.path.read_bytes()
    for arguments in (
        ("trends", "regions"),
        ("company", "Ærø Software"),
        ("person", "Bo Holm"),
        ("export", "companies"),
        ("feed",),
        ("watch", "test", "kind:hire"),
        ("report", "--month", "2026-01", "--out", "r.html"),
    ):
        assert navnenyt(*arguments).exit_code == 0
    assert desk.path.read_bytes() == before
    with closing(sqlite3.connect(desk.path)) as connection:
        assert connection.execute("SELECT count(*) FROM watch").fetchone() == (0,)


def test_help_loads_nothing_heavy():
    """`--help` is quick: what draws, writes files, opens databases or reads a config is loaded by the command that needs it."""
    heavy = (
        "altair",
        "vl_convert",
        "pyarrow",
        "xlsxwriter",
        "sqlalchemy",
        "pydantic",
        "datasette",
        "rapidfuzz",
        "lxml",
    )
    code = f"import sys, scraper.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
