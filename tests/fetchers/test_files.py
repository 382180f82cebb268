"""Pages that lie in files are read, and what is none is refused with a word that helps."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from scraper.errors import PageUnreadable
from scraper.fetchers import files
from scraper.fetchers.archive import Archive, Exchange
from scraper.fetchers.files import read_pages
from scraper.records import Page
from tests.fetchers.conftest import PAGE

DAY = date(2026, 2, 1)
EXCHANGE = Exchange(
    url="http://www.example.dk/art/1",
    at=datetime(2026, 3, 2, 8, tzinfo=UTC),
    request_headers=(),
    status=200,
    phrase="OK",
    headers=(("Content-Type", "text/html; charset=ISO-8859-1"),),
    body=PAGE,
)


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    def give(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


def test_a_saved_page_is_read(tmp_path: Path) -> None:
    """HTML and text files are pages, known by their path; the day is the one that is given."""
    for name, kind in [("a.html", "text/html"), ("b.HTM", "text/html"), ("c.txt", "text/plain")]:
        path = tmp_path / name
        path.write_bytes(PAGE)
        assert list(read_pages(str(path), published=DAY)) == [
            Page(url=str(path), body=PAGE, content_type=kind, published=DAY)
        ]
        assert next(read_pages(str(path))).published is None


def test_a_folder_gives_its_pages_in_order(tmp_path: Path) -> None:
    """Every page under a folder is read, sorted by name; other files are left alone."""
    for name in ("b/2.html", "b/1.txt", "a.html", "notes.md", "picture.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(name.encode())
    assert [page.body.decode() for page in read_pages(str(tmp_path))] == ["a.html", "b/1.txt", "b/2.html"]


def test_an_archive_gives_its_pages(archive: Archive) -> None:
    """Of an archive the pages are read: whole answers with status 200 and HTML, with the day they were fetched."""
    archive.add("here", EXCHANGE)
    for other in (
        replace(EXCHANGE, status=404),
        replace(EXCHANGE, headers=(("Content-Type", "application/rss+xml"),)),
        replace(EXCHANGE, headers=()),
        replace(EXCHANGE, body=b" "),
        replace(EXCHANGE, truncated="length"),
        replace(EXCHANGE, status=304, body=b""),
    ):
        archive.add("here", other)
    [path] = archive.files()
    expected = Page(
        url=EXCHANGE.url, body=PAGE, content_type="text/html", charset="ISO-8859-1", published=date(2026, 3, 2)
    )
    assert list(read_pages(str(path))) == [expected]
    assert list(read_pages(str(path), published=DAY)) == [replace(expected, published=DAY)]


def test_standard_input_is_page_text_or_archive(archive: Archive, stdin: Callable[[bytes], None]) -> None:
    """What is piped in is looked at: mark-up, plain text or an archive."""
    stdin(b"\xef\xbb\xbf \n" + PAGE)
    [page] = read_pages("-", published=DAY)
    assert (page.url, page.content_type, page.published) == ("-", "text/html", DAY)
    stdin("Blåbær A/S har ansat …".encode())
    [page] = read_pages("-")
    assert page.content_type == "text/plain"
    archive.add("here", EXCHANGE)
    stdin(archive.files()[0].read_bytes())
    [page] = read_pages("-")
    assert page.url == EXCHANGE.url


BAD: dict[str, tuple[str, bytes | None, str]] = {
    "missing": ("gone.html", None, "no such file"),
    "by its name": ("notes.docx", b"PK\x03\x04", "no page or archive by its name"),
    "empty": ("a.html", b"", "is empty"),
    "blank": ("a.txt", b" \n", "is empty"),
    "a PDF": ("a.html", b"%PDF-1.7", "is a PDF"),
    "binary": ("a.txt", b"abc\0\0\0\1", "is no text"),
    "no archive": ("a.warc.gz", b"hello", "damaged"),
    "an empty archive": ("a.warc", b"", "damaged"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_page_is_refused(case: str, tmp_path: Path) -> None:
    """The message names the file and what is wrong with it, the hint what to do."""
    name, content, says = BAD[case]
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PageUnreadable, match=says) as caught:
        list(read_pages(str(path)))
    assert str(path) in caught.value.message
    assert caught.value.hint


def test_a_folder_with_a_bad_file_gives_the_others_first(tmp_path: Path) -> None:
    """One bad file does not hide the good ones, and is told in the end."""
    for name, content in [("a.html", b""), ("b.html", PAGE), ("c.html", b"%PDF-1.7"), ("d.html", PAGE)]:
        (tmp_path / name).write_bytes(content)
    seen = []
    with pytest.raises(PageUnreadable) as caught:
        seen.extend(Path(page.url).name for page in read_pages(str(tmp_path)))
    assert seen == ["b.html", "d.html"]
    assert "a.html" in caught.value.message
    assert "c.html" in caught.value.message


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    """A folder without a page is a mistake, and not a success without records."""
    with pytest.raises(PageUnreadable, match="no page in this folder"):
        list(read_pages(str(tmp_path)))


def test_a_broken_archive_gives_the_pages_before_the_break(archive: Archive) -> None:
    """Half a download is read as far as it goes, and called damaged."""
    archive.add("here", EXCHANGE)
    archive.add("here", replace(EXCHANGE, url="http://www.example.dk/art/2"))
    [path] = archive.files()
    os.truncate(path, path.stat().st_size - 400)
    seen = []
    with pytest.raises(PageUnreadable, match="damaged"):
        seen.extend(page.url for page in read_pages(str(path)))
    assert seen == [EXCHANGE.url]


def test_a_huge_file_is_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stdin: Callable[[bytes], None]
) -> None:
    """A file beyond any page's size is refused before it is read."""
    monkeypatch.setattr(files, "MOST_BYTES", 1000)
    path = tmp_path / "a.html"
    path.write_bytes(PAGE * 20)
    with pytest.raises(PageUnreadable, match="is no page"):
        list(read_pages(str(path)))
    stdin(PAGE * 20)
    with pytest.raises(PageUnreadable, match="is no page"):
        list(read_pages("-"))


def test_a_page_of_fifty_megabytes_is_read(tmp_path: Path) -> None:
    """A large page is a page."""
    path = tmp_path / "a.html"
    path.write_bytes(b"<p>x</p>" * 6_250_000)
    assert len(next(read_pages(str(path))).body) == 50_000_000


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without permission is told as that."""
    path = tmp_path / "a.html"
    path.write_bytes(PAGE)

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(PageUnreadable, match="Permission denied"):
        list(read_pages(str(path)))
