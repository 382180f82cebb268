"""The form's announcements as editors reword them: fixed words around fields that may hold anything."""

from __future__ import annotations

import time
from datetime import date

import pytest

from scraper.parsers import parse_announcement
from scraper.parsers.notice_words import BETWEEN, DATE
from scraper.records import Move, MoveKind

PUBLISHED = date(2026, 1, 15)
FIRM = "Holms Eftf. A/S"


def read(text: str) -> Move:
    (move,) = parse_announcement(text, published=PUBLISHED)
    for field, (start, end) in move.evidence.items():
        assert 0 <= start < end <= len(text), field
    return move


@pytest.mark.parametrize(
    "sentence",
    [
        "Bo Lind, 45 år, er pr. 1. maj 2026 ansat som CTO hos {firm}.",
        "Bo Lind, 45 år, er tiltrådt som CTO hos {firm} pr. 1. maj 2026.",
        "Bo Lind (45) er pr. 1. maj 2026 ny CTO hos {firm}.",
        "Pr. 1. maj 2026 er Bo Lind, 45 år, ansat som CTO hos {firm}.",
        "Den 1. maj 2026 startede Bo Lind, 45 år, som CTO hos {firm}.",
        "Bo Lind, 45 år, tiltræder den 1. maj 2026 stillingen som CTO hos {firm}.",
        "{firm} har med virkning fra 1. maj 2026 ansat Bo Lind, 45 år, som CTO.",
        "{firm} har pr. 1. maj 2026 fået ny CTO: Bo Lind, 45 år.",
        "{firm} har budt Bo Lind, 45 år, velkommen som ny CTO pr. 1. maj 2026.",
        "{firm} har ansat Bo Lind, 45 år, som CTO. Bo tiltrådte stillingen 1. maj 2026.",
        "{firm} byder velkommen til Bo Lind, 45 år, der tiltræder som CTO pr. 1. maj 2026.",
        "{firm} har ansat Bo Lind, 45 år, som CTO med tiltrædelse den 1. maj 2026.",
        "Som ny CTO har {firm} pr. 1. maj 2026 ansat Bo Lind, 45 år.",
        "Til stillingen som CTO har {firm} pr. 1. maj 2026 ansat Bo Lind, 45 år.",
        "Ny CTO hos {firm}: Bo Lind, 45 år. Bo tiltrådte 1. maj 2026.",
        "{firm}: Bo Lind, 45 år, er pr. 1. maj 2026 ansat som CTO.",
        "Bo Lind, 45 år, er pr. 1. maj 2026 CTO hos {firm}.",
        "Bo Lind, 45 år, er pr. 1. maj 2026 startet i en nyoprettet stilling som CTO hos {firm}.",
        "Bo Lind, 45 år, overtager pr. 1. maj 2026 posten som CTO hos {firm} efter Eva Holm.",
        "{firm} har ansat Bo Lind, 45 år, som CTO. Tiltrædelse sker den 1. maj 2026.",
    ],
)
@pytest.mark.parametrize(
    "firm", [FIRM, "edb-huset", "Styrelsen for Havne (SFH)", "Huset af 1. juni ApS", "Kabel- og Rørlauget"]
)
def test_whatever_stands_between_the_fixed_words_is_read_whole(sentence: str, firm: str) -> None:
    """A company with full stops, small letters, brackets or a date in its name, in each of the sentences."""
    move = read(f"{sentence.format(firm=firm)} Han skal især beskæftige sig med drift. Nyt job")
    assert (move.kind, move.person, move.age) == (MoveKind.HIRE, "Bo Lind", 45)
    assert (move.company, move.role, str(move.start_date)) == (firm, "CTO", "2026-05-01")
    assert (move.focus, move.label) == ("drift", "Nyt job")


@pytest.mark.parametrize(
    "name", ["Omar al-Hadi", "Ole van den Haag", "Jón í Dal", "Anne-Marie d'Or", "H.C. Bro", "Åse Ø. Ær"]
)
def test_names_with_small_words_and_initials(name: str) -> None:
    """A name is whole whatever particles it has, and later sentences call the person by a part of it."""
    first = name.split(" ", 1)[0]
    move = read(
        f"{FIRM} har ansat {name} som CTO. {first} tiltrådte stillingen 1. marts. {first} kommer fra en stilling som Chef, Salg hos it-huset. Nyt job"
    )
    assert (move.person, str(move.start_date)) == (name, "2026-03-01")
    assert (move.previous_role, move.previous_company) == ("Chef, Salg", "it-huset")


def test_a_shift_says_the_old_and_the_new_job() -> None:
    """From one job to another in one sentence."""
    move = read(
        f"Ea Bro skifter pr. 1. maj 2026 fra en stilling som Chef, Salg hos edb-huset til en stilling som CTO hos {FIRM}. Nyt job"
    )
    assert (move.role, move.company) == ("CTO", FIRM)
    assert (move.previous_role, move.previous_company) == ("Chef, Salg", "edb-huset")


@pytest.mark.parametrize(
    "told",
    [
        "Han har hidtil været Chef, Salg.",
        "Han kommer fra en stilling som Chef, Salg samme sted. Til daglig bor Bo i Ny By.",
    ],
)
def test_a_promotion_tells_the_post_that_was_left(told: str) -> None:
    """In a sentence of its own, without a company or with "samme sted"."""
    move = read(f"{FIRM} har pr. 1. maj forfremmet Bo Lind til CTO. {told} Forfremmelse")
    assert (move.kind, move.company, move.role, move.previous_role) == (MoveKind.PROMOTION, FIRM, "CTO", "Chef, Salg")


def test_a_degree_is_of_the_employer_and_not_of_the_school() -> None:
    """The employer stands in the next sentence, behind "fra" or behind the title; the school is none."""
    done = "har pr. 1. maj 2026 fuldført uddannelsen HD 2. del i ledelse på Ny Handelsskole"
    for text in (
        f"Ea Bro {done}. Hun er CTO hos {FIRM}.",
        f"Ea Bro fra {FIRM} {done} via Fonden.",
        f"Ea Bro, CTO hos {FIRM}, {done}.",
    ):
        move = read(f"{text} Færdiggjort uddannelse")
        assert (move.kind, move.person, move.company) == (MoveKind.EDUCATION, "Ea Bro", FIRM)
        assert str(move.start_date) == "2026-05-01"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ea Bro er pr. 1. maj 2026 indtrådt i bestyrelsen for {firm}. Bestyrelsespost", MoveKind.BOARD),
        ("Ea Bro, CTO hos {firm}, er pr. 1. maj 2026 fratrådt sin stilling. Fratrædelse", MoveKind.DEPARTURE),
        ("Ea Bro, CTO hos {firm}, har pr. 1. maj 2026 25 års jubilæum. Jubilæum", MoveKind.ANNIVERSARY),
        (
            "Ea Bro, CTO hos {firm}, har pr. 1. maj 2026 opnået certificeringen CISSP. Certificering",
            MoveKind.CERTIFICATION,
        ),
    ],
)
def test_the_other_kinds(text: str, kind: MoveKind) -> None:
    """Boards, departures, anniversaries and certificates are said in the form's way too."""
    move = read(text.format(firm="Huset af 1. juni ApS"))
    assert (move.kind, move.person, move.company) == (kind, "Ea Bro", "Huset af 1. juni ApS")


def test_a_sentence_with_other_words_is_read_as_prose() -> None:
    """A description before the name, a town and a duty behind it: none of them gets into the fields."""
    move = read(
        "It-firmaet Granit Data A/S har ansat salgschef Bo Lind som direktør i Vejle, hvor han får ansvar for drift. Nyt job"
    )
    assert (move.company, move.person, move.role, move.location) == ("Granit Data A/S", "Bo Lind", "direktør", "Vejle")


def test_a_long_date_between_the_words_of_a_verb_costs_no_time() -> None:
    """Each character of a date is blotted out by a mark of its own: a run of them is read in one way only."""
    begun = time.process_time()
    assert BETWEEN.fullmatch(DATE * 60) is not None
    assert BETWEEN.fullmatch(DATE * 60 + " x") is None
    assert time.process_time() - begun < 0.1
