"""Labels that no table knows, told by where the page sets its labels; and lines that only look like labels."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.parsers import parse_page
from scraper.records import Extraction, Page

BO = "Granit Data A/S har pr. 1. februar 2026 ansat Bo Lind som udvikler."
EVA = "Eva Holm, konsulent hos Kobberværket A/S, er pr. 1. februar 2026 forfremmet til chefkonsulent."
IDA = "Skiferlys ApS har pr. 1. marts 2026 ansat Ida Vang som tester."


def read(markup: str) -> Extraction:
    return parse_page(Page("https://www.example.dk/art/1", markup.encode(), published=date(2026, 3, 1)))


def labels(markup: str) -> list[tuple[str, str | None]]:
    return [(move.person, move.label) for move in read(markup).moves]


@pytest.mark.parametrize("label", ["Barselsvikariat", "Fleksjob", "Ny hverdag på kontoret"])
@pytest.mark.parametrize(
    "layout",
    [
        "<h2>Navnenyt</h2><p>{bo}<p>Nyt job<p>{ida}<p>{label}<p>{eva}<p>Forfremmelse",
        (
            "<h2>Navnenyt</h2><p>{bo}<p>Nyt job<p>{ida}<p><a href=/type>{label}</a><p>Ida Vang<p>Skiferlys ApS<p>{eva}"
            "<p>Forfremmelse"
        ),
        "<h2>Navnenyt</h2><p>Bo Lind<p>{bo}<p>Nyt job<p>Ida Vang<p>{ida}<p>{label}<p>Eva Holm<p>{eva}<p>Forfremmelse",
        (
            "<h2>Navnenyt</h2><p>1. marts 2026<p>{bo}<p>Nyt job<p>1. marts 2026<p>{ida}<p>{label}<p>2. marts 2026<p>{eva}"
            "<p>Forfremmelse"
        ),
        "<h2>Navnenyt</h2><p>Nyt job<p>{bo}<p>{label}<p>{ida}<p>Forfremmelse<p>{eva}",
        "<h2>Navnenyt</h2><p>Nyt job: {bo}<p>{label}: {ida}<p>Forfremmelse: {eva}",
    ],
)
def test_a_label_that_no_table_knows_is_told_by_its_place(layout: str, label: str) -> None:
    """Where the other announcements of the page have their labels, any few words are a label."""
    assert labels(layout.format(bo=BO, eva=EVA, ida=IDA, label=label)) == [
        ("Bo Lind", "Nyt job"), ("Ida Vang", label), ("Eva Holm", "Forfremmelse"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "last"),
    [("NYT JOB", "BARSELSVIKARIAT"), ("<a href=/n>Nyt job</a>", "<a href=/b>Barselsvikariat</a>")],
)
def test_a_label_that_no_table_knows_looks_like_the_others(known: str, last: str) -> None:
    """Where the labels of the page are in capitals or are links, the one below the last announcement is too."""
    said = labels(f"<h2>Navnenyt</h2><p>{BO}<p>{known}<p>{IDA}<p>{last}<p>Annonceindlæg fra Grus")
    assert [(person, (label or "").capitalize()) for person, label in said] == [
        ("Bo Lind", "Nyt job"), ("Ida Vang", "Barselsvikariat"),
    ]  # fmt: skip


def test_a_heading_in_capitals_shifts_no_labels_in_capitals() -> None:
    """Labels in capitals, the last of which no table knows, belong to the announcements above them too."""
    assert labels(f"<p>Nyt job<p>{BO}<p>NYT JOB<p>{EVA}<p>FORFREMMELSE<p>{IDA}<p>VIKARIAT<p>Om os") == [
        ("Bo Lind", "NYT JOB"), ("Eva Holm", "FORFREMMELSE"), ("Ida Vang", "VIKARIAT"),
    ]  # fmt: skip


def test_a_heading_with_the_words_of_a_label_hides_no_label_beside_a_name() -> None:
    """Below the heading "Nyt job" the lines with label and person are still the announcements' labels."""
    assert labels(f"<p>Nyt job<p>{BO}<p>Nyt job — Bo Lind<p>{EVA}<p>Forfremmelse — Eva Holm") == [
        ("Bo Lind", "Nyt job"), ("Eva Holm", "Forfremmelse"),
    ]  # fmt: skip


def test_what_stands_below_the_last_announcement_is_no_label() -> None:
    """The foot of the page is no label of an announcement that lost its own."""
    found = read(f"<h2>Navnenyt</h2><p>{BO}<p>Nyt job<p>{EVA}<p>Forfremmelse<p>{IDA}<p>Annoncering<p>Job hos bladet")
    assert all(move.label != "Job hos bladet" for move in found.moves)


@pytest.mark.parametrize("label", ["Vikariat", "Elevplads", "Seniorjob", "Barselsorlov", "Ny rolle"])
def test_a_label_below_the_last_announcement_is_told_by_its_noun(label: str) -> None:
    """Below the last announcement only nouns of posts and terms are labels that no table knows."""
    assert labels(f"<h2>Navnenyt</h2><p>{BO}<p>Nyt job<p>{IDA}<p>{label}<p>Om os") == [
        ("Bo Lind", "Nyt job"), ("Ida Vang", label),
    ]  # fmt: skip


def test_a_heading_with_the_words_of_a_label_shifts_no_labels() -> None:
    """Below the heading "Nyt job" the labels still belong to the announcements above them."""
    assert labels(f"<p>Nyt job<p>{BO}<p>Nyt job<p>{EVA}<p>Forfremmelse<p>{IDA}<p>Ansættelse") == [
        ("Bo Lind", "Nyt job"), ("Eva Holm", "Forfremmelse"), ("Ida Vang", "Ansættelse"),
    ]  # fmt: skip


def test_a_firm_with_a_number_ends_a_sentence() -> None:
    """ "Grusgrav 9." is no day that was cut off."""
    text = BO + " Han kommer fra en stilling som tester hos Grusgrav 9."
    assert labels(f"<h2>Navnenyt</h2><p>{text} Nyt job<p>{EVA} Forfremmelse") == [
        ("Bo Lind", "Nyt job"), ("Eva Holm", "Forfremmelse"),
    ]  # fmt: skip


def test_a_label_in_brackets_is_a_label() -> None:
    """Print views set labels in brackets."""
    assert labels(f"<h2>Navnenyt</h2><p>{BO}<p>[Nyt job]<p>{EVA}<p>(Forfremmelse)") == [
        ("Bo Lind", "Nyt job"), ("Eva Holm", "Forfremmelse"),
    ]  # fmt: skip


def test_text_broken_to_a_width_is_put_together_above_its_label() -> None:
    """Lines of a fixed width are one announcement, a word broken at its hyphen too, and the label below ends it."""
    broken = (
        "Granit Data A/S har pr. 1. februar 2026 ansat Anne-\nGrethe Lind som udvikler. Hun skal især beskæftige\n"
        "sig med drift.\nNyt job"
    )
    assert labels(f"<h2>Navnenyt</h2><pre>{broken}</pre>") == [("Anne-Grethe Lind", "Nyt job")]


@pytest.mark.parametrize("label", ["#{}", "[{}]", "{} — Ida Vang", "Ida Vang | {}"])
@pytest.mark.parametrize("word", ["Ansættelse", "Barselsvikariat"])
def test_signs_and_a_name_beside_a_label_are_no_part_of_it(label: str, word: str) -> None:
    """A label may be a tag or share its line with the person."""
    assert labels(f"<h2>Navnenyt</h2><p>{IDA}<p>{label.format(word)}<p>{EVA}<p>Forfremmelse") == [
        ("Ida Vang", word), ("Eva Holm", "Forfremmelse"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "markup",
    [
        f"<h2>Navnenyt</h2><p>{BO}<p>Nyt job<p>{EVA}<p>Forfremmelse<p>{{lure}}",
        f"<p>{{lure}}<p>Navnenyt<p>{BO}<p>Nyt job<p>{EVA}<p>Forfremmelse",
        f"<p>{{lure}}<p>Nyt job<p>{BO} Nyt job<p>{EVA} Forfremmelse",
    ],
)
def test_a_sentence_of_the_article_beside_a_section_is_none_of_it(markup: str) -> None:
    """Who was hired long ago in the body of an article is no announcement, above the section or below it."""
    lure = "Per Krat blev i 1998 ansat som udvikler i firmaet, og siden er det gået stærkt for hele afdelingen."
    assert [move.person for move in read(markup.format(lure=lure)).moves] == ["Bo Lind", "Eva Holm"]


@pytest.mark.parametrize("label", ["Jobskifte", "Jobskift"])
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("layout", ["<div>{label}</div><p>{body}</p>", "<h4>{name}</h4><i>{label}</i><p>{body}</p>"])
def test_a_label_that_may_also_head_a_section_is_one_above_its_announcement(
    label: str, place: int, layout: str
) -> None:
    """Where the page's labels stand above, a word for both is that of the announcement below it: none goes unread."""
    told = [("Bo Lind", BO, "Nyt job"), ("Ida Vang", IDA, "Nyt job"), ("Eva Holm", EVA, "Forfremmelse")]
    told[place] = (*told[place][:2], label)
    found = read(
        "<h2>Navnenyt</h2>" + "".join(layout.format(name=name, body=body, label=label) for name, body, label in told)
    )
    assert [(move.person, move.label) for move in found.moves] == [(name, label) for name, _, label in told]
    assert found.unparsed == ()


def test_a_word_for_labels_and_sections_still_heads_a_section() -> None:
    """Above announcements whose labels stand below them, and above one that has none, "Jobskifte" is a heading."""
    assert labels(f"<div>Jobskifte</div><p>{BO}<p>Nyt job<p>{EVA}<p>Forfremmelse") == [
        ("Bo Lind", "Nyt job"), ("Eva Holm", "Forfremmelse"),
    ]  # fmt: skip
    assert labels(f"<div>Jobskifte</div><p>{BO}") == [("Bo Lind", None)]


@pytest.mark.parametrize("end", ["…", "..."])
def test_a_teaser_that_breaks_off_does_not_say_where_labels_stand(end: str) -> None:
    """The label below a teaser is that of the announcement below it, which is read."""
    teaser = f"<p>Kobberværket A/S har pr. 1. maj 2026 ansat Åse Grøn som konsu{end}</p>"
    found = read(f"{teaser}<div>Nyt job</div><p>{BO}</p>")
    assert [(move.person, move.label) for move in found.moves] == [("Bo Lind", "Nyt job")]
    found = read(
        f"{teaser}<p>Systemet gik ned ved midnat.</p><div>Nyt job</div><p>{BO}</p><div>Nyt job</div><p>{IDA}</p>"
    )
    assert [move.person for move in found.moves] == ["Bo Lind", "Ida Vang"]
