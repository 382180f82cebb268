"""What the docs say holds: links lead somewhere, queries run, commands and exit statuses are the real ones."""

import re
from pathlib import Path

import pytest

from db.query import run_query
from scraper.errors import ExitStatus, FetchReason
from scraper.replica import Replica, ReplicaServer
from tests.test_run import START, Scene

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
QUERIES = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "queries.md").read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> str:
    """A database of two runs over the replica, three weeks apart."""
    with ReplicaServer(Replica(seed=1, start=START), slow=0.01) as server:
        scene = Scene(server, tmp_path_factory.mktemp("docs"))
        scene.run()
        scene.replica.advance(weeks=3)
        scene.run()
        return scene.settings.database


@pytest.mark.parametrize("sql", QUERIES, ids=lambda sql: " ".join(sql.split())[:60])
def test_every_query_of_the_cookbook_runs_and_finds_something(database, sql):
    """A reader who pastes a query gets an answer."""
    result = run_query(database, sql)
    assert result.columns
    assert result.rows or "nordlys" in sql or "HAVING" in sql


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
