"""The question whether an answer is a page never hangs and never ends in anything but yes or a typed no."""

from __future__ import annotations

import contextlib
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import BadAnswer, FetchReason
from scraper.fetchers.answers import check_body, check_place, media_type
from scraper.records import PageKind

URL = "http://www.example.dk/art/1"


@pytest.mark.parametrize(
    ("header", "kind", "charset"),
    [
        ("text/html", "text/html", None),
        ("Text/HTML; Charset=UTF-8", "text/html", "UTF-8"),
        ("text/html;charset='iso-8859-1'; x=y", "text/html", "iso-8859-1"),
        ('text/html; charset="windows-1252"', "text/html", "windows-1252"),
        (" application/rss+xml ;", "application/rss+xml", None),
        ("", "", None),
        (None, "", None),
    ],
)
def test_a_content_type_is_read(header: str | None, kind: str, charset: str | None) -> None:
    """The type and the charset come out of the header however it is written."""
    assert media_type(header) == (kind, charset)


PIECES = [
    b"<div>",
    b"<!--",
    b"<a ",
    b"<h1>",
    b"<h2>x</h2>",
    b"<h1>x</h1>",
    b"<title>| | ",
    b"<",
    b"&amp;",
    b"404 ",
    b"<p a=b>",
]


@pytest.mark.parametrize("piece", PIECES)
def test_no_page_makes_the_check_spin(piece: bytes) -> None:
    """A megabyte of any mark-up is judged in a moment."""
    began = process_time()
    with contextlib.suppress(BadAnswer):
        check_body(b"<html><body>" + piece * (1_000_000 // len(piece)), PageKind.ARTICLE, URL)
    assert process_time() - began < 30  # spinning is the fault; the slack is for a busy machine


@given(st.binary(max_size=300), st.sampled_from(PageKind))
def test_no_page_is_too_strange(body: bytes, kind: PageKind) -> None:
    """Whatever the bytes, the answer is yes or a typed no."""
    with contextlib.suppress(BadAnswer):
        check_body(body, kind, URL)


def test_a_page_that_is_only_a_picture_is_no_empty_page() -> None:
    """A page that shows something without words is not called empty."""
    check_body(b"<html><body><img src=x></body></html>", PageKind.ARTICLE, URL)
    with pytest.raises(BadAnswer) as caught:
        check_body(b"<!-- -->", PageKind.ARTICLE, URL)
    assert caught.value.reason is FetchReason.EMPTY


def test_a_page_without_an_id_may_move() -> None:
    """Only a page known by its id can turn out to be another one."""
    check_place(URL, "http://www.example.dk/forside", None, None)
    check_place(URL, URL + "/slug", "1", "1")
    with pytest.raises(BadAnswer) as caught:
        check_place(URL, "http://www.example.dk/art/2", "1", "2")
    assert caught.value.reason is FetchReason.SOFT_404
