"""A body is in the archive once, whatever tool reads it; old files go when nobody needs them."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from scraper.errors import PageUnreadable
from scraper.fetchers import archive as archive_module
from scraper.fetchers import warc_records
from scraper.fetchers.archive import Archive, Exchange, Held, held
from scraper.fetchers.files import read_pages
from scraper.fetchers.web import Fetcher
from scraper.records import PageKind, Validators
from tests.fetchers.conftest import PAGE, Time
from tests.servers import Server, answer

DAY = 86_400
EXCHANGE = Exchange(
    url="http://www.example.dk/art/1",
    at=datetime(2026, 3, 2, 8, tzinfo=UTC),
    request_headers=(("User-Agent", "navnenyt/1.0"),),
    status=200,
    phrase="OK",
    headers=(("Content-Type", "text/html; charset=utf-8"), ("ETag", '"v1"')),
    body="<p>Blåbærgrød</p>".encode() * 50,
    address="192.0.2.7",
)
UNCHANGED = replace(
    EXCHANGE,
    status=304,
    phrase="Not Modified",
    headers=(("ETag", '"v1"'),),
    body=b"",
    request_headers=(("If-None-Match", '"v1"'), ("If-Modified-Since", "Mon, 02 Mar 2026 07:00:00 GMT")),
)


def records(path: Path) -> list[tuple[str, Any, bytes]]:
    """What warcio reads: type, headers and body of each record."""
    with path.open("rb") as stream:
        return [(item.rec_type, item.rec_headers, item.content_stream().read()) for item in ArchiveIterator(stream)]


def kinds(path: Path) -> list[str]:
    return [kind for kind, _, _ in records(path)]


def warcio_check(path: Path) -> subprocess.CompletedProcess[str]:
    """The command of the trade: every digest right, every record readable."""
    command = [sys.executable, "-c", "from warcio.cli import main; main()", "check", "-v", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_unchanged_body_is_stored_once(archive: Archive, time: Time) -> None:
    """The same body a day later is a revisit of identical payload, which names its original in the standard's words."""
    first = archive.add("here", EXCHANGE)
    time.seconds += DAY
    again = archive.add("here", replace(EXCHANGE, at=time.utc(), headers=(("Content-Type", "text/html"),)))
    one, two = archive.files()
    assert (kinds(one), kinds(two)) == (["warcinfo", "response", "request"], ["warcinfo", "revisit", "request"])
    _, original, _ = records(one)[1]
    _, revisit, body = records(two)[1]
    assert body == b""
    assert revisit.get_header("WARC-Profile").endswith("/warc/1.1/revisit/identical-payload-digest")
    assert revisit.get_header("WARC-Payload-Digest") == original.get_header("WARC-Payload-Digest")
    assert revisit.get_header("WARC-Refers-To") == original.get_header("WARC-Record-ID")
    assert revisit.get_header("WARC-Refers-To-Target-URI") == EXCHANGE.url
    assert revisit.get_header("WARC-Refers-To-Date") == original.get_header("WARC-Date")
    read = archive.read_at(*again)
    assert (read.body, read.status, read.at) == (EXCHANGE.body, 200, time.utc())
    assert read.headers == (("Content-Type", "text/html"),)
    assert archive.read_at(*first).body == EXCHANGE.body


def test_each_record_names_its_counterpart(archive: Archive) -> None:
    """Request and answer are linked both ways, with the address that answered."""
    archive.add("here", EXCHANGE)
    archive.add("here", UNCHANGED)
    (path,) = archive.files()
    for (_, reply, _), (_, request, _) in zip(records(path)[1::2], records(path)[2::2], strict=True):
        assert request.get_header("WARC-Concurrent-To") == reply.get_header("WARC-Record-ID")
        assert reply.get_header("WARC-Concurrent-To") == request.get_header("WARC-Record-ID")
        assert reply.get_header("WARC-IP-Address") == "192.0.2.7"


def test_not_modified_refers_to_the_body_it_speaks_of(archive: Archive) -> None:
    """A 304 names the very version whose ETag was sent, also when the address gave another one since."""
    archive.add("here", EXCHANGE)
    archive.add("here", replace(EXCHANGE, body=b"<p>en mur</p>", headers=(("Content-Type", "text/html"),)))
    place = archive.add("here", UNCHANGED)
    (path,) = archive.files()
    _, revisit, _ = records(path)[5]
    assert revisit.get_header("WARC-Profile").endswith("server-not-modified")
    assert revisit.get_header("WARC-Refers-To") == records(path)[1][1].get_header("WARC-Record-ID")
    read = archive.read_at(*place)
    assert (read.status, read.body) == (304, EXCHANGE.body)
    assert read.header("Content-Type") == "text/html; charset=utf-8"


def test_not_modified_without_a_known_body_is_kept_as_it_came(archive: Archive, tmp_path: Path) -> None:
    """A 304 whose body is not in the archive is archived all the same, and says so when its body is asked for."""
    place = archive.add("here", UNCHANGED)
    (path,) = archive.files()
    assert kinds(path) == ["warcinfo", "revisit", "request"]
    with pytest.raises(PageUnreadable, match="does not say where"):
        archive.read_at(*place)
    assert [(stored.status, stored.body) for stored in archive.answers(path)] == [(304, b"")]


def test_going_back_and_forth_stores_each_body_once(archive: Archive) -> None:
    """A page that shows now this, now that: two bodies, however often."""
    other = replace(EXCHANGE, body=EXCHANGE.body + b"<p>B</p>")
    places = [archive.add("here", item) for item in (EXCHANGE, other, EXCHANGE, other, EXCHANGE)]
    (path,) = archive.files()
    assert kinds(path)[1::2] == ["response", "response", "revisit", "revisit", "revisit"]
    assert [archive.read_at(*place).body for place in places] == [
        item.body for item in (EXCHANGE, other, EXCHANGE, other, EXCHANGE)
    ]
    assert [stored.body for stored in archive.answers(path)] == [archive.read_at(*place).body for place in places]


@pytest.mark.parametrize(
    "other",
    [
        replace(EXCHANGE, url="http://www.example.dk/art/2"),
        replace(EXCHANGE, status=404),
        replace(EXCHANGE, truncated="length"),
        replace(EXCHANGE, body=b""),
    ],
    ids=["another address", "a failure", "a cut body", "nothing"],
)
def test_what_is_not_the_same_page_is_stored_whole(other: Exchange, archive: Archive) -> None:
    """Another address, a failure and half a body are answers of their own."""
    archive.add("here", EXCHANGE)
    place = archive.add("here", other)
    (path,) = archive.files()
    assert kinds(path)[3] == "response"
    assert archive.read_at(*place).body == other.body


def test_both_readers_of_the_trade_read_every_record_at_its_offset(archive: Archive, time: Time) -> None:
    """`warcio check` finds every digest right, and fastwarc and warcio read each record by its offset alone."""
    for number in range(6):
        archive.add("here", replace(EXCHANGE, url=f"http://www.example.dk/art/{number % 3}", at=time.utc()))
        archive.add("here", UNCHANGED)
        time.seconds += 60
    (path,) = archive.files()
    checked = warcio_check(path)
    assert checked.returncode == 0, checked.stdout
    assert "digest pass" in checked.stdout
    with path.open("rb") as stream:
        whole = [(record.stream_pos, record.record_id) for record in FastIterator(stream, verify_digests=True)]
    assert len(whole) == 1 + 24
    with path.open("rb") as stream:
        slow = ArchiveIterator(stream)
        assert [(slow.get_record_offset(), item.rec_headers.get_header("WARC-Record-ID")) for item in slow] == whole
    assert at_its_offset(path, whole) == len(whole)


def at_its_offset(path: Path, whole: list[tuple[int, str]]) -> int:
    """How many records a fresh reader finds that is put at each offset."""
    found = 0
    for offset, record_id in whole:
        with path.open("rb") as stream:
            stream.seek(offset)
            record = next(iter(FastIterator(stream)), None)
            found += record is not None and record.record_id == record_id
    return found


def test_without_a_member_for_each_record_none_is_found_by_its_offset(
    archive: Archive, time: Time, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The control: records that share one gzip member are read in order, and not by where they begin."""
    shared = io.BytesIO()
    writer = GzipWriter(shared, compression_level=6)

    def into_one(record: Any) -> bytes:
        record.write(writer)
        return b""

    monkeypatch.setattr(warc_records, "member", into_one)
    monkeypatch.setattr(archive_module, "_append", lambda _path, _data: shared.tell())
    monkeypatch.setattr(archive_module.Index, "added", lambda *_: None)
    monkeypatch.setattr(archive_module.Index, "catch_up", lambda *_: True)
    monkeypatch.setattr(archive_module.Index, "with_digest", lambda *_: None)
    for number in range(6):
        archive.add("here", replace(EXCHANGE, url=f"http://www.example.dk/art/{number}"))
    writer.finish()
    path = tmp_path / "one.warc.gz"
    path.write_bytes(shared.getvalue())
    with path.open("rb") as stream:
        whole = [(record.stream_pos, record.record_id) for record in FastIterator(stream)]
    assert len(whole) == 18
    assert at_its_offset(path, whole) == 1  # the warcinfo at the very beginning


# ── the index is a cache ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fate", ["deleted", "spoilt", "of another kind", "as it was", "behind"])
def test_the_index_may_be_lost(fate: str, archive: Archive, tmp_path: Path, time: Time) -> None:
    """Deleted, spoilt or behind the files: the next run knows the bodies all the same, and no record is lost."""
    first = archive.add("here", EXCHANGE)
    index = tmp_path / "archive" / "index.db"
    if fate == "deleted":
        index.unlink()
    elif fate == "spoilt":
        index.write_bytes(b"spoilt" * 1000)
    elif fate == "of another kind":
        index.unlink()
        with closing(sqlite3.connect(index)) as connection:
            connection.execute("CREATE TABLE body (x)")
    elif fate == "behind":
        with closing(sqlite3.connect(index)) as connection, connection:
            connection.execute("DELETE FROM body")
            connection.execute("UPDATE file SET size = 0")
    places = [Archive(tmp_path / "archive", clock=time.utc).add("here", EXCHANGE) for _ in range(3)]
    (path,) = archive.files()
    assert kinds(path)[-2] == "revisit"
    assert [archive.read_at(*place).body for place in (first, *places)] == [EXCHANGE.body] * 4
    assert warcio_check(path).returncode == 0


def test_what_the_index_says_is_looked_up_before_it_is_believed(archive: Archive, tmp_path: Path, time: Time) -> None:
    """A record that was damaged or changed since does not stand for a body that is at hand."""
    file, offset = archive.add("here", EXCHANGE)
    time.seconds += DAY
    path = tmp_path / "archive" / file
    data = bytearray(path.read_bytes())
    data[offset + 40 : offset + 60] = b"\xff" * 20
    path.write_bytes(data)
    place = archive.add("here", EXCHANGE)
    assert archive.read_at(*place).body == EXCHANGE.body
    assert kinds(archive.files()[-1]) == ["warcinfo", "response", "request"]


def test_a_body_that_was_changed_in_the_archive_is_not_given_for_the_old_one(
    archive: Archive, tmp_path: Path, time: Time
) -> None:
    """A revisit whose original is another record by now says so, and the others of its file are read."""
    file, offset = archive.add("here", EXCHANGE)
    time.seconds += DAY
    place = archive.add("here", EXCHANGE)
    path = tmp_path / "archive" / file
    other, _ = warc_records.exchange_members(replace(EXCHANGE, body=b"<p>en anden</p>"), None)
    path.write_bytes(path.read_bytes()[:offset] + other)
    with pytest.raises(PageUnreadable, match="no longer in"):
        archive.read_at(*place)
    assert [stored.body for stored in archive.answers(archive.files()[-1])] == [b""]


def test_damage_costs_the_records_that_it_hit_and_no_others(archive: Archive, tmp_path: Path, time: Time) -> None:
    """Bodies behind a bad sector are still known: the same page again is not stored anew."""
    places = [archive.add("here", replace(EXCHANGE, url=f"http://www.example.dk/art/{n}")) for n in range(4)]
    path = tmp_path / "archive" / places[0][0]
    data = bytearray(path.read_bytes())
    data[places[1][1] + 40 : places[1][1] + 60] = b"\xff" * 20
    path.write_bytes(data)
    (tmp_path / "archive" / "index.db").unlink()
    again = Archive(tmp_path / "archive", clock=time.utc)
    for number, kind in ((0, "revisit"), (1, "response"), (3, "revisit")):
        again.add("here", replace(EXCHANGE, url=f"http://www.example.dk/art/{number}"))
        assert kinds(again.files()[-1])[-2] == kind, number


def test_pages_of_an_archive_are_read_once(archive: Archive) -> None:
    """`navnenyt parse` of an archive reads each body once, not once for each time it was found unchanged."""
    archive.add("here", EXCHANGE)
    archive.add("here", EXCHANGE)
    assert len(list(read_pages(str(archive.files()[0])))) == 1


# ── the age limit ───────────────────────────────────────────────────────────────────────────────────────────────────


def days(archive: Archive, time: Time, *exchanges: Exchange | None) -> None:
    """One exchange on each day, or none."""
    for exchange in exchanges:
        if exchange is not None:
            archive.add("here", replace(exchange, at=time.utc()))
        time.seconds += DAY


def other(number: int) -> Exchange:
    return replace(EXCHANGE, body=str(number).encode() * 400, headers=())


@pytest.fixture
def kept_five(tmp_path: Path, time: Time) -> Archive:
    return Archive(tmp_path / "archive", clock=time.utc, keep_days=5)


def test_old_files_go_and_young_ones_stay(kept_five: Archive, time: Time, tmp_path: Path) -> None:
    """Whole files, by the day in their name; a foreign file in the folder is left alone."""
    foreign = tmp_path / "archive" / "notes-20200101.txt"
    days(kept_five, time, *(other(number) for number in range(8)))
    foreign.write_text("x")
    assert kept_five.prune() == ["here-20260302.warc.gz", "here-20260303.warc.gz", "here-20260304.warc.gz"]
    assert [path.name[5:13] for path in kept_five.files()] == [f"2026030{day}" for day in range(5, 10)]
    assert foreign.exists()
    assert kept_five.prune() == []


def test_without_a_limit_nothing_goes(archive: Archive, time: Time) -> None:
    """The default keeps everything for ever."""
    days(archive, time, *(other(number) for number in range(3)))
    time.seconds += 10_000 * DAY
    assert archive.prune() == []
    assert len(archive.files()) == 3


def test_a_body_that_is_referred_to_stays(kept_five: Archive, time: Time) -> None:
    """A file goes only when no record that stays needs it; then every body that is left can be read."""
    days(kept_five, time, EXCHANGE, other(1), other(2), UNCHANGED, *[None] * 4)
    assert kept_five.prune() == ["here-20260303.warc.gz", "here-20260304.warc.gz"]
    assert [stored.body for path in kept_five.files() for stored in kept_five.answers(path)] == [EXCHANGE.body] * 2
    days(kept_five, time, *[None] * 6)
    assert kept_five.prune() == ["here-20260302.warc.gz", "here-20260305.warc.gz"]


def test_without_asking_what_refers_to_it_a_body_would_be_lost(
    kept_five: Archive, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: by its age alone the file with the body goes, and the later answer has none."""
    days(kept_five, time, EXCHANGE, None, None, None, UNCHANGED, None, None)
    monkeypatch.setattr(archive_module.Index, "originals_of", lambda *_: frozenset())
    assert kept_five.prune() == ["here-20260302.warc.gz"]
    (path,) = kept_five.files()
    assert [stored.body for stored in kept_five.answers(path)] == [b""]


def test_a_body_in_an_old_file_is_stored_once_more(kept_five: Archive, time: Time) -> None:
    """A page that never changes holds no file for ever: its body moves on with the limit."""
    days(kept_five, time, *[EXCHANGE] * 30)
    kept_five.prune()
    assert len(kept_five.files()) <= 11
    assert {stored.body for path in kept_five.files() for stored in kept_five.answers(path)} == {EXCHANGE.body}


def test_a_lost_index_prunes_nothing_wrong(kept_five: Archive, time: Time, tmp_path: Path) -> None:
    """What refers to what is read from the files again before anything is deleted."""
    days(kept_five, time, EXCHANGE, other(1), None, UNCHANGED, *[None] * 3)
    (tmp_path / "archive" / "index.db").unlink()
    assert kept_five.prune() == ["here-20260303.warc.gz"]


def test_where_the_index_cannot_be_had_nothing_is_deleted(
    kept_five: Archive, time: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without knowing what is needed, everything is kept."""
    days(kept_five, time, EXCHANGE, other(1), *[None] * 9)

    def refuse(*_: object) -> Iterator[None]:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("scraper.fetchers.archive_index.members", refuse)
    (tmp_path / "archive" / "index.db").unlink()
    assert kept_five.prune() == []
    assert len(kept_five.files()) == 2


def test_a_file_that_cannot_be_deleted_is_left(
    kept_five: Archive, time: Time, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder that may not be written ends no run; the log says so."""
    days(kept_five, time, other(1), *[None] * 9)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    assert kept_five.prune() == []
    assert "cannot be deleted" in caplog.text


def test_the_size_of_an_archive(archive: Archive, time: Time, tmp_path: Path) -> None:
    """How many files, bytes and days there are; nothing where there is no archive."""
    assert held(tmp_path / "none") == Held(0, 0, None, None)
    days(archive, time, other(1), other(2))
    assert held(tmp_path / "archive") == Held(
        2, sum(path.stat().st_size for path in archive.files()), date(2026, 3, 2), date(2026, 3, 3)
    )
    (tmp_path / "archive" / "here-99999999.warc.gz").write_bytes(b"")
    assert held(tmp_path / "archive").last == date.max


# ── over the wire ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_everything_that_comes_over_the_wire_is_archived_once(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], archive: Archive, time: Time
) -> None:
    """robots.txt, pages, feeds and failures are all there; what comes again unchanged is a revisit."""
    rss = b'<rss version="2.0"><channel><title>t</title></channel></rss>'
    server = serve(
        {
            "/robots.txt": answer(b"User-agent: *\n", Content_Type="text/plain"),
            "/art/1": answer(PAGE, Content_Type="text/html"),
            "/rss": answer(rss, Content_Type="application/rss+xml"),
            "/gone": answer(b"<p>nej</p>", 404, Content_Type="text/html"),
        }
    )
    for _ in range(2):
        web = fetcher(archive)
        web.ask(server.url("/art/1"), kind=PageKind.ARTICLE, validators=Validators())
        web.ask(server.url("/rss"), kind=PageKind.FEED)
        web.ask(server.url("/gone"), kind=PageKind.ARTICLE)
        time.seconds += DAY
    one, two = archive.files()
    assert kinds(one)[1::2] == ["response"] * 4
    paths = [item[1].get_header("WARC-Target-URI").removeprefix(server.base) for item in records(two)[1::2]]
    assert list(zip(paths, kinds(two)[1::2], strict=True)) == [
        ("/robots.txt", "revisit"),
        ("/art/1", "revisit"),
        ("/rss", "revisit"),
        ("/gone", "response"),
    ]
    with two.open("rb") as stream:
        assert len(list(FastIterator(stream, verify_digests=True))) == len(records(two))
    assert warcio_check(two).returncode == 0
