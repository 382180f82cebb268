"""One move told by many constructions: whatever the verb and the order of its parts, the same record comes out."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.parsers.moves import read_announcement
from scraper.records import MoveKind

_JOINS = [
    "{p} har takket ja til stillingen som {r} hos {c}.",
    "{p} siger ja til jobbet som {r} hos {c}.",
    "{p} har sagt ja til posten som {r} i {c}.",
    "{p} træder til som {r} i {c}.",
    "{p} går ind i rollen som {r} hos {c}.",
    "{p} sætter sig i stolen som {r} hos {c}.",
    "{p} er fremover {r} i {c}.",
    "{p} har skiftet job og er nu {r} hos {c}.",
    "{p} kommer til {c} som {r}.",
    "{p} kommer til {c} i en nyoprettet stilling som {r}.",
    "{p} kommer fra Egern til {c}, hvor hun er ansat som {r}.",
    "{p} er knyttet til {c} som {r}.",
    "{p} har underskrevet kontrakt med {c} som {r}.",
    "{p} er hyret af {c} som {r}.",
    "{p} er blevet hentet af {c} til stillingen som {r}.",
    "{p} kan nu kalde sig {r} hos {c}.",
    "{p} bytter jobbet som tester hos Egern ud med stillingen som {r} i {c}.",
    "{p} forlader Egern for at blive {r} hos {c}.",
    "{p} forlader en stilling som tester hos Egern for at blive {r} i {c}.",
    "{p} har forladt jobbet som tester hos Egern og er begyndt som {r} hos {c}.",
    "{p} har sagt op som tester hos Egern og tiltræder som {r} hos {c}.",
    "{p} er hentet fra en stilling som tester hos Egern for at være {r} hos {c}.",
    "{p} tiltræder som {r} hos {c} 1. maj.",
    "Det er {p}, der bliver ny {r} hos {c}.",
    "Som {r} er {p} blevet en del af {c}.",
    "Som ny {r} har {c} ansat {p}.",
    "Som ny {r} hos {c} får {p} ansvar for driften.",
    "Ny {r}: {p} er ansat hos {c}.",
    "Ny {r} hos {c} er {p}.",
    "Den nye {r} hos {c} hedder {p}.",
    "Stillingen som {r} hos {c} er besat med {p}.",
    "Posten som {r} i {c} er gået til {p}.",
    "Jobbet som {r} hos {c} går til {p}.",
    "Rollen som {r} hos {c} varetages fremover af {p}.",
    "{c} har fundet sin nye {r}: {p}.",
    "{c} henter {p} ind som {r}.",
    "{c} byder velkommen til {p}, der er ny {r}.",
    "Bestyrelsen i {c} har ansat {p} som {r}.",
    "{p} lander som {r} hos {c}.",
    "{p} tager springet til {c} som {r}.",
    "{p} tager springet fra Egern til {c}, hvor hun bliver {r}.",
    "{p} hopper fra Egern til {c} som {r}.",
    "{p} drager videre til {c} som {r}.",
    "{p} tager plads i stolen som {r} hos {c}.",
    "{p} overtager stafetten fra Bo Eng som {r} hos {c}.",
    "{p} erstatter Bo Eng som {r} hos {c}.",
    "{p} har accepteret et tilbud om at blive {r} hos {c}.",
    "{p} har indgået en aftale med {c} om at tiltræde som {r}.",
    "{p} har skrevet under på en kontrakt med {c} som {r}.",
    "{p} skal stå i spidsen for {c} som {r}.",
    "{p} skal fremover arbejde som {r} hos {c}.",
    "{p} skifter arbejdsgiver og bliver {r} hos {c}.",
    "{p} skifter jobbet som tester hos Egern ud med posten som {r} hos {c}.",
    "{p} rykker til {c}, hvor hun skal være {r}.",
    "{p} er lokket til {c} som {r}.",
    "{p} er hentet ind udefra som {r} hos {c}.",
    "{p} er af {c} ansat som {r}.",
    "{p} er {c}s nye {r}.",
    "{p} er fra 1. maj {r} hos {c}.",
    "{p} er blevet en del af teamet hos {c} som {r}.",
    "{c} har fået en ny {r}. Hun hedder {p}.",
    "{c} har tilknyttet {p} som {r}.",
    "{c} har gjort {p} til {r}.",
    "{c} har tilbudt {p} stillingen som {r}.",
    "{c} har besat posten som {r} med {p}.",
    "{c} har overtalt {p} til at blive {r}.",
    "{c} snupper {p} fra Egern som ny {r}.",
    "{c} siger velkommen til {p}, der er ny {r}.",
    "Til posten som {r} har {c} udpeget {p}.",
    "{c}s nye {r} hedder {p}.",
    "{c}s nye {r} er {p}.",
    "{p} slutter sig til {c} som {r}.",
    "{p} bliver Bo Engs afløser som {r} hos {c}.",
    "{p} bliver fra 1. maj {r} hos {c}.",
    "Med {p} har {c} fået en ny {r}.",
    "Valget er faldet på {p} som ny {r} hos {c}.",
    "Ledelsen hos {c} har udpeget {p} som {r}.",
]


@pytest.mark.parametrize("sentence", _JOINS)
@pytest.mark.parametrize("role", ["it-chef", "projektleder"])
def test_a_hire_is_one_record_however_it_is_told(sentence: str, role: str) -> None:
    """Person, title, house and kind are the same for each way of telling that somebody is hired."""
    reading = read_announcement(sentence.format(p="Ann Holm", r=role, c="Granit Data"), published=date(2026, 2, 1))
    assert reading.unread is None
    (move,) = reading.moves
    assert (move.person, move.role, move.company, move.kind) == ("Ann Holm", role, "Granit Data", MoveKind.HIRE)


@pytest.mark.parametrize(
    ("sentence", "previous"),
    [
        ("Ann Holm forlader en stilling som tester hos Egern for at blive it-chef i Granit.", ("tester", "Egern")),
        ("Ann Holm forlader Egern for at blive it-chef hos Granit.", (None, "Egern")),
        ("Ann Holm har forladt jobbet som tester hos Egern og er startet som it-chef i Granit.", ("tester", "Egern")),
    ],
)
def test_who_leaves_for_another_job_is_hired(sentence: str, previous: tuple[str | None, str]) -> None:
    """The job that is left in the same sentence is the previous one; nobody has merely left."""
    (move,) = read_announcement(sentence).moves
    assert (move.kind, move.company, move.role) == (MoveKind.HIRE, "Granit", "it-chef")
    assert (move.previous_role, move.previous_company) == previous


def test_who_leaves_for_nothing_told_has_left() -> None:
    """Without a new title and a new house, a departure stays one."""
    (move,) = read_announcement("Ann Holm forlader Granit for at blive selvstændig.").moves
    assert (move.kind, move.company) == (MoveKind.DEPARTURE, "Granit")


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Ann Holm avancerer til it-chef hos Granit.", "it-chef"),
        ("Ann Holm avancerer fra tester til it-chef hos Granit.", "it-chef"),
        ("Ann Holm rykker op i hierarkiet hos Granit og bliver it-chef.", "it-chef"),
        ("Ann Holm har skiftet stol internt i Granit og er nu it-chef.", "it-chef"),
        ("Ann Holm skifter internt hos Granit til en stilling som it-chef.", "it-chef"),
        ("Ann Holm er udnævnt til it-chef i Granit. Inden udnævnelsen var hun tester hos Granit.", "it-chef"),
        ("Ann Holm har fået titlen it-chef hos Granit. Hun kommer internt fra en stilling som tester.", "it-chef"),
        ("Ann Holm er forfremmet internt i Granit til it-chef.", "it-chef"),
        ("Granit har forfremmet Ann Holm fra tester til it-chef.", "it-chef"),
        ("Ann Holm, der er tester i Granit, er blevet forfremmet til it-chef.", "it-chef"),
        ("Ann Holm går fra tester til it-chef hos Granit.", "it-chef"),
        ("Ann Holm skifter intern stilling og bliver it-chef hos Granit.", "it-chef"),
        ("Ann Holm bliver ny it-chef i Granit. Hun har de seneste fem år været tester hos Granit.", "it-chef"),
        ("Granits nye it-chef er Ann Holm. Hun har hidtil været tester i Granit.", "it-chef"),
        ("Efter ti år hos Granit er Ann Holm forfremmet til it-chef.", "it-chef"),
        ("Efter ti år som tester i Granit er Ann Holm udnævnt til it-chef.", "it-chef"),
        ("Fra tester til it-chef: Ann Holm er forfremmet hos Granit.", "it-chef"),
    ],
)
def test_a_rise_is_a_promotion(sentence: str, role: str) -> None:
    """Who rises in the own house is promoted, and the title is the new one."""
    (move,) = read_announcement(sentence).moves
    assert (move.kind, move.role, move.company) == (MoveKind.PROMOTION, role, "Granit")


@pytest.mark.parametrize(
    "told",
    [
        "Før hun kom til Granit, arbejdede hun hos Birk som tester.",
        "Inden Ann kom til Granit, var hun tester hos Birk.",
        "Før hun blev ansat hos Granit, var Ann tester hos Birk.",
        "Hun kom til Granit fra en stilling som tester hos Birk.",
    ],
)
def test_what_was_before_the_arrival_makes_no_promotion(told: str) -> None:
    """The new house named in a clause on the time before it is still the new one."""
    (move,) = read_announcement(f"Ann Holm er ny it-chef hos Granit. {told}").moves
    assert (move.kind, move.company, move.unit) == (MoveKind.HIRE, "Granit", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Holm, 44 år, er ansat som it-chef hos Granit.",
        "Ann Holm på 44 år er ansat som it-chef hos Granit.",
        "Ann Holm, der er 44 år, er begyndt som it-chef hos Granit.",
        "Ann Holm, som er 44 år, er ansat som it-chef hos Granit.",
        "Ann Holm (44) er ansat som it-chef hos Granit.",
        "44-årige Ann Holm er ansat som it-chef hos Granit.",
        "Granit har ansat Ann Holm på 44 år som it-chef.",
        "Ny it-chef hos Granit er Ann Holm på 44 år.",
    ],
)
def test_the_age_is_read_in_every_way_of_writing_it(sentence: str) -> None:
    """An age behind a name, before it, in brackets or in a clause of its own is the same number."""
    (move,) = read_announcement(sentence).moves
    assert (move.person, move.age, move.company, move.role) == ("Ann Holm", 44, "Granit", "it-chef")


@pytest.mark.parametrize(
    ("sentence", "unit", "location"),
    [
        ("På kontoret i Vejle har Granit ansat Ann Holm som it-chef.", None, "Vejle"),
        ("Til afdelingen i Vejle har Granit ansat Ann Holm som it-chef.", None, "Vejle"),
        ("I Vejle er Ann Holm startet som it-chef hos Granit.", None, "Vejle"),
        ("Granit har styrket salgsafdelingen med Ann Holm, der er ansat som it-chef.", "salgsafdelingen", None),
        ("Granit har udvidet driftsteamet med Ann Holm, som er startet som it-chef.", "driftsteamet", None),
    ],
)
def test_unit_and_town_are_read_where_they_stand(sentence: str, unit: str | None, location: str | None) -> None:
    """A town or a department before the person belongs to the job as one behind it does."""
    (move,) = read_announcement(sentence).moves
    assert (move.person, move.company, move.role) == ("Ann Holm", "Granit", "it-chef")
    assert (move.unit, move.location) == (unit, location)


@pytest.mark.parametrize(
    "sentence",
    [
        "Granit har udvidet bestyrelsen med Ann Holm.",
        "Ann Holm har sat sig for bordenden som formand i Granit.",
        "Ann Holm tager plads i bestyrelsen for Granit.",
        "Ann Holm får plads i Granits bestyrelse.",
        "Granit supplerer bestyrelsen med Ann Holm.",
        "Bestyrelsen i Granit udvides med Ann Holm.",
        "Granits bestyrelse har fået Ann Holm som nyt medlem.",
        "Posten som bestyrelsesformand i Granit overtages af Ann Holm.",
        "Ann Holm indtræder som bestyrelsesmedlem i Granit 1. januar.",
    ],
)
def test_a_seat_on_a_board_is_one_however_it_is_told(sentence: str) -> None:
    """Boards grow, chairs are taken and posts filled: the kind is board, and the house is the board's."""
    (move,) = read_announcement(sentence).moves
    assert (move.person, move.company, move.kind) == ("Ann Holm", "Granit", MoveKind.BOARD)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Holm lander i Vejle klokken otte sammen med sin chef.",
        "Ann Holm har haft travlt som aldrig før, siger hun til Granit.",
        "Ann Holm tager plads på scenen i Vejle, mens chefen ser på.",
        "Ann Holm hopper i havet med chefen for Granit.",
        "Granit giver Ann Holm ret i, at chefen har et problem.",
        "Granit har sat priserne op, siger Ann Holm.",
        "Granit peger på Ann Holm som et godt eksempel.",
        "Granit gør det svært for Ann Holm at finde rundt.",
        "Ann Holm skal arbejde hjemme i maj, siger chefen hos Granit.",
        "Ann Holm er fra Vejle og løber gerne med sin chef.",
        "Ann Holm kommer til at savne kollegerne hos Granit, siger hun.",
        "Ann Holm er nu i gang med at pakke kontoret i Vejle.",
        "Posten som nummer et i Granit er ikke vigtig for Ann Holm.",
        "Rollen som rådgiver er vigtig for Granit, mener Ann Holm.",
        "Ann Holm tager imod gæster hos Granit hver dag.",
        "Det er Ann Holm, der har skrevet bogen om Granit.",
    ],
)
def test_new_verbs_make_no_moves_of_other_sentences(sentence: str) -> None:
    """Sentences that use the same words for something else give no record."""
    assert read_announcement(sentence).moves == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Granit har ansat Ann Holm, 44 år, som it-chef og Bo Lind, 39 år, som tester.",
        "Granit har ansat to nye medarbejdere: Ann-Sofie S. Holm som it-chef og Bo K. Lind som tester.",
        "Ann Holm og Bo Lind er ansat hos Granit som henholdsvis it-chef og tester.",
        "Ann Holm er ansat som it-chef hos Granit, mens Bo Lind er ansat som tester.",
        "Ann Holm tiltræder som it-chef og Bo Lind som tester i Granit.",
    ],
)
def test_two_people_of_one_sentence_keep_their_own_titles(sentence: str) -> None:
    """Each name has the title that stands with it, and both have the house."""
    moves = read_announcement(sentence).moves
    assert [(move.role, move.company) for move in moves] == [("it-chef", "Granit"), ("tester", "Granit")]


def test_a_seat_among_those_who_lead_is_no_part_of_the_title() -> None:
    """ "partner og medlem af ledelsen" names one title, whichever rule reads the sentence."""
    (move,) = read_announcement(
        "Ann Holm, 39 år, er pr. 1. juli 2016 udpeget som partner og medlem af ledelsen i Granit."
    ).moves
    assert (move.role, move.company) == ("partner", "Granit")
