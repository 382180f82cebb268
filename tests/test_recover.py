"""What the archive holds and the database does not is read by the next run."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from db.restore import restore
from scraper.errors import ExitStatus
from scraper.fetchers.archive import Archive, Exchange
from scraper.replica import Replica, ReplicaServer
from tests.test_run import START, Quiet, Scene, stored_ads, stored_moves


@pytest.fixture
def scene(tmp_path):
    with ReplicaServer(Replica(seed=3, start=START, articles=40), slow=0.01) as server:
        yield Scene(server, tmp_path, pages_per_run=8)


def recovered(scene):
    return scene.ask("SELECT count(*) FROM fetch WHERE allowed_by LIKE 'read from the archive%'")[0][0]


def records(scene):
    """Each record with the number of its sightings of pages that were fetched whole."""
    sightings = "SELECT {table}_id FROM {table}_sighting i JOIN fetch f ON f.id = fetch_id WHERE outcome = 'fetched'"
    return Counter(scene.ask(sightings.format(table="move"))), Counter(scene.ask(sightings.format(table="job_ad")))


def test_after_a_restore_the_next_run_catches_up_from_the_archive(scene, tmp_path):
    """A database put back from before the last run has, after the next, all that the run in between had found."""
    scene.run()
    database = scene.settings.data_dir / "navnenyt.db"
    older = shutil.copy(database, tmp_path / "older.db")
    scene.replica.advance(days=8)
    scene.run()
    moves, ads = set(stored_moves(scene)), set(stored_ads(scene))
    pages = scene.ask(
        "SELECT count(*) FROM fetch JOIN page p ON p.id = page_id WHERE run_id = 2 AND p.kind != 'feed' AND outcome = 'fetched'"
    )[0][0]
    restore(database, older, now=START)
    assert moves - set(stored_moves(scene))
    scene.server.__exit__(None, None, None)
    summary = scene.run()
    assert summary.exit_status is ExitStatus.UNREACHABLE
    assert summary.recovered == pages > 0
    assert (set(stored_moves(scene)), set(stored_ads(scene))) == (moves, ads)
    assert scene.run().recovered == 0


def test_a_lost_database_is_read_from_the_archive(scene):
    """Without any database the next run reads the whole archive, every sighting of it."""
    scene.run()
    scene.replica.advance(days=8)
    scene.run()
    before = set(stored_moves(scene)), set(stored_ads(scene))
    sightings = [sorted(counts.values()) for counts in records(scene)]
    (scene.settings.data_dir / "navnenyt.db").unlink()
    scene.server.__exit__(None, None, None)
    scene.run()
    assert (set(stored_moves(scene)), set(stored_ads(scene))) == before
    assert [sorted(counts.values()) for counts in records(scene)] == sightings


def test_without_anything_lost_nothing_is_read_twice(scene):
    """After runs that ended by themselves, and one that was interrupted, nothing is read from the archive."""
    scene.run()
    scene.run(reporter=Quiet(interrupt_after=4))
    scene.run()
    assert recovered(scene) == 0


def add(scene, url, body, *, status=200, kind="text/html; charset=utf-8", headers=(), truncated="", at=None):
    """An answer in the archive that no database knows of."""
    moment = at or scene.clock()
    archive = Archive(scene.settings.data_dir / "archive", clock=lambda: moment)
    archive.add(
        "kodebladet",
        Exchange(
            url=url,
            at=moment,
            request_headers=(),
            status=status,
            phrase="",
            headers=(("Content-Type", kind), ("ETag", '"abc"'), *headers),
            body=body.encode(),
            truncated=truncated,
        ),
    )


PAGE = """<html><body><article><h1>En artikel</h1><p>{long}</p></article><aside><h2>Navnenyt fra it-Danmark</h2>
<p>Nordlys Data A/S har pr. 1. februar 2026 ansat Åse Mølgård, 41 år, som projektleder. Nyt job</p></aside></body></html>
""".replace("{long}", "Der er nyt om net og data i dag. " * 20)


def test_only_whole_pages_of_the_source_are_read(scene):
    """Half an answer, another type, a wall, a foreign host and a robots.txt are no pages: they are asked for again."""
    scene.run("kodebladet")
    site = scene.server.url
    add(scene, f"{site}/art/990001", PAGE[:300], truncated="length")
    add(scene, f"{site}/art/990002", PAGE, kind="application/pdf")
    add(scene, f"{site}/art/990003", "<h1>Siden findes ikke</h1>")
    add(scene, "http://foreign.example/art/990004", PAGE)
    add(scene, f"{site}/robots.txt", "User-agent: *", kind="text/plain")
    add(scene, f"{site}/om-os", PAGE)
    add(scene, f"{site}/art/990005", PAGE, status=500)
    add(scene, f"{site}/art/990006", PAGE)
    assert scene.run("kodebladet").recovered == 1
    read = scene.ask(
        "SELECT f.url, p.identity, f.etag, status FROM fetch f JOIN page p ON p.id = page_id WHERE allowed_by LIKE 'read from the archive%'"
    )
    assert read == [(f"{site}/art/990006", "990006", '"abc"', 200)]
    assert scene.ask("SELECT role FROM moves WHERE person = 'Åse Mølgård'") == [("projektleder",)]


def test_a_page_behind_redirects_is_the_page_that_was_asked_for(scene):
    """The answer at the end of a chain belongs to the address at its beginning."""
    scene.run("kodebladet")
    site = scene.server.url
    add(scene, f"{site}/art/990001", "", status=301, headers=(("Location", "/art/990001/et-navn"),))
    add(scene, f"{site}/art/990001/et-navn", PAGE)
    scene.run("kodebladet")
    read = scene.ask("SELECT url, final_url FROM fetch WHERE allowed_by LIKE 'read from the archive%'")
    assert read == [(f"{site}/art/990001", f"{site}/art/990001/et-navn")]


def test_pages_that_only_a_lost_feed_named_are_known_again(scene):
    """A feed that was archived by a run that stored nothing of it still names its pages."""
    scene.run("kodebladet")
    source = scene.settings.sources["kodebladet"]
    item = f"<item><link>{scene.server.url}/art/990009</link><title>Ny</title></item>"
    add(scene, source.feeds[0], f"<rss version='2.0'><channel>{item}</channel></rss>", kind="application/rss+xml")
    add(scene, source.feeds[0], "{}", kind="application/rss+xml")
    add(
        scene,
        source.pages[0],
        f'<html><body><a href="/art/990010">En nyhed om net og data</a><p>{"Tekst. " * 99}</p></body></html>',
    )
    assert scene.run("kodebladet").recovered == 0
    assert {row[0] for row in scene.ask("SELECT identity FROM page")} >= {"990009", "990010"}


def test_a_torn_end_is_passed_over(scene):
    """Half a record at the end of the archive hides none of the whole ones before it."""
    scene.run("kodebladet")
    add(scene, f"{scene.server.url}/art/990006", PAGE)
    add(scene, f"{scene.server.url}/art/990007", PAGE)
    (path,) = Archive(scene.settings.data_dir / "archive", clock=scene.clock).files("kodebladet")
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 900)
    assert scene.run("kodebladet").recovered == 1


def test_only_the_end_of_a_days_file_is_read(scene):
    """What was stored is not read again at each start: damage in the midst of it hides nothing that is new."""
    scene.run("kodebladet")
    add(scene, f"{scene.server.url}/art/990006", PAGE)
    stored = scene.ask("SELECT archive_file, archive_offset FROM fetch WHERE archive_offset > 0 ORDER BY id")
    (path,) = Archive(scene.settings.data_dir / "archive", clock=scene.clock).files("kodebladet")
    assert {file for file, _ in stored} == {path.name}
    with path.open("r+b") as file:
        file.seek(stored[1][1] + 30)
        file.write(bytes(100))
    assert scene.run("kodebladet").recovered == 1


def test_a_clock_set_back_hides_no_page(scene):
    """A page archived under an earlier day, because the clock was set back before the kill, is found."""
    scene.run("kodebladet")
    earlier = START - timedelta(days=3)
    with closing(sqlite3.connect(scene.settings.data_dir / "navnenyt.db")) as plain:
        plain.execute(
            "INSERT INTO run (started_at, status, parser_version, sources) VALUES (?, 'running', '1', '[\"kodebladet\"]')",
            [f"{earlier:%Y-%m-%d %H:%M:%S.000000}"],
        )
        plain.commit()
    add(scene, f"{scene.server.url}/art/990006", PAGE, at=earlier + timedelta(minutes=1))
    assert scene.run("kodebladet").recovered == 1
    assert scene.ask("SELECT run_id FROM fetch WHERE allowed_by LIKE 'read from the archive%'") == [(2,)]
    assert scene.ask("SELECT pages_fetched FROM run_source WHERE run_id = 2") == [(1,)]
    moments = scene.ask("SELECT started_at, finished_at FROM run WHERE id = 2")[0]
    assert moments[0] < moments[1]
    assert datetime.fromisoformat(moments[1]).replace(tzinfo=UTC) == earlier + timedelta(minutes=1)
