"""Several people in one announcement, each with the title that the words give."""

from __future__ import annotations

import pytest

from scraper.parsers.moves import read_announcement

CASES: list[tuple[str, list[tuple[str, str | None]]]] = [
    ("Havgus har ansat tre nye konsulenter: Ann Holm, Bo Lund og Ea Birk.", [("Ann Holm", "konsulenter"), ("Bo Lund", "konsulenter"), ("Ea Birk", "konsulenter")]),
    ("Ann Holm og Bo Lund er ansat hos Havgus som henholdsvis direktør og sælger.", [("Ann Holm", "direktør"), ("Bo Lund", "sælger")]),
    ("Havgus har ansat Ann Holm som direktør og Bo Lund som sælger.", [("Ann Holm", "direktør"), ("Bo Lund", "sælger")]),
    ("Ann Holm er ansat som direktør i Havgus, mens Bo Lund er ansat som sælger.", [("Ann Holm", "direktør"), ("Bo Lund", "sælger")]),
    ("Ann Holm er ansat som direktør i Havgus. Samtidig udnævnes Bo Lund til salgschef efter et år som sælger.", [("Ann Holm", "direktør"), ("Bo Lund", "salgschef")]),
    ("Ann Holm er ansat som direktør i Havgus. Samtidig er Ann Holm indtrådt i ledelsen.", [("Ann Holm", "direktør")]),
    ("Havgus har ansat Bo Lund, 29 år, som regnskabschef med base i Viby J. Bo Lund er uddannet revisor.", [("Bo Lund", "regnskabschef")]),
    (
        "Foreningen Havgus har valgt følgende tre nye medlemmer til bestyrelsen: chef Ann Holm, Birk, professor Bo Lund, Eng, og Ea Kær, Fjord.",
        [("Ann Holm", None), ("Bo Lund", None), ("Ea Kær", None)],
    ),
    ("Havgus har forfremmet to medarbejdere: Ann Holm til salgschef og Bo Lund til it-chef.", [("Ann Holm", "salgschef"), ("Bo Lund", "it-chef")]),
    ("Havgus har ansat to nye medarbejdere: Ann Holm som sælger og Bo Lund som udvikler.", [("Ann Holm", "sælger"), ("Bo Lund", "udvikler")]),
    ("Havgus har ansat Ann Holm, 34 år, som sælger, og Bo Lund, 44 år, som udvikler.", [("Ann Holm", "sælger"), ("Bo Lund", "udvikler")]),
    ("Ann Holm og Bo Lund er nye partnere i Havgus.", [("Ann Holm", "partnere"), ("Bo Lund", "partnere")]),
    ("Ann Holm er ansat som konsulent hos Havgus, og Bo Lund er ansat som udvikler.", [("Ann Holm", "konsulent"), ("Bo Lund", "udvikler")]),
    ("Ann Holm er ansat som konsulent i Havgus. Bo Lund er ansat som udvikler i Havgus.", [("Ann Holm", "konsulent"), ("Bo Lund", "udvikler")]),
    ("Havgus byder velkommen til to nye kolleger, Ann Holm og Bo Lund.", [("Ann Holm", None), ("Bo Lund", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "people"), CASES, ids=range(len(CASES)))
def test_each_person_gets_the_title_that_the_words_give(text: str, people: list[tuple[str, str | None]]) -> None:
    moves = read_announcement(text).moves
    assert [(move.person, move.role) for move in moves] == people
    assert len({move.company for move in moves}) == 1


def test_each_person_keeps_the_age_that_stands_beside_the_name() -> None:
    moves = read_announcement("Havgus har ansat Ann Holm, 34 år, som sælger, og Bo Lund, 44 år, som udvikler.").moves
    assert [(move.person, move.age) for move in moves] == [("Ann Holm", 34), ("Bo Lund", 44)]


def test_the_one_whose_place_is_taken_may_have_an_age_and_go_to_another_house() -> None:
    text = (
        "Ann Holm, 30, bliver ny direktør i Havgus. Hun afløser Bo Lund, 25, som tiltræder en ny stilling som "
        "salgschef i it-virksomheden Birk A/S."
    )
    _, other = read_announcement(text).moves
    assert (other.kind, other.person, other.age) == ("hire", "Bo Lund", 25)
    assert (other.role, other.company, other.previous_company) == ("salgschef", "Birk A/S", "Havgus")


def test_the_one_whose_place_is_taken_may_get_a_duty_without_a_title() -> None:
    text = (
        "Havgus A/S har ansat Ann Holm som konsulentchef. Ann Holm overtager stillingen fra Ea Kær, som fremover har "
        "ansvaret for konsulentteamet i Havgus' afdeling i USA."
    )
    _, other = read_announcement(text).moves
    assert (other.kind, other.person, other.role) == ("promotion", "Ea Kær", None)
    assert (other.company, other.unit) == ("Havgus A/S", "konsulentteamet")


def test_a_founder_may_be_told_to_lead_the_new_house() -> None:
    first, second = read_announcement(
        "Ann Holm har sammen med Bo Lund stiftet Havgus ApS. Ann, som er direktør, kommer fra Birk."
    ).moves
    assert (first.role, second.role) == ("direktør", None)
    (alone,) = read_announcement("Ea Kær har i april 2015 etableret og er startet som CEO i Havgus A/S.").moves
    assert (alone.kind, alone.company, alone.role) == ("founding", "Havgus A/S", "CEO")


def test_the_one_who_hands_over_the_management_may_change_to_another_house() -> None:
    first, other = read_announcement(
        "Ann Holm har som ny direktør overtaget den daglige ledelse af it-virksomheden Havgus fra Bo Lund, der skifter "
        "til en stilling som analysechef i Birk A/S og samtidig indtræder i bestyrelsen."
    ).moves
    assert (first.person, first.role, first.company) == ("Ann Holm", "direktør", "Havgus")
    assert (other.kind, other.person, other.role, other.company) == ("hire", "Bo Lund", "analysechef", "Birk A/S")
    assert other.previous_company == "Havgus"
