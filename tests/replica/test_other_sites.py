from __future__ import annotations

import json
import re
from pathlib import Path

from scraper.config import SourceKind, load
from scraper.replica import Replica, Site
from tests.replica.conftest import START


def test_second_site_is_another_world(replica):
    """The second site has its own addresses, Atom in Latin-1, its own heading and its own announcements."""
    feed = replica.reply(Site.SECOND, "/atom.xml").body.decode("iso-8859-1")
    links = re.findall(r'href="http://second.invalid(/nyheder/\d{4}/[\w-]+-\d+)"', feed)
    assert len(links) == 20
    shown = set()
    for count, link in enumerate(links * 4):
        reply = replica.reply(Site.SECOND, link, count=count)
        assert reply.body.decode("iso-8859-1").count("Nyt om navne") == bool(reply.shown.moves or reply.shown.truncated)
        shown |= set(reply.shown.moves)
    assert shown == set(replica.truth(site=Site.SECOND).moves)
    fixed = Replica(1, start=START, draw="fixed")
    assert fixed.reply(Site.SECOND, links[0]).modified is not None


def test_board_s_ads_carry_job_posting(replica):
    """Each ad's page has its JobPosting somewhere in its JSON-LD blocks, saying what the truth says."""
    feed = replica.reply(Site.JOBS, "/job.rss").body.decode("iso-8859-1")
    links = re.findall(r"<link>http://jobs.invalid(/jobannonce/[^<]+)</link>", feed)
    assert len(links) == 18
    shapes = set()
    for link in links:
        reply = replica.reply(Site.JOBS, link)
        (ad,) = reply.shown.job_ads
        html = reply.body.decode("iso-8859-1").replace("&#8211;", "–")
        assert ad.url == f"http://jobs.invalid{link}"
        blocks = re.findall(r'<script type="application/ld\+json">(.+?)</script>', html, re.DOTALL)
        if any(re.search(r"[\x00-\x1f]", block) for block in blocks):
            shapes.add("control characters")
        found = [json.loads(block, strict=False) for block in blocks]
        shapes.add("several" if len(found) > 1 else type(found[0]).__name__ + str("@graph" in found[0]))
        nodes = [node for top in found for node in (top if isinstance(top, list) else top.get("@graph", [top]))]
        (posting,) = [node for node in nodes if node["@type"] == "JobPosting"]
        assert posting["title"] == ad.title
        assert posting["hiringOrganization"]["name"] == ad.company
        assert posting["jobLocation"]["address"]["addressRegion"] == ad.region
        assert posting["identifier"]["value"] == ad.identifier
        assert posting["datePosted"] == str(ad.posted)
        assert posting["validThrough"].startswith(str(ad.deadline or "0001-01-01"))
    assert shapes == {"control characters", "several", "listFalse", "dictFalse", "dictTrue"}


def test_feed_titles_of_the_board_are_role_and_company(replica):
    """A feed title splits into role and company at its last comma."""
    feed = replica.reply(Site.JOBS, "/job.rss").body.decode("iso-8859-1")
    titles = re.findall(r"<item><title>([^<]+)</title>", feed.replace("&amp;", "&").replace("&#8211;", "–"))
    said = {tuple(title.rsplit(", ", 1)) for title in titles}
    assert said == {(ad.title, ad.company) for ad in replica.truth(site=Site.JOBS).job_ads}


def test_an_ad_that_is_over_answers_gone(replica):
    """An ad's page answers 410 once the ad has ended."""
    links = [ad.url.removeprefix("http://jobs.invalid") for ad in replica.truth(site=Site.JOBS).job_ads]
    replica.advance(weeks=9)
    assert {replica.reply(Site.JOBS, link).status for link in links} == {410}


def test_config_is_one_that_navnenyt_takes(replica, tmp_path):
    """The config of the replica loads, names its three sources, and reads ids out of their addresses."""
    file = tmp_path / "config.yaml"
    file.write_text(replica.config(replica.origins, tmp_path / 'da"ta'), encoding="utf-8")
    loaded = load(file)
    assert loaded.data_dir == Path(tmp_path / 'da"ta')
    assert loaded.fetch.allow_private_addresses
    news, second, jobs = loaded.enabled_sources()
    assert (news.kind, second.kind, jobs.kind) == (SourceKind.ARTICLES, SourceKind.ARTICLES, SourceKind.JOB_BOARD)
    assert {source.gap for source in loaded.sources.values()} == {0}
    identity = replica.news.identity(7)
    assert news.article_id(replica.origins.news + replica.news.path(7)) == str(identity)
    assert replica.reply(Site.NEWS, f"/art/{identity}").status == 200
    assert second.article_id(replica.origins.second + replica.second.path(0)) == "12345"
    ad = replica.truth(site=Site.JOBS).job_ads[0]
    assert jobs.article_id(ad.url) == ad.identifier
