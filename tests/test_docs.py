"""What the docs say holds: links lead somewhere, queries run, commands and exit statuses are the real ones."""

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from db.query import run_query
from scraper.errors import ExitStatus, FetchReason
from scraper.replica import Replica, ReplicaServer
from tests.test_run import START, Scene

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
sys.path.append(str(ROOT / "docs"))
cookbook = import_module("cookbook")
QUERIES = cookbook.queries()
OFTEN_EMPTY = {"14_ad_and_hire", "15_time_to_fill", "16_lead_time"}
"""What two visits do not show yet."""


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> str:
    """A database of two runs over the replica, three weeks apart."""
    with ReplicaServer(Replica(seed=1, start=START), slow=0.01) as server:
        scene = Scene(server, tmp_path_factory.mktemp("docs"))
        scene.run()
        scene.replica.advance(weeks=3)
        scene.run()
        return scene.settings.database


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_query_of_the_cookbook_runs_and_finds_something(database, query):
    """A reader who pastes a query gets an answer with the columns that are explained."""
    result = run_query(database, query.sql)
    assert list(result.columns) == list(query.columns)
    assert result.rows or query.name in OFTEN_EMPTY


def test_the_cookbook_has_twenty_queries_as_the_page_shows_them():
    """The page shows each query as it is, under its title; each plot it shows is there, and no other."""
    page = cookbook.PAGE.read_text(encoding="utf-8")
    assert len(QUERIES) == 20
    shown = re.findall(r"^## (.*?)\n.*?```sql\n(.*?)\n```", page, flags=re.DOTALL | re.MULTILINE)
    assert shown == [(query.title, cookbook.sql_of(query)) for query in QUERIES]
    plots = re.findall(r"\]\(plots/(.*?)\)", page)
    assert plots == [f"{query.name}.svg" for query in QUERIES if query.chart]
    assert sorted(plots) == sorted(path.name for path in cookbook.PLOTS.glob("*.svg"))


@pytest.mark.scorecard
def test_the_cookbook_is_what_its_build_makes(tmp_path):
    """The page is made anew, word for word, and each plot says the same."""
    page, plots = cookbook.made(cookbook.watched(tmp_path))
    assert page == cookbook.PAGE.read_text(encoding="utf-8")
    for name, picture in plots.items():
        kept = (cookbook.PLOTS / name).read_text(encoding="utf-8")
        assert re.findall(r">([^<>]+)</text>", picture) == re.findall(r">([^<>]+)</text>", kept), name


def test_a_plot_in_the_docs_is_small_and_harmless():
    """Each is an SVG of a few kilobytes without a script or an address."""
    for path in cookbook.PLOTS.glob("*.svg"):
        said = path.read_text(encoding="utf-8")
        assert len(said) < 30_000, path.name
        assert "<script" not in said
        assert set(re.findall(r"https?://[^\"]+", said)) <= {
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/1999/xlink",
        }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_leads_nowhere(page):
    """Each relative link of the docs names a file that is there."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_every_exit_status_is_explained():
    """The operations page has a row for each."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert not [status.name for status in ExitStatus if f"| {int(status)} |" not in text]


def test_every_reason_of_a_failed_fetch_is_explained():
    """The operations page names each typed reason."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert not [reason.value for reason in FetchReason if f"`{reason.value}`" not in text]


def test_the_example_of_a_new_source_loads(tmp_path):
    """The entries that docs/add-a-source.md shows are a config as they stand."""
    from scraper.config import load

    text = (ROOT / "docs" / "add-a-source.md").read_text(encoding="utf-8")
    first, second = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    lines = [line.removeprefix("   ") for line in first.splitlines()]
    path = tmp_path / "config.yaml"
    path.write_text("\n".join(lines) + "\n" + second, encoding="utf-8")
    settings = load(path)
    assert list(settings.sources) == ["bladet", "tavlen"]
    source = settings.sources["bladet"]
    assert source.article_id("https://bladet.example/nyheder/2026/ny-direktoer-12345") == "12345"
