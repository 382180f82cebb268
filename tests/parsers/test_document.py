"""Mark-up becomes blocks as a reader sees them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.parsers.document import read_document
from scraper.parsers.events import MAX_ELEMENTS
from scraper.parsers.plain_text import plain_blocks
from scraper.records import Block


def texts(markup: str) -> list[str]:
    return [block.text for block in read_document(markup, "https://www.example.dk/art/1").blocks]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>a<p>b", ["a", "b"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("a<br>b<BR/>c<hr>d", ["a", "b", "c", "d"]),
        ("<table><tr><td>a<td>b</table>", ["a", "b"]),
        ("<dl><dt>a<dd>b</dl>", ["a", "b"]),
        ("<ul><li>a<li>b", ["a", "b"]),
        ("<p>An<b>ders</b> <i>Holm</i>-Bæk</p>", ["Anders Holm-Bæk"]),
        ("<p>fjord<b>IT</b> A/S", ["fjordIT A/S"]),
        ("<span>Granit A/S</span><span>Udvikler</span>", ["Granit A/S", "Udvikler"]),
        ("<p>Han er uddannet hos Søkøbing Skole.<em>Nyt job</em>", ["Han er uddannet hos Søkøbing Skole.", "Nyt job"]),
        ("<span style='display:block'>a</span>b", ["a", "b"]),
        ("<pre>a\nb</pre>c\nd", ["a", "b", "c d"]),
        ("<x-card>a</x-card><p>b", ["a", "b"]),
        (
            "<x-list> <x-item> <x-firm>Granit</x-firm> <x-job><b>Test</b>er</x-job> </x-item> <x-item>Vang</x-item> </x-list>",
            ["Granit", "Tester", "Vang"],
        ),
        ("<p>Den nye chef <x-name>Bo</x-name> <x-name>Lind</x-name> er her.", ["Den nye chef Bo Lind er her."]),
        ("<b><div>a</b>b</div>c", ["ab", "c"]),
        ("a &amp; b&nbsp;c &#230;&shy;r&#8203;e &#150; 1&#8209;2", ["a & b c ære – 1-2"]),
        ("A\u030angstro\u0308m", ["Ångström"]),
        ("", []),
        ("www.example.dk/a.html", ["www.example.dk/a.html"]),
    ],
)  # fmt: skip
def test_blocks_are_what_a_browser_sets_apart(markup: str, blocks: list[str]) -> None:
    """Block elements stand alone, inline elements join, entities and invisible characters are as a reader sees them."""
    assert texts(markup) == blocks


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>NO</script>", "<style>NO</style>", "<template><p>NO</template>", "<noscript>NO</noscript>", "<!-- NO -->", "<title>NO</title>",
        "<p hidden>NO</p>", "<div aria-hidden=TRUE><p>NO</div>", "<p style='color:red; DISPLAY : none'>NO</p>", "<p style=visibility:hidden>NO</p>",
        "<dialog>NO</dialog>", "<textarea>NO</textarea>", "<select><option>NO</select>", "<svg><text>NO</text></svg>", "<iframe>NO</iframe>",
        "<div popover>NO</div>", "<object>NO</object>", "<?pi NO>", "<img alt=NO>", "<dialog class=x>NO</dialog>",
    ],
)  # fmt: skip
def test_what_is_not_seen_is_not_read(hidden: str) -> None:
    """Scripts, templates, comments, fallbacks and hidden elements give no block, and what follows them does."""
    assert texts(f"<p>before</p><section>{hidden}</section><p>after</p>") == ["before", "after"]


def test_an_open_dialog_is_seen() -> None:
    """A dialog that is open is part of the page."""
    assert texts("<dialog open>yes</dialog>") == ["yes"]


def test_links_are_absolute_and_belong_to_the_text_they_carry() -> None:
    """A block knows where it leads, by the page's address or its base; anchors and scripts lead nowhere."""
    markup = "<a href='/job/1?x=1&amp;y=2'><div>a</div><div>b</div></a><p>long text with one <a href=u>link</a></p><a href=#top>c</a><p><a href=javascript:x>d</a>"
    found = read_document(markup, "https://www.example.dk/art/1/x").blocks
    assert [block._replace(path=()) for block in found] == [
        Block("a", "https://www.example.dk/job/1?x=1&y=2"), Block("b", "https://www.example.dk/job/1?x=1&y=2"),
        Block("long text with one link"), Block("c"), Block("d"),
    ]  # fmt: skip
    based = read_document(
        "<base href=https://jobs.example.dk/a/><a href=b/1>x</a><p><a href=http://[bad>y</a>", "https://www.example.dk/"
    )
    assert [block.link for block in based.blocks] == ["https://jobs.example.dk/a/b/1", None]


def test_headings_are_hinted() -> None:
    """A block inside a heading element, or one with the role of a heading, says so."""
    found = read_document("<h2>a</h2><p>b</p><div role=heading>c</div>").blocks
    assert [block.heading for block in found] == [True, False, True]


def test_inline_neighbours_are_kept_as_parts() -> None:
    """Inline elements side by side are one block that remembers them; mark-up inside a word is not remembered."""
    found = read_document("<p><b>Granit A/S</b> <i>Udvikler</i> <u>Fyn</u></p><p>A<b>s</b>e Holm</p>").blocks
    assert [block.parts for block in found] == [("Granit A/S", "Udvikler", "Fyn"), ()]


def test_json_ld_is_kept_beside_the_blocks() -> None:
    """Every JSON-LD script of the page is handed on as it is written, but not one inside a template."""
    found = read_document(
        '<script type="Application/LD+JSON; charset=utf-8">{"a":1}</script><template><script type=application/ld+json>{}</script></template><script type=application/ld+json>[1'
    )
    assert found.json_ld == ['{"a":1}', "[1"]
    assert found.blocks == []


def test_a_page_of_too_many_elements_is_read_to_the_limit() -> None:
    """What stands before the limit is read, and the page is said to be too large."""
    found = read_document("<p>x" * (MAX_ELEMENTS + 10))
    assert found.too_large
    assert len(found.blocks) > MAX_ELEMENTS - 10


def test_plain_text_has_its_lines_and_joins_wrapped_ones() -> None:
    """Lines are blocks; a paragraph that was broken to a width is one."""
    wrapped = "Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind som\nkonsulent. Han skal især beskæftige sig med drift af\nnetværk. Nyt job"
    assert [block.text for block in plain_blocks(f"Navnenyt\r\n\r\n  {wrapped}\n\nBo Lind\nGranit Data A/S")] == [
        "Navnenyt", " ".join(wrapped.split()), "Bo Lind", "Granit Data A/S",
    ]  # fmt: skip


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "</i>",
                "<td>",
                "<a href=x>",
                "<div hidden>",
                "</div>",
                "ord",
                " ",
                "<br>",
                "&aring;",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_seen_word_is_in_a_block_once(pieces: list[str]) -> None:
    """No mark-up, however wrong, makes a seen word vanish or double."""
    if "<div hidden>" in pieces:
        return
    markup = "".join(pieces)
    assert "".join(texts(markup)).count("ord") == markup.count("ord")
