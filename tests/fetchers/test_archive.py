"""Every answer is in the archive, other tools can read it, and no crash spoils it."""

from __future__ import annotations

import errno
import gzip
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from scraper.errors import DiskFull, PageUnreadable, StoreError
from scraper.fetchers import archive as archive_module
from scraper.fetchers.archive import Archive, Exchange
from scraper.fetchers.warc import Stored, read_at, read_file
from tests.fetchers.conftest import Time

AT = datetime(2026, 3, 2, 8, 0, 1, 250000, tzinfo=UTC)
EXCHANGE = Exchange(
    url="http://www.example.dk/art/1?a=b",
    at=AT,
    request_headers=(("User-Agent", "navnenyt/1.0"), ("Accept", "text/html")),
    status=200,
    phrase="OK",
    headers=(
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "br"),
        ("Content-Length", "17"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    ),
    body="<p>Blåbærgrød</p>".encode(),
    address="192.0.2.7",
)


def numbered(number: int) -> Exchange:
    return replace(EXCHANGE, url=f"http://www.example.dk/art/{number}", body=b"x" * number)


def checks(path: Path) -> bool:
    """What `warcio check` says of a file: every digest right, every record readable."""
    checker = Checker(SimpleNamespace(inputs=[str(path)], verbose=True))
    said = io.StringIO()
    with redirect_stdout(said):
        checker.process_all()
    return checker.exit_value == 0 and "digest pass" in said.getvalue()


def test_an_answer_is_read_back_as_it_came(archive: Archive) -> None:
    """By file and offset alone one gets the address, the time, the headers and the very bytes."""
    file, offset = archive.add("here", EXCHANGE)
    assert file == "here-20260302.warc.gz"
    assert archive.read_at(file, offset) == Stored(
        url=EXCHANGE.url,
        at=AT,
        status=200,
        headers=(
            ("Content-Type", "text/html; charset=utf-8"),
            ("X-Archive-Orig-Content-Encoding", "br"),
            ("X-Archive-Orig-Content-Length", "17"),
            ("Set-Cookie", "a=1"),
            ("Set-Cookie", "b=2"),
            ("Content-Length", "20"),
        ),
        body=EXCHANGE.body,
        offset=offset,
    )


def test_another_tool_reads_what_we_wrote(archive: Archive) -> None:
    """warcio finds the record types of the standard, right digests and each record in a gzip member of its own."""
    archive.add("here", EXCHANGE)
    archive.add("here", replace(EXCHANGE, status=304, phrase="Not Modified", headers=(("ETag", '"v1"'),), body=b""))
    archive.add("here", replace(EXCHANGE, status=200, body=b"half", truncated="time"))
    [path] = archive.files()
    assert checks(path)
    with path.open("rb") as stream:
        records = [(record.rec_type, record.rec_headers, record.http_headers) for record in ArchiveIterator(stream)]
    assert [kind for kind, _, _ in records] == [
        "warcinfo",
        "response",
        "request",
        "revisit",
        "request",
        "response",
        "request",
    ]
    _, response, http = records[1]
    assert response.get_header("WARC-Target-URI") == EXCHANGE.url
    assert response.get_header("WARC-Date") == "2026-03-02T08:00:01.250000Z"
    assert response.get_header("WARC-IP-Address") == "192.0.2.7"
    assert http.get_header("Content-Length") == "20"
    _, request, http = records[2]
    assert request.get_header("WARC-Concurrent-To") == response.get_header("WARC-Record-ID")
    assert http.statusline == "/art/1?a=b HTTP/1.1"
    assert http.get_header("Host") == "www.example.dk"
    assert http.get_header("User-Agent") == "navnenyt/1.0"
    assert records[3][1].get_header("WARC-Profile").endswith("server-not-modified")
    assert records[5][1].get_header("WARC-Truncated") == "time"
    assert path.read_bytes().count(b"\x1f\x8b\x08\x00") >= len(records)


def test_a_wrong_digest_would_be_found(archive: Archive) -> None:
    """The control: the check that other tools make does fail on a changed body."""
    archive.add("here", EXCHANGE)
    [path] = archive.files()
    changed = gzip.decompress(path.read_bytes()).replace("Blåbær".encode(), "Brombær".encode()[:8])
    other = path.with_name("changed.warc")
    other.write_bytes(changed)
    assert not checks(other)


def test_each_source_and_day_has_a_file(archive: Archive, time: Time) -> None:
    """A day of one source can be kept, moved or pruned by itself."""
    archive.add("here", EXCHANGE)
    archive.add("there", EXCHANGE)
    time.seconds += 86_400
    archive.add("here", EXCHANGE)
    names = ["here-20260302.warc.gz", "there-20260302.warc.gz", "here-20260303.warc.gz"]
    assert [path.name for path in archive.files()] == names
    assert [path.name for path in archive.files("here")] == [names[0], names[2]]


def test_a_later_run_goes_on_in_the_same_file(archive: Archive, time: Time, tmp_path: Path) -> None:
    """Two runs of one day share its file, and offsets of the first still hold."""
    first = archive.add("here", numbered(1))
    again = Archive(tmp_path / "archive", clock=time.utc)
    second = again.add("here", numbered(2))
    assert first[0] == second[0]
    assert [again.read_at(*place).url[-1] for place in (first, second)] == ["1", "2"]
    assert checks(again.files()[0])


@settings(deadline=None, max_examples=40)  # each writes to the disk
@given(
    body=st.binary(max_size=2000),
    headers=st.lists(st.tuples(st.sampled_from(["A", "B-C"]), st.text(max_size=20)), max_size=4),
    phrase=st.text(max_size=10),
)
def test_any_body_comes_back(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, headers: list[tuple[str, str]], phrase: str
) -> None:
    """Bytes are bytes: none is lost or changed, whatever the headers around them hold."""
    archive = Archive(tmp_path_factory.mktemp("any"), clock=lambda: AT)
    place = archive.add("here", replace(EXCHANGE, body=body, headers=tuple(headers), phrase=phrase))
    assert archive.read_at(*place).body == body
    assert len(list(read_file(archive.files()[0]))) == 1


# ── crashes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lost", [1, 9, 40, 300, 500])
def test_half_a_record_of_a_killed_run_is_cut_off(lost: int, archive: Archive, time: Time, tmp_path: Path) -> None:
    """What was never acknowledged goes; what was, stays; and what follows can be read."""
    kept = archive.add("here", numbered(1))
    [path] = archive.files()
    whole = path.stat().st_size
    archive.add("here", replace(EXCHANGE, body=os.urandom(500)))
    os.truncate(path, max(path.stat().st_size - lost, whole + 1))
    again = Archive(tmp_path / "archive", clock=time.utc)
    after = again.add("here", numbered(3))
    assert [again.read_at(*place).url[-1] for place in (kept, after)] == ["1", "3"]
    assert again.files() == [path]
    assert checks(path)
    list(read_file(path))


def test_without_the_mending_a_torn_record_spoils_the_next(
    archive: Archive, time: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: appended behind half a record, a whole one cannot be found by reading the file."""
    archive.add("here", numbered(1))
    [path] = archive.files()
    os.truncate(path, path.stat().st_size - 9)
    monkeypatch.setattr(archive_module, "_whole", lambda path: (path.stat().st_size, True))
    again = Archive(tmp_path / "archive", clock=time.utc)
    again.add("here", numbered(3))
    seen = []
    with pytest.raises(PageUnreadable):
        seen.extend(stored.url for stored in read_file(path))
    assert numbered(3).url not in seen


def test_a_file_killed_at_its_first_record_is_begun_anew(archive: Archive, time: Time, tmp_path: Path) -> None:
    """A file in which nothing was ever acknowledged does not stand in the way."""
    for torn in (b"", b"\x1f", gzip.compress(b"WARC/1.1")[:9]):
        path = tmp_path / "archive" / "here-20260302.warc.gz"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(torn)
        again = Archive(tmp_path / "archive", clock=time.utc)
        place = again.add("here", EXCHANGE)
        assert again.read_at(*place).body == EXCHANGE.body
        assert again.files() == [path]
        assert checks(path)


def test_damage_in_the_middle_destroys_nothing_more(archive: Archive, time: Time, tmp_path: Path) -> None:
    """When whole records stand behind the damage the file is left as it is, and the day goes on in another."""
    places = [archive.add("here", numbered(n)) for n in range(1, 5)]
    [path] = archive.files()
    data = bytearray(path.read_bytes())
    data[places[1][1] + 30 : places[1][1] + 40] = b"\xff" * 10
    path.write_bytes(data)
    again = Archive(tmp_path / "archive", clock=time.utc)
    after = again.add("here", numbered(5))
    assert after[0] == "here-20260302-2.warc.gz"
    assert path.read_bytes() == bytes(data)
    assert [again.read_at(*place).url[-1] for place in (places[0], places[2], places[3], after)] == list("1345")
    with pytest.raises(PageUnreadable):
        again.read_at(*places[1])
    assert [item.name for item in again.files()] == ["here-20260302.warc.gz", "here-20260302-2.warc.gz"]
    once_more = Archive(tmp_path / "archive", clock=time.utc)
    assert once_more.add("here", numbered(6))[0] == after[0]


APPENDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from dataclasses import replace
from scraper.fetchers.archive import Archive, Exchange

at = datetime(2026, 3, 2, 8, tzinfo=UTC)
archive = Archive(Path(sys.argv[1]), clock=lambda: at)
exchange = Exchange(url="", at=at, request_headers=(), status=200, phrase="OK", headers=(), body=b"")
number = 0
while True:
    number += 1
    body = str(number).encode() * 20_000
    file, offset = archive.add("here", replace(exchange, url=f"http://www.example.dk/{number}", body=body))
    print(file, offset, number, flush=True)
"""


def test_kill_9_loses_no_acknowledged_record(tmp_path: Path, time: Time) -> None:
    """However often a run is killed while it writes, every record it acknowledged is there afterwards."""
    said: list[tuple[str, int, int]] = []
    for lines in (1, 7, 3):
        process = subprocess.Popen([sys.executable, "-c", APPENDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
        process.stdout.close()
        process.wait()
        for line in rest.splitlines(keepends=True):
            if line.endswith("\n"):
                file, offset, number = line.split()
                said.append((file, int(offset), int(number)))
    archive = Archive(tmp_path, clock=time.utc)
    archive.add("here", EXCHANGE)
    for file, offset, number in said:
        assert archive.read_at(file, offset).url.endswith(f"/{number}")
    [path] = archive.files()
    assert checks(path)
    assert len(list(read_file(path))) > len(said)


def test_a_full_disk_leaves_the_file_as_it_was(archive: Archive, tmp_path: Path, time: Time) -> None:
    """A record that finds no room is not there by half, and the one after it finds its place."""
    archive.add("here", numbered(1))
    [path] = archive.files()
    before = path.read_bytes()
    script = (
        "import resource, signal, sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from scraper.errors import DiskFull; from scraper.fetchers.archive import Archive, Exchange\n"
        "import os; path = Path(sys.argv[1]); at = datetime(2026, 3, 2, 8, tzinfo=UTC)\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 700,) * 2)\n"
        "archive = Archive(path.parent, clock=lambda: at)\n"
        "try: archive.add('here', Exchange(url='http://x/', at=at, request_headers=(), status=200, phrase='',"
        " headers=(), body=os.urandom(9000)))\n"
        "except DiskFull as error: print(error.hint)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert "Free some space" in done.stdout
    assert path.read_bytes() == before
    again = Archive(tmp_path / "archive", clock=time.utc)
    assert again.read_at(*again.add("here", numbered(2))).url[-1] == "2"


@pytest.mark.parametrize(
    ("code", "kind"), [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EROFS, StoreError)]
)
def test_what_hinders_writing_is_told(
    code: int, kind: type[StoreError], archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk and a read-only one are told apart, each with what to do."""

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(StoreError) as caught:
        archive.add("here", EXCHANGE)
    assert type(caught.value) is kind
    assert caught.value.hint


def test_a_record_that_is_not_there_is_told(archive: Archive, tmp_path: Path) -> None:
    """A pruned file, a wrong offset, a request's offset and a path out of the archive give a clear word."""
    file, offset = archive.add("here", EXCHANGE)
    (tmp_path / "secret").write_text("x")
    for name, place in [("gone.warc.gz", 0), (file, 0), (file, offset + 1), (file, 10**9), ("../secret", 0)]:
        with pytest.raises(PageUnreadable):
            archive.read_at(name, place)


# ── reading what others wrote ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def foreign(tmp_path: Path) -> Callable[..., Path]:
    """A WARC file as other tools write it, of (status line, headers, raw body) each."""

    def make(*answers: tuple[str, list[tuple[str, str]], bytes], packed: bool = True) -> Path:
        path = tmp_path / f"foreign.warc{'.gz' if packed else ''}"
        records = []
        for number, (status, headers, body) in enumerate(answers):
            lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
            block = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
                f"WARC-Date: 2026-03-02T08:00:00Z\r\nWARC-Target-URI: http://www.example.dk/{number}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            record = head.encode() + block + b"\r\n\r\n"
            records.append(gzip.compress(record) if packed else record)
        path.write_bytes(b"".join(records))
        return path

    return make


@pytest.mark.parametrize("packed", [True, False])
def test_a_body_in_any_coding_is_read(packed: bool, foreign: Callable[..., Path]) -> None:
    """Archives of other tools keep bodies as they crossed the wire: chunked, compressed, both, or wrongly marked so."""
    page = b"<p>hej</p>"
    zipped = gzip.compress(page)
    chunked = [("Transfer-Encoding", "chunked")]
    path = foreign(
        ("200 OK", [], page),
        ("200 OK", [("Content-Encoding", "gzip")], zipped),
        ("200 OK", chunked, b"4\r\n<p>h\r\n6;x=y\r\nej</p>\r\n0\r\n\r\n"),
        ("200 OK", [*chunked, ("Content-Encoding", "gzip")], b"%x\r\n%b\r\n0\r\n\r\n" % (len(zipped), zipped)),
        ("200 OK", chunked, page),
        ("200 OK", [("Content-Encoding", "gzip")], page),
        ("200 OK", [("Content-Encoding", "zstd")], page),
        ("200 OK", chunked, b"a\r\n<p>hej</p>"),
        packed=packed,
    )
    assert [stored.body for stored in read_file(path)] == [page] * 8


@pytest.mark.parametrize("packed", [True, False])
def test_a_cut_archive_gives_what_stands_before_the_cut_and_says_so(packed: bool, foreign: Callable[..., Path]) -> None:
    """Half an archive is never taken for a whole one, wherever the cut goes through."""
    answers = [("200 OK", [("Content-Type", "text/html")], os.urandom(300)) for _ in range(3)]
    whole = foreign(*answers, packed=packed).read_bytes()
    path = foreign(*answers[:2], packed=packed)
    two = path.stat().st_size
    assert len(list(read_file(path))) == 2
    for cut in (two + 5, two + 60, len(whole) - 150, len(whole) - 12):
        path.write_bytes(whole[:cut])
        seen = []
        with pytest.raises(PageUnreadable, match="damaged"):
            seen.extend(read_file(path))
        assert len(seen) >= 2, cut


def test_what_is_no_answer_is_passed_over(foreign: Callable[..., Path]) -> None:
    """A record that calls itself an answer and holds none is no page."""
    path = foreign(("200 OK", [], b"a"), packed=False)
    data = path.read_bytes().replace(b"HTTP/1.1 200", b"GOPHER/1.200")
    path.write_bytes(data)
    assert list(read_file(path)) == []


def test_a_record_is_read_by_offset_from_a_plain_file(foreign: Callable[..., Path]) -> None:
    """Offsets work in uncompressed archives too."""
    path = foreign(("200 OK", [], b"a"), ("200 OK", [], b"b"), packed=False)
    first, second = read_file(path)
    assert read_at(path, second.offset) == second
    assert first.offset == 0
