"""Scorecard row 27: script payloads in every column, in a real browser."""

import json
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from db.engine import sqlite_path
from scraper.browser import guard
from scraper.browser.companies import LISTS
from scraper.browser.site import Site
from tests import chromium
from tests.browser.payloads import RAN, canary, payloads, spoil
from tests.browser.serving import served

IDS = (1, 2, 3, 5, 8, 13, 21)
NARROW = 200
"""Milliseconds that a page is given to do harm after it has loaded."""


def every_page(site: Site) -> list[str]:
    """An address of each kind, and each view and table."""
    records = [f"/{kind}/{id_}" for kind in ("move", "ad", "company", "person") for id_ in IDS]
    records += [f"/company/{id_}/{each}" for id_ in IDS for each in LISTS]
    tables = [f"/data/{name}?_all=1&_size=100" for name in site.described]
    rows = [f"/data/{name}/1" for name, each in site.described.items() if not each.is_view and "id" in each.columns]
    trends = [
        f"/trends/{name}" for name in "hires_by_month companies_hiring_most roles_hired where_people_come_from".split()
    ]
    typed = [
        "/search?q=script",
        "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/sql?sql=%3C/textarea%3E%3Cscript%3E",
        "/trends/hires_by_month?company=%3Cscript%3Ealert(1)%3C/script%3E",
    ]
    sql = [
        "/sql?sql=SELECT+*+FROM+moves",
        "/sql?sql=SELECT+*,+text+AS+%22%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%22+FROM+job_ads",
    ]
    return ["/", "/trends", "/data", "/sql", *records, *tables, *rows, *trends, *typed, *sql]


@pytest.fixture(scope="module")
def another():
    """Another origin, and what was asked of it."""
    with canary() as (address, asked):
        yield address, asked


@pytest.fixture(scope="module")
def spoiled(filled, tmp_path_factory, another) -> str:
    """A database with a payload in every column."""
    target = tmp_path_factory.mktemp("spoiled") / "navnenyt.db"
    assert spoil(sqlite_path(filled), target, another[0]) > 5000
    return f"sqlite:///{target}"


@pytest.fixture(scope="module")
def hostile(spoiled):
    """The browser on it."""
    with served(Site(spoiled)) as running:
        yield running


class Tags(HTMLParser):
    """The tags, attributes and addresses of a page, as a browser would find them."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.targets: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.targets += [value or "" for name, value in attrs if name in {"href", "src", "action", "srcset"}]


def test_a_payload_is_text_wherever_it_is_shown(hostile):
    """No tag of a payload's, no handler, no style, no address but of the web or our own; every page still stands."""
    for path in every_page(hostile.site):
        said = hostile.get(path)
        assert said.status in expected(path), path
        page = Tags(said.text)
        assert not page.tags & set("script style iframe object embed base video math form input".split()) - {
            "form",
            "input",
        }, path
        assert not [name for name in page.attributes if name.startswith("on") or name == "style"], path
        for target in page.targets:
            assert target.startswith(("/", "#")) or urlsplit(target).scheme in {"http", "https"}, target
        assert "\u202e" not in said.text
        assert "\x1b" not in said.text
        assert "{{ cycler" in said.text or "cycler" not in said.text  # shown, not run


def test_every_kind_of_payload_is_shown_somewhere(hostile, another):
    """The test above looks at pages that do hold them."""
    text = "".join(hostile.get(path).text for path in every_page(hostile.site))
    missing = [payload for payload in payloads(another[0]) if not re.search(_start(payload), text)]
    assert not missing


def expected(path: str) -> set[int]:
    """The statuses that a page may have: SQL that is none is told, a row need not be there, all others stand."""
    if path.startswith("/sql?sql=%3C"):
        return {400}
    return {200, 404} if re.fullmatch(r"/data/\w+/1", path) else {200}


def _start(payload: str) -> str:
    if payload.startswith("\u202e"):
        return re.escape(r"\u202egnp.exe\u2066")
    seen = "".join(char for char in payload[:12] if char.isprintable() and char != "\t")
    return re.escape(escape(seen, quote=True)[:8]).replace("&\\#x27;", "&\\#39;").replace("&quot;", "&\\#34;")


class Harm(NamedTuple):
    """Pages on which a script ran, pages that went elsewhere, requests to elsewhere, and what came to the other origin."""

    ran: list[str]
    left: list[str]
    elsewhere: list[str]
    came: list[str]


def visit(running, browser, paths, asked):
    """What happened on the pages: scripts that ran, things loaded from elsewhere, requests to elsewhere."""
    ran, left, elsewhere = [], [], []
    asked.clear()
    for path in paths:
        before = asked.count("/ran")
        browser.get(running.address + path)
        browser.execute_async_script(f"setTimeout(arguments[arguments.length - 1], {NARROW})")
        if browser.title == RAN or asked.count("/ran") > before:
            ran.append(path)
        if not browser.current_url.startswith(running.address):
            left.append(path)
        for entry in browser.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if not url.startswith((running.address, "about:", "data:", "chrome")):
                    elsewhere.append(url)
        browser.get_log("browser")
    return Harm(ran, left, elsewhere, list(asked))


def _without(monkeypatch, *, escaping: bool, policy: bool):
    """Switch guards off for sites made from now on."""
    if not policy:
        monkeypatch.setattr(guard, "HEADERS", ())
    if not escaping:
        prepared = Site.__init__

        def unescaped(self, *args, **kwargs):
            prepared(self, *args, **kwargs)
            self.jinja_env.autoescape = False

        monkeypatch.setattr(Site, "__init__", unescaped)


@pytest.mark.scorecard
@pytest.mark.skipif(not chromium.is_there(), reason=chromium.MISSING)
def test_nothing_runs_and_nothing_foreign_is_loaded(hostile, spoiled, another, record_property, monkeypatch):
    """Row 27, in Chromium; with escaping and policy off the same pages run scripts, with escaping off alone none does."""
    _, asked = another
    paths = every_page(hostile.site)
    few = ["/", "/search?q=script", *(f"/move/{id_}" for id_ in IDS), *(f"/company/{id_}" for id_ in IDS)]
    with chromium.chromium() as browser:
        harm = visit(hostile, browser, paths, asked)
        with monkeypatch.context() as patch:
            _without(patch, escaping=False, policy=True)
            with served(Site(spoiled)) as running:
                policy_alone = visit(running, browser, few, asked)
            _without(patch, escaping=False, policy=False)
            with served(Site(spoiled)) as running:
                nothing = visit(running, browser, few, asked)
    record_property(
        "scorecard",
        f"27|payloads in every column: {len(paths)} pages in Chromium|{len(harm.ran)} ran, {len(harm.came)} loads"
        f"|escaping and policy off: {len(nothing.ran)} of {len(few)} pages ran, {len(nothing.came)} loads",
    )
    record_property(
        "scorecard",
        f"27|the policy alone, escaping off: {len(few)} pages|{len(policy_alone.ran)} ran"
        f"|policy off too: {len(nothing.ran)} ran",
    )
    assert harm == Harm([], [], [], [])
    assert policy_alone.ran == []
    assert {path.split("?")[0] for path in policy_alone.came} <= {"/h.html", "/favicon.ico"}  # a page sent on by <meta>
    assert len(nothing.ran) > len(few) / 2
    assert nothing.came


def test_a_file_of_hostile_rows_is_a_file(hostile):
    """CSV and JSON of the same rows are never taken for a page."""
    for path in (
        "/data/moves.json",
        "/data/moves.csv",
        "/sql.json?sql=SELECT+*+FROM+moves",
        "/sql.csv?sql=SELECT+*+FROM+moves",
    ):
        said = hostile.get(path)
        assert said.status == 200
        assert not said.headers["content-type"].startswith("text/html")
        assert said.headers["x-content-type-options"] == "nosniff"


def test_the_file_on_disk_is_left_alone(spoiled, hostile):
    """Reading hostile rows writes nothing."""
    before = Path(sqlite_path(spoiled)).read_bytes()
    hostile.get("/")
    assert Path(sqlite_path(spoiled)).read_bytes() == before
