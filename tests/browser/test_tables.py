"""Tables of the browser: sorted, narrowed down, counted and taken along; the quick way tells what the plain one does."""

import csv
import io
import json
import re
from html import unescape

import pytest
from datasette.database import Database, QueryInterrupted

from db.engine import connect_read_only, sqlite_path
from db.query import run_query
from scraper.browser import files, tables
from scraper.browser.orders import _BY_COMPANY, _ORDERS, ordered
from scraper.browser.shapes import SHOWN
from scraper.browser.site import Site
from scraper.browser.tables import ways
from scraper.browser.tallies import COLUMNS, of_some, of_whole
from tests.browser.serving import served


@pytest.fixture
def connection(filled):
    plain = connect_read_only(sqlite_path(filled))
    yield plain
    plain.close()


@pytest.mark.parametrize("way", ["", " desc"])
@pytest.mark.parametrize(("view", "column"), sorted({*_ORDERS, *_BY_COMPANY}))
def test_rows_read_along_an_index_come_in_the_order_of_their_column(connection, view, column, way):
    """Each row once, and the column's values as plain sorting has them, NULL where it stands there."""
    said = dict(connection.execute(f'SELECT id, "{column}" FROM {view}'))
    plain = [row[0] for row in connection.execute(f'SELECT "{column}" FROM {view} ORDER BY "{column}"{way}')]
    quick = [row[0] for row in connection.execute(ordered(view, column, descending=bool(way)) or "")]
    assert sorted(quick) == sorted(said)
    assert [said[number] for number in quick] == plain


def test_every_column_that_a_table_of_moves_and_people_shows_is_read_along_an_index():
    """A click on any head is answered at once, however many rows there are."""
    for view in ("moves", "people"):
        assert all(ordered(view, column, descending=False) for column in SHOWN[view])


@pytest.mark.parametrize(
    "sql",
    [
        "select id, person, sources from moves order by id desc limit 51",
        "select id, person, kind from moves where kind = 'hire' order by person limit 11 offset 7",
        'select id, "function" from moves where "function" = \'sales\' and role like \'%a%\' order by "id" desc limit 5',
        'select id, company from moves where "company" is not null order by "company" desc limit 30',
        "select id, name, names from companies  limit 20",
        "select id, name, hires from companies order by hires desc limit 20",
        "select id, name from people where name > 'M' limit 9",
        "select id, title from job_ads where gone_at is null order by id desc limit 51",
        "select * from run where id = 1 limit 51",
    ],
)
def test_every_way_to_ask_for_a_page_gives_it(filled, sql):
    """As many rows as the plain way, rows of its own, and the sorted column's values the same."""
    plain = run_query(filled, sql)
    by = re.search(r'order by "?(\w+)', sql)
    everything = {tuple(row) for row in run_query(filled, re.sub(r" limit .*", "", sql)).rows}
    for way in ways(sql):
        found = run_query(filled, way.sql)
        assert found.columns == plain.columns
        assert len(found.rows) == len(set(found.rows)) == len(plain.rows)
        assert set(found.rows) <= everything
        if by is not None:
            at = plain.columns.index(by[1])
            assert [row[at] for row in found.rows] == [row[at] for row in plain.rows]


@pytest.mark.parametrize(
    ("view", "where", "given"),
    [
        ("moves", "", {}),
        ("moves", '"kind" = :p0', {"p0": "hire"}),
        ("moves", '"kind" = :p0 and "region" is not null', {"p0": "hire"}),
        ("moves", '"function" is null', {}),
        ("moves", '"kind" = :p0', {"p0": "no such kind"}),
        ("job_ads", '"gone_at" is null and "function" = :p0', {"p0": "development"}),
        ("job_ads", '"gone_at" is not null', {}),
        ("fetches", "", {}),
        ("fetches", '"outcome" = :p0 and "reason" is null', {"p0": "fetched"}),
    ],
)
def test_what_is_kept_of_a_whole_table_counts_as_the_table_does(connection, view, where, given):
    """The number of rows that conditions leave, and how many of them have each value."""
    condition = f"WHERE {where}" if where else ""
    kept = of_whole(connection, view).narrowed(where, given)
    assert kept is not None
    assert kept.total == connection.execute(f"SELECT count(*) FROM {view} {condition}", given).fetchone()[0]
    some = {tuple(row[:-1]): row[-1] for row in connection.execute(of_some(view, condition), given)}
    assert {values: count for values, count in kept.rows.items() if count} == some
    for column in COLUMNS[view][:3]:
        sql = f"SELECT {column}, count(*) FROM {view} {condition} GROUP BY 1 HAVING {column} IS NOT NULL"
        assert {each["value"]: each["count"] for each in kept.values(column, 99)} == dict(
            connection.execute(sql, given).fetchall()
        )
    assert kept.narrowed('"role" = :p0', {"p0": "x"}) is None


def numbers(text: str) -> list[str]:
    return re.findall(r'class="count">([\d.]+)</span>', text.partition('aria-label="Narrow down"')[2])


@pytest.mark.parametrize(
    "path", ["/data/moves", "/data/moves?kind=hire", "/data/job_ads?gone_at__isnull=1", "/data/moves?role__contains=a"]
)
def test_a_large_database_shows_the_same_numbers(filled, monkeypatch, path):
    """What is kept of it, and what is counted of the rows that are left, is what a small one counts for itself."""
    with served(Site(filled)) as running:
        small = running.get(path).text.replace(running.address, "")
    monkeypatch.setattr("scraper.browser.site.LARGE", 1)
    with served(Site(filled)) as running:
        for _ in range(2):  # not kept yet, and kept
            assert running.get(path).text.replace(running.address, "") == small
    assert re.search(r">[\d.]+ rows<", small)
    assert numbers(small)


def stopped_at(monkeypatch, milliseconds: int) -> list[str]:
    """What is given so much time takes longer from now on; gives what was stopped."""
    plain, stopped = Database.execute, []

    async def execute(self, sql, params=None, **kwargs):
        if kwargs.get("custom_time_limit") == milliseconds:
            stopped.append(sql)
            raise QueryInterrupted(None, sql, params)
        return await plain(self, sql, params, **kwargs)

    monkeypatch.setattr(Database, "execute", execute)
    return stopped


def test_a_page_that_cannot_be_counted_in_time_is_shown_without_numbers(filled, monkeypatch):
    """The rows stand there all the same."""
    stopped_at(monkeypatch, tables.COUNTING_MS)
    with served(Site(filled)) as running:
        text = running.get("/data/moves?role__contains=a").text
    assert ">Rows<" in text
    assert 'href="/person/' in text


def test_a_way_that_takes_too_long_gives_place_to_the_next(filled, monkeypatch):
    """Rows that few meet are gathered, after all."""
    with served(Site(filled)) as running:
        path = "/data/moves?role__contains=a&_sort=person"
        before = running.get(path).text
        asked = stopped_at(monkeypatch, tables.WALKING_MS)
        assert re.findall(r'href="/person/\d+"', running.get(path).text) == re.findall(r'href="/person/\d+"', before)
    assert len(asked) == 1


def test_a_file_holds_every_row_of_its_table_in_order(shown, filled, monkeypatch):
    """CSV and JSON, filtered and sorted as the page is, however many rows and pieces there are."""
    monkeypatch.setattr(files, "PIECE", 7)
    text = unescape(shown.get("/data/moves?kind=hire&_sort=person&_all=1").text)
    links = re.findall(r'href="(/data/moves\.(?:csv|json)\?[^"]*)"', text)
    assert len(links) == 2
    wanted = run_query(filled, "SELECT person FROM moves WHERE kind = 'hire' ORDER BY person").rows
    rows = list(csv.DictReader(io.StringIO(shown.get(links[0]).text)))
    assert [(row["person"],) for row in rows] == wanted
    said = json.loads(shown.get(links[1]).text)
    assert [(row["person"],) for row in said["rows"]] == wanted
    assert list(said["rows"][0]) == said["columns"] == list(rows[0])
    assert shown.get("/data/moves.csv", method="HEAD").text == ""
    assert json.loads(shown.get("/data/moves.json?kind=nothing").text)["rows"] == []


def test_a_table_without_ids_comes_in_one_piece(shown, filled, monkeypatch):
    """So many rows as that may have."""
    ((count,),) = run_query(filled, "SELECT count(*) FROM sightings").rows
    assert len(list(csv.reader(io.StringIO(shown.get("/data/sightings.csv").text)))) == count + 1
    monkeypatch.setattr(files, "WITHOUT_IDS", 5)
    assert len(json.loads(shown.get("/data/move_sighting.json").text)["rows"]) == 5


def test_json_also_comes_page_by_page(shown):
    """For a program that asks for one after the other."""
    said = json.loads(shown.get("/data/moves.json?_size=3").text)
    assert len(said["rows"]) == 3
    assert "_next=3" in said["next_url"]


def test_only_so_many_files_are_written_at_a_time(shown, monkeypatch):
    """Whoever comes then is told to come again."""
    monkeypatch.setattr(files, "AT_ONCE", 0)
    said = shown.get("/data/moves.csv")
    assert said.status == 503
    assert "navnenyt export" in said.text
    assert said.headers["retry-after"] == "30"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/data/nothing.csv", 404), ("/data/moves.csv?_sort=nothing", 400), ("/data/moves?_sort=x", 400)],
)
def test_a_file_that_cannot_be_had_is_no_file(shown, path, status):
    """It is told as a page is."""
    said = shown.get(path)
    assert said.status == status
    assert "<h1>" in said.text
