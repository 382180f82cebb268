from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.records import JobAd, MoveKind
from scraper.replica import Fault, Replica, Site
from scraper.replica.layouts import LAYOUTS
from tests.replica.conftest import START


def fetch_all(replica: Replica, count: int = 200) -> list[bytes]:
    return [
        replica.reply(Site.NEWS, f"/art/{replica.news.identity(number)}", count=number).body for number in range(count)
    ]


def number_of(replica: Replica, fault: Fault | None) -> int:
    return next(n for n in range(replica.news.articles - 1, -1, -1) if replica.news.fault(n) is fault)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=5, deadline=None)
def test_one_seed_gives_one_replica(seed):
    """Two replicas of one seed say the same, byte for byte, and those of two seeds do not."""
    one, again, other = (Replica(number, start=START, articles=40) for number in (seed, seed, seed + 1))
    assert fetch_all(one, 40) == fetch_all(again, 40)
    assert one.truth() == again.truth()
    assert one.truth() != other.truth()


def test_rotation_holds_what_the_brief_of_a_side_column_asks(replica):
    """About forty announcements of every kind and some fourteen ads are in rotation, and no two are alike."""
    moves, ads = replica.truth(site=Site.NEWS)
    assert (len(moves), len(ads)) == (40, 14)
    assert len({move.text for move in moves}) == 40
    assert len({(ad.company, ad.title, ad.region) for ad in ads}) == 14
    everything = [move for week in range(12) for move in replica.truth(START + timedelta(weeks=week)).moves]
    assert {move.label for move in everything} == {
        "Nyt job",
        "Færdiggjort uddannelse",
        "Forfremmelse",
        "Udnævnelse",
        "Ny rolle",
    }
    assert {move.kind for move in everything} == {MoveKind.HIRE, MoveKind.EDUCATION, MoveKind.PROMOTION}


@pytest.mark.parametrize("seed", [1, 2, 77])
def test_namesakes_never_share_an_employer(seed):
    """Two people may have one name, as in life, but then they work for two firms."""
    replica = Replica(seed, start=START)
    moves = {move for week in range(60) for move in replica.truth(START + timedelta(weeks=week)).moves}
    assert len({move.person for move in moves}) < len(moves)
    assert len({(move.person, move.company) for move in moves}) == len(moves)


def test_sites_share_no_announcement_and_no_ad(replica):
    """What one site shows is not shown by another, so that each record has one source."""
    people: dict[Site, set[str]] = {}
    ads: dict[Site, set[tuple[str, str]]] = {}
    for site in Site:
        for week in range(20):
            moves, job_ads = replica.truth(START + timedelta(weeks=week), site=site)
            people.setdefault(site, set()).update(move.person for move in moves)
            ads.setdefault(site, set()).update((ad.company, ad.title) for ad in job_ads)
    assert not people[Site.NEWS] & people[Site.SECOND]
    assert not ads[Site.NEWS] & ads[Site.SECOND]
    assert not ads[Site.NEWS] & ads[Site.JOBS]
    assert not ads[Site.SECOND] & ads[Site.JOBS]


def test_each_week_replaces_a_third_of_the_announcements(replica):
    """From one week to the next about a third of the announcements are new; within a week none is."""
    before = set(replica.truth(site=Site.NEWS).moves)
    replica.advance(days=6)
    assert set(replica.truth(site=Site.NEWS).moves) == before
    replica.advance(days=1)
    after = set(replica.truth(site=Site.NEWS).moves)
    assert 12 <= len(after - before) <= 15
    replica.now = START + timedelta(weeks=3)
    assert not set(replica.truth(site=Site.NEWS).moves) & before


def test_job_ads_live_two_to_eight_weeks(replica):
    """An ad is there for two to eight weeks on end, and then for good it is not."""
    weeks: dict[JobAd, list[int]] = {}
    for week in range(60):
        for ad in replica.truth(START + timedelta(weeks=week)).job_ads:
            weeks.setdefault(ad, []).append(week)
    whole = [seen for seen in weeks.values() if seen[0] > 0 and seen[-1] < 59]
    assert whole
    assert all(seen == list(range(seen[0], seen[-1] + 1)) for seen in whole)
    assert {len(seen) for seen in whole} == set(range(2, 9))


def test_some_hires_follow_a_job_ad_that_ended(replica):
    """Ad and hire are two ends of one story: an employer whose ad is gone announces who got the job."""
    ended = {(ad.company, ad.title) for ad in replica.truth(site=Site.NEWS).job_ads}
    later = [m for week in range(2, 12) for m in replica.truth(START + timedelta(weeks=week)).moves]
    assert any(
        move.kind is MoveKind.HIRE and move.role == title and move.company == company
        for move in later
        for company, title in ended
    )


def test_new_articles_come_with_time(replica):
    """About twelve articles a week join, stand first in the feed, and did not answer before."""
    newest = replica.news.visible(START)
    path = f"/art/{replica.news.identity(newest)}"
    assert replica.reply(Site.NEWS, path).status == 404
    replica.advance(weeks=1)
    assert replica.news.visible(replica.now) == newest + 12
    assert replica.reply(Site.NEWS, path).status == 200
    feed = replica.reply(Site.NEWS, "/rss/all").body.decode()
    assert len(re.findall("<item>", feed)) == 30
    assert f"{path}/" in feed


def test_feed_dates_fall_and_none_lies_ahead(replica):
    """The feed lists the newest first, and nothing of tomorrow."""
    replica.advance(weeks=2)
    dates = [replica.news.published(n) for n in range(replica.news.visible(replica.now) - 1, 0, -1)]
    assert dates[:100] == sorted(dates[:100], reverse=True)
    assert dates[0] <= replica.now


def test_no_lure_is_in_the_truth(replica):
    """Whoever stands only in lures is announced nowhere, at no time, on no site."""
    for week in range(0, 100, 3):
        moves, ads = replica.truth(START + timedelta(weeks=week))
        said = "\n".join([move.text for move in moves] + [f"{ad.company} {ad.title}" for ad in ads])
        assert not [lure for lure in replica.lures if lure in said]


def test_pages_are_full_of_lures(replica):
    """Every second page or more names somebody in its body, its scripts or its comments who is no news."""
    pages = [body.decode("utf-8", "replace") for body in fetch_all(replica, 60)]
    lured = [page for page in pages if any(lure in page for lure in replica.lures)]
    assert len(lured) > 50
    for trap in ("<template", "<!--", "display:none", "hidden", "ansat 200 medarbejdere", "window.old", "i 1998"):
        assert any(trap in page for page in pages), trap


def test_side_columns_vary(replica):
    """Three to six announcements and two to four ads are drawn, any part may be missing, some are cut off."""
    replies = [
        replica.reply(Site.NEWS, f"/art/{replica.news.identity(number % 150)}", count=number) for number in range(400)
    ]
    replies = [reply for reply in replies if reply.shown.moves or reply.shown.job_ads]
    assert {len(reply.shown.moves) for reply in replies} == {0, 3, 4, 5, 6}
    assert {len(reply.shown.job_ads) for reply in replies} == {0, 2, 3, 4}
    cut = [reply for reply in replies if reply.shown.truncated]
    assert 10 < len(cut) < 60
    whole = {move.person for reply in replies for move in reply.shown.moves}
    assert not whole & {move.person for reply in cut for move in reply.shown.truncated}
    assert {move for reply in replies for move in reply.shown.moves} == set(replica.truth(site=Site.NEWS).moves)


def test_a_fixed_draw_follows_article_and_week_alone():
    """With draw="fixed" the same page comes again however often it is asked for, until the week is over."""
    replica = Replica(1, start=START, draw="fixed")
    path = f"/art/{replica.news.identity(100)}"
    first = replica.reply(Site.NEWS, path, count=0)
    assert replica.reply(Site.NEWS, path, count=77) == first
    assert first.modified == START
    replica.advance(weeks=1)
    later = replica.reply(Site.NEWS, path)
    assert later.body != first.body
    assert later.modified == START + timedelta(weeks=1)


def words_of(html: str) -> str:
    """What a reader reads of a page, on one line: no tags, invisible signs or runs of blanks."""
    shown = re.sub(r"(?s)<!--.*?-->|<(script|style|template)\b.*?</\1>", "", html)
    plain = unescape(re.sub(r"<b>|</b>", "", shown))
    return " ".join(re.sub(r"<[^>]*>|[\xad\u200b]", lambda tag: " " if tag[0][0] == "<" else "", plain).split())


def decoded(replica: Replica, number: int, body: bytes) -> str:
    """A page of the news site as text, by the way it is really written."""
    return body.decode("cp1252" if number % 10 in {0, 3, 5} else "utf-8-sig")


@pytest.mark.parametrize("number", range(60, 90))
def test_every_page_says_what_its_truth_says(replica, number):
    """Whatever the mark-up and the encoding, the words of each announcement and ad stand on the page, in order."""
    reply = replica.reply(Site.NEWS, f"/art/{replica.news.identity(number)}", count=number)
    text = words_of(decoded(replica, number, reply.body))
    at = 0
    for move in reply.shown.moves:
        at = text.index(move.text, at)
    for ad in reply.shown.job_ads:
        assert f"{ad.company} {ad.title} {ad.region}" in text
    for move in reply.shown.truncated:
        assert move.text in text
    assert text.count("Navnenyt fra it-Danmark") >= bool(reply.shown.moves)
    assert len(reply.body) > 12_000


def test_layouts_differ(replica):
    """Six layouts take turns, so that no two neighbouring articles have the same elements."""
    tags = []
    for number in range(100, 100 + len(LAYOUTS)):
        body = replica.reply(Site.NEWS, f"/art/{replica.news.identity(number)}", count=4).body
        before = decoded(replica, number, body).partition("Navnenyt fra it-Danmark</")[0]
        tags.append(tuple(re.findall(r"<[^>]+>", before)[-3:]))
    assert len(set(tags)) == len(LAYOUTS)


def test_encodings_are_as_announced_or_wrong_on_purpose(replica):
    """Pages come in utf-8, in windows-1252 that says so, in windows-1252 that claims utf-8, and with a byte-order mark."""
    replies = {n % 10: replica.reply(Site.NEWS, f"/art/{replica.news.identity(n)}", count=n) for n in range(60, 70)}
    assert replies[0].content_type.endswith("windows-1252")
    replies[0].body.decode("cp1252")
    assert replies[3].content_type.endswith("utf-8")
    with pytest.raises(UnicodeDecodeError):
        replies[3].body.decode("utf-8")
    assert b'charset="windows-1252"' in replies[5].body
    assert replies[5].content_type == "text/html"
    assert replies[7].body.startswith(b"\xef\xbb\xbf")
    assert "Kodebladet" in replies[1].body.decode("utf-8")


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.NOT_FOUND, 404),
        (Fault.GONE, 410),
        (Fault.ERROR, 500),
        (Fault.ERROR_ONCE, 500),
        (Fault.SLOW, 200),
        (Fault.SOFT_404, 200),
        (Fault.ELSEWHERE, 302),
        (Fault.WRONG_TYPE, 200),
        (Fault.OVERSIZED, 200),
        (Fault.MOVED, 301),
        (Fault.DISALLOWED, 200),
        (Fault.NO_ARTICLE, 200),
    ],
)
def test_each_fault_is_among_the_pages_of_the_feed(replica, fault, status):
    """A run over the feed meets every fault there is, and no page that is not whole shows anything."""
    number = number_of(replica, fault)
    path = f"/art/{replica.news.identity(number)}"
    assert f"{path}/" in replica.reply(Site.NEWS, "/rss/all").body.decode()
    reply = replica.reply(Site.NEWS, path)
    assert reply.status == status
    assert bool(reply.shown.moves or reply.shown.job_ads) == (fault is Fault.SLOW)
    again = replica.reply(Site.NEWS, path, attempt=1)
    assert again.status == (200 if fault is Fault.ERROR_ONCE else status)


def test_faults_go_on_in_later_weeks(replica):
    """Articles that come later fail now and then, too."""
    later = [replica.news.fault(number) for number in range(200, 300)]
    assert {fault for fault in later if fault} == {Fault.NOT_FOUND, Fault.SOFT_404, Fault.ERROR_ONCE, Fault.SLOW}


def test_slug_does_not_matter_and_ids_do_not_follow_time(replica):
    """An article answers under any slug or none, and a later article may have a smaller id."""
    path = f"/art/{replica.news.identity(90)}"
    assert replica.reply(Site.NEWS, f"{path}/whatever") == replica.reply(Site.NEWS, path)
    ids = [replica.news.identity(number) for number in range(200)]
    assert ids != sorted(ids)
    assert [replica.news.number(identity) for identity in ids] == list(range(200))


@pytest.mark.parametrize(
    ("site", "path", "status"),
    [
        (Site.NEWS, "/", 200),
        (Site.NEWS, "/emne/3", 200),
        (Site.NEWS, "/om/1", 200),
        (Site.NEWS, "/billede.svg", 200),
        (Site.NEWS, "/sitemap.xml", 200),
        (Site.NEWS, "/jobklik/100", 302),
        (Site.NEWS, "/art/1", 404),
        (Site.NEWS, "/art/99999999", 404),
        (Site.NEWS, "/nowhere", 404),
        (Site.SECOND, "/", 200),
        (Site.SECOND, "/robots.txt", 200),
        (Site.SECOND, "/velkommen", 200),
        (Site.SECOND, "/nyheder/2026/slug-99999", 404),
        (Site.SECOND, "/nowhere", 404),
        (Site.JOBS, "/", 200),
        (Site.JOBS, "/robots.txt", 200),
        (Site.JOBS, "/jobannonce/unknown", 404),
        (Site.JOBS, "/nowhere", 404),
    ],
)
def test_what_is_beside_the_articles_answers_and_shows_nothing(replica, site, path, status):
    """Front pages, pictures and dead ends answer as on a real site and announce nobody."""
    reply = replica.reply(site, path)
    assert reply.status == status
    assert not reply.shown.moves
    assert not reply.shown.job_ads


def test_sitemap_lists_every_article(replica):
    """The sitemap has all articles published so far, each with the day of its publication."""
    xml = replica.reply(Site.NEWS, "/sitemap.xml").body.decode()
    assert len(re.findall(r"<loc>http://news.invalid/art/\d+/[a-z0-9-]+</loc><lastmod>\d{4}-\d\d-\d\d", xml)) == 200


def test_pages_that_robots_txt_forbids_carry_traps(replica):
    """What robots.txt forbids announces people that must never be in a database."""
    robots = replica.reply(Site.NEWS, "/robots.txt").body.decode()
    article = replica.news.identity(number_of(replica, Fault.DISALLOWED))
    assert f"Disallow: /art/{article}\n" in robots
    for path in (f"/art/{article}", f"/print/art/{replica.news.identity(5)}"):
        page = replica.reply(Site.NEWS, path).body.decode()
        assert sum(page.count(lure) for lure in replica.lures) >= 3


@pytest.mark.parametrize(
    ("arguments", "word"),
    [({"start": datetime(2026, 1, 1)}, "time zone"), ({"start": START, "articles": 39}, "at least 40")],  # noqa: DTZ001
)
def test_a_wrong_argument_is_told(arguments, word):
    """A clock without a time zone and a site too small for its faults are refused with the reason."""
    with pytest.raises(ValueError, match=word):
        Replica(1, **arguments)


def test_clock_needs_a_time_zone(replica):
    """The sites' clock cannot be set to a moment that means another one elsewhere."""
    with pytest.raises(ValueError, match="time zone"):
        replica.now = datetime(2026, 1, 1)  # noqa: DTZ001
