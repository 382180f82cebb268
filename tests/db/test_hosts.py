"""What is remembered of hosts from one run to the next."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine

from db import hosts
from db.engine import reading
from db.hosts import Hosts
from scraper.records import HostPause, PageKind, SiteFile
from tests.db.conftest import START, Desk, ad, hire
from tests.db.test_job_ads import next_day, open_titles

SITE = "https://bladet.example"


def test_a_site_file_comes_back_as_it_was_kept(engine: Engine) -> None:
    """robots.txt, bytes and all, is there for the next run; a newer answer stands in the place of the older."""
    memory = Hosts(engine)
    assert memory.site_file(SITE, "/robots.txt") is None
    had = SiteFile(
        asked_at=START,
        until=START + timedelta(days=1),
        status=200,
        body=b"User-agent: *\nDisallow: /\xff\0",
        archive=("bladet-20260112.warc.gz", 512),
    )
    memory.keep_site_file(SITE, "/robots.txt", had)
    assert Hosts(engine).site_file(SITE, "/robots.txt") == had
    assert memory.site_file(SITE, "/.well-known/tdmrep.json") is None
    assert memory.site_file("http://bladet.example", "/robots.txt") is None
    failed = SiteFile(asked_at=START, until=START, reason="dns", detail="no such name", body=had.body)
    memory.keep_site_file(SITE, "/robots.txt", failed)
    assert memory.site_file(SITE, "/robots.txt") == failed


def test_a_pause_comes_back_as_it_was_kept(engine: Engine) -> None:
    """Until when a host wants to be left, and its words, outlive the process; the last word counts."""
    memory = Hosts(engine)
    assert memory.pause("bladet.example") is None
    for hours in (6, 2):
        pause = HostPause(said_at=START, until=START + timedelta(hours=hours), said=f"Retry-After: {hours * 3600}")
        memory.keep_pause("bladet.example", pause)
    assert Hosts(engine).pause("bladet.example") == pause
    assert memory.pause("bladet.example:8080") is None


def test_the_last_request_tells_when_it_ended_and_how_long_it_took(desk: Desk, engine: Engine) -> None:
    """The next run takes up the pace where this one left it; what never left the house is no request."""
    memory = Hosts(engine)
    assert memory.last_request("bladet") is None
    desk.page(elapsed_ms=2500, final_url="https://www.bladet.example/art/1")
    asked = desk.now
    desk.failed(identity="2", reason="robots_disallowed", status=None)
    last = memory.last_request("bladet")
    assert last == ("https://www.bladet.example/art/1", asked + timedelta(seconds=2.5), 2.5)
    assert memory.last_request("another") is None
    with reading(engine) as connection:
        assert hosts.last_answer(connection, "bladet") == (asked, "fetched", 2.5)
        assert hosts.last_answer(connection, "another") is None
    desk.failed(identity="3", reason="not_found", status=404)
    with reading(engine) as connection:
        answer = hosts.last_answer(connection, "bladet")
    assert answer is not None
    assert answer.ended == "not_found"


def test_what_the_newest_run_heard_of_reservations(desk: Desk, engine: Engine) -> None:
    """A reservation that the newest run no longer heard of is history."""

    def said() -> str:
        with reading(engine) as connection:
            return hosts.last_reservation(connection, "bladet")

    assert said() == ""
    desk.failed(reason="reserved", reservation="header: tdm-reservation: 1")
    desk.page(identity="2")
    assert said() == "header: tdm-reservation: 1"
    assert desk.column("SELECT reservation FROM fetches ORDER BY id") == ["header: tdm-reservation: 1", None]
    desk.end()
    desk.begin()
    desk.page(identity="2")
    assert said() == ""


def test_a_reservation_drops_no_record_and_ends_no_ad(desk: Desk) -> None:
    """What a page showed while it was free stays, and an ad that was last seen there stays open, run after run."""
    desk.page(hire(), ad(title="A"), identity="1")
    desk.page(ad(title="B"), identity="2")
    desk.end()
    for _ in range(3):
        next_day(desk)
        desk.failed(identity="1", reason="reserved", reservation="meta: tdm-reservation: 1")
        desk.page(ad(title="C"), identity="2")
        desk.page(ad(title="C"), identity="3")
        desk.end()
        assert open_titles(desk) == ["A", "C"]
    assert desk.row("SELECT whole, failures FROM source_runs ORDER BY run_id DESC LIMIT 1")["whole"] == 1
    assert desk.column("SELECT person FROM moves") == ["Signe Lundegaard"]
    assert desk.column("SELECT count(*) FROM job_ad") == [3]


def test_the_ad_of_a_reserved_page_ends_once_another_look_goes_without_it(desk: Desk) -> None:
    """The control: when the page is free again and shows other ads, the ad is over."""
    desk.page(ad(title="A"), identity="1")
    desk.end()
    next_day(desk)
    desk.failed(identity="1", reason="reserved")
    desk.page(ad(title="B"), identity="2")
    desk.end()
    assert open_titles(desk) == ["A", "B"]
    next_day(desk)
    desk.page(ad(title="B"), identity="1")
    desk.end()
    assert open_titles(desk) == ["B"]


def test_a_board_whose_pages_become_reserved(desk: Desk) -> None:
    """An ad with a page of its own stays open when that page is reserved."""
    own = {"kind": PageKind.JOB_AD}
    desk.page(ad(title="A"), identity="a", **own)  # type: ignore[arg-type]
    desk.end()
    next_day(desk)
    desk.failed(identity="a", reason="reserved", **own)
    desk.end()
    assert open_titles(desk) == ["A"]


def test_a_page_reserved_before_it_is_asked_for_spends_no_budget(desk: Desk) -> None:
    """Only what went out is counted: a reservation or a pause that was known before is no request; feeds are apart."""
    desk.failed(identity="1", reason="reserved", status=None)
    desk.failed(identity="2", reason="rate_limited", status=None)
    desk.failed(identity="3", reason="reserved", status=200)
    desk.failed(identity="4", reason="rate_limited", status=429)
    desk.page(identity="5")
    day = desk.now.date()
    assert desk.store.pages_fetched_on("bladet", day) == 3
    assert desk.store.pages_fetched_on("bladet", day, feeds=True) == 0
