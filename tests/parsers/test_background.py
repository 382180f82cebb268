"""What an announcement says of a person's past, on invented people and companies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.parsers import parse_announcement
from scraper.parsers.background import Background, read_background
from scraper.records import MoveKind

SHARED = Path(__file__).parents[3] / "shared" / "evaluate" / "gold.jsonl"
LEAD = "Ib Holm er ansat som konsulent hos Granit A/S."


def past(rest: str, *, lead: str = LEAD, kind: MoveKind = MoveKind.HIRE, role: str | None = "konsulent") -> Background:
    """The background of Ib Holm in the lead sentence followed by `rest`."""
    return read_background(
        f"{lead} {rest}", person="Ib Holm", company="Granit A/S", role=role, kind=kind, lead=(0, len(lead))
    )


def job(found: Background) -> tuple[str | None, str | None]:
    return (
        found.previous_role[0] if found.previous_role else None,
        found.previous_company[0] if found.previous_company else None,
    )


def names(values: tuple[tuple[str, tuple[int, int]], ...]) -> list[str]:
    return [value for value, _ in values]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("Han kommer fra en stilling som it-chef hos Basalt ApS.", ("it-chef", "Basalt ApS")),
        ("Han kommer fra en stilling som driftschef i Kalkby Kommune.", ("driftschef", "Kalkby Kommune")),
        ("Ib kommer fra en lignende stilling hos Basalt.", (None, "Basalt")),
        ("Ib kommer fra en tilsvarende stilling som controller hos Basalt.", ("controller", "Basalt")),
        ("Ib Holm kommer fra Skifer A/S, hvor han var salgschef.", ("salgschef", "Skifer A/S")),
        ("Han kommer fra en stilling i Basalts it-afdeling.", (None, "Basalt")),
        ("Han kommer fra en stilling som direktør for virksomheden Skifer.", ("direktør", "Skifer")),
        ("Han kommer fra en stilling som chef for salg hos Region Kalk.", ("chef for salg", "Region Kalk")),
        ("Han har senest været projektleder hos Basalt.", ("projektleder", "Basalt")),
        ("Senest har Ib i fem år været ansat hos Basalt som tester.", ("tester", "Basalt")),
        ("Ib har de seneste fire år været salgsdirektør hos Skifer.", ("salgsdirektør", "Skifer")),
        ("Ib har arbejdet hos Basalt i ti år - senest som arkitekt.", ("arkitekt", "Basalt")),
        ("Han har erfaring fra telebranchen, heraf de seneste 10 år hos Skifer.", (None, "Skifer")),
        ("Ib har i de sidste fire år arbejdet som udvikler i flybranchen.", ("udvikler", None)),
        (
            "Ib kommer fra Skifer, hvor han siden 2005 har arbejdet som tester og senest som arkitekt.",
            ("arkitekt", "Skifer"),
        ),
        (
            "Han har siden arbejdet hos Kalk og efterfølgende hos Skifer, hvor han de sidste to år har været chef.",
            ("chef", "Skifer"),
        ),
        ("Ib kommer fra et job som it-chef i Region Nordjylland.", ("it-chef", "Region Nordjylland")),
        ("Han har senest, som finansdirektør i Basalt A/S, arbejdet med budgetter.", ("finansdirektør", "Basalt A/S")),
        ("Ib har syv års erfaring fra en lignende stilling hos Skifer.", (None, "Skifer")),
        ("Han kommer fra en stilling som president of Basalt Sverige hos Basalt.", ("president", "Basalt")),
        ("Ib kommer seneste fra en stilling som chef hos Basalt.", ("chef", "Basalt")),
        ("Ib har senest været PR manager for Basalt.", ("PR manager", "Basalt")),
        ("Ib har indtil sin ansættelse arbejdet som blandt andet tester inden for net.", ("tester", None)),
        ("Ib kommer fra Basalt, hvor han har været sikkerhedschef de sidste 6 år.", ("sikkerhedschef", "Basalt")),
        ("Ib har 25 års erfaring - de sidste 18 år fra Basalt.", (None, "Basalt")),
        ("Ib har siden 2010 arbejdet hos Kalk som udvikler, arkitekt og leder.", ("udvikler", "Kalk")),
        ("Ib kommer fra en stilling som konsulent i Koncernnet i Kalkby Kommune.", ("konsulent", "Kalkby Kommune")),
        ("Ib kommer fra en stilling som chef i Service & Drift i Basalt.", ("chef", "Basalt")),
        ("Ib har de seneste år arbejdet på Stenlogisk Institut på Kalkby Universitet.", (None, "Kalkby Universitet")),
        ("Ib har hidtil været tester og har derudover en baggrund hos Basalt og Skifer.", ("tester", None)),
        (
            "Ib har de sidste år været produktdirektør for Basalt og direktør for innovation hos Skifer.",
            ("produktdirektør", "Basalt"),
        ),
        (
            "Ib har en baggrund hos Kalk, hvor han igennem en periode på fem år har været partner manager og senest sales lead.",
            ("sales lead", "Kalk"),
        ),
        (
            "Ib kommer fra Skifer, hvor han fungerede i flere forskellige stillinger som henholdsvis chef, konsulent og leder.",
            ("chef", "Skifer"),
        ),
        ("Ib har været tester i Basalt siden 1995, hvor han målte.", ("tester", "Basalt")),
        ("Ib har været landechef for Basalt og Skifer i Danmark de seneste syv år.", ("landechef", "Basalt")),
        ("Ib har de sidste syv år været i Stenopolis, USA, hvor han boede.", (None, None)),
        (
            "Ib kommer fra en stilling som udvikler inden for test ved Basalt Center Odder.",
            ("udvikler", "Basalt Center Odder"),
        ),
        ("Ib kommer fra konsulentbranchen.", (None, None)),
        ("Ib kommer fra Norge.", (None, None)),
    ],
)
def test_job_the_person_comes_from(rest: str, expected: tuple[str | None, str | None]) -> None:
    """The job a person comes from directly is read with its title and its employer, or the half that is stated."""
    assert job(past(rest)) == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("Han har tidligere arbejdet hos Basalt, Skifer og Marmor & Søn.", ["Basalt", "Skifer", "Marmor & Søn"]),
        ("Tidligere var han ansat i virksomheder som Basalt og Skifer.", ["Basalt", "Skifer"]),
        ("Han har en fortid i blandt andet Basalt ApS.", ["Basalt ApS"]),
        ("Han har 20 års erfaring med salg fra blandt andre Basalt og Skifer.", ["Basalt", "Skifer"]),
        ("Han har tidligere været salgschef hos Basalt og tester i Skifer.", ["Basalt", "Skifer"]),
        ("Han har tidligere arbejdet hos Basalt i Aarhus.", ["Basalt"]),
        ("Tidligere har Ib, som er uddannet cand.jur., været partner i Basalt i England.", ["Basalt"]),
        ("Herudover har Ib også været konsulentchef i Basalt.", ["Basalt"]),
        ("I 2003 rykkede han til Basalt, og senere kom han til Skifer A/S.", ["Basalt", "Skifer A/S"]),
        ("Ud over fire år hos Basalt har Ib Holm arbejdet hos Skifer.", ["Basalt", "Skifer"]),
        ("Han har erfaring fra store virksomheder - bl.a. Basalt og Skifer.", ["Basalt", "Skifer"]),
        ("Han har erfaring med salg i virksomheder som Basalt og Skifer.", ["Basalt", "Skifer"]),
        ("Han har arbejdet med udvikling af løsninger i Kalkby Kommune.", ["Kalkby Kommune"]),
        ("Tidligere var han ansat hos svenskejede Basalt.", ["Basalt"]),
        ("Tidligere var han ansat i Ministeriet for Skov, Sø og Eng.", ["Ministeriet for Skov, Sø og Eng"]),
        ("Han har tidligere arbejdet som chef for Basalt og som tester hos Skifer.", ["Basalt", "Skifer"]),
        (
            "Han har tidligere været ansat i stillinger hos Nordens Store Basalt og Skifer A/S.",
            ["Nordens Store Basalt", "Skifer A/S"],
        ),
        ("Han har tidligere arbejdet med salg i televirksomheden 24Basalt.", ["24Basalt"]),
        (
            "Han har tidligere arbejdet for Basalt i seks år som operatør og for Skifer som tester.",
            ["Basalt", "Skifer"],
        ),
        ("Han har tidligere været lærer på Handelsskolen i Kalkby.", ["Handelsskolen i Kalkby"]),
        ("Ib er uddannet rådgiver hos Basalt Bank og har erfaring.", ["Basalt Bank"]),
        ("Ib er udlært montør fra Basalt og har erfaring.", ["Basalt"]),
        ("Han har tidligere været hos Basalt, Actuarial Solutions, hvor han regnede.", ["Basalt"]),
        ("Han har en solid baggrund i Basalt Mobility, Skifer ERP og andre discipliner.", []),
        ("Han har tidligere været chef for Basalt A/S samt leder af driften hos Skifer.", ["Basalt A/S", "Skifer"]),
        (
            "Han har tidligere været tester hos Kalk, chef for Basalt, chef for Skifer og leder i Gnejs.",
            ["Kalk", "Basalt", "Skifer", "Gnejs"],
        ),
        ("Han har tidligere været direktør for Salg og chef for drift hos Basalt.", ["Basalt"]),
        ("Før da stod Ib Holm i spidsen for Skiferdirektoratets aktiviteter.", ["Skiferdirektoratet"]),
        ("Han havde fra 2008 til 2011 ansvaret for Basalts hostingforretning.", ["Basalt"]),
        ("Han har erfaring med udvikling - heraf de fleste år i Basalt Bank som arkitekt.", ["Basalt Bank"]),
        (
            "Han har arbejdet i nogle af landets største virksomheder - bl.a. Basalt og forsvaret.",
            ["Basalt", "forsvaret"],
        ),
        (
            "Han har erfaring fra Basalt & Co. samt virksomheder som Skifer og Gnejs.",
            ["Basalt & Co.", "Skifer", "Gnejs"],
        ),
        ("Tidligere ansættelser inkluderer Basalt og Skifer teknik.", ["Basalt", "Skifer teknik"]),
        ("Han har tidligere haft chefstillinger hos Kalk, været direktør for Basalt i Danmark.", ["Kalk", "Basalt"]),
        ("Han har tidligere arbejdet hos Basalt - nu Skifer - som tester.", ["Basalt"]),
        ("Han har tidligere arbejdet hos BEK, Basalt Energi Kontor, og Skifer.", ["BEK", "Skifer"]),
        (
            "Han har erfaring fra bureauer som Kalk og Skifer - samt virksomhederne Gnejs og Basalt.",
            ["Kalk", "Skifer", "Gnejs", "Basalt"],
        ),
        ("Han har stor indsigt og erfaring i Basalt.", []),
        ("Han har tidligere været ansat hos Vupti!, Basalt og Skifer.", ["Vupti!", "Basalt", "Skifer"]),
        ("Han har tidligere arbejdet i ST- og Stenstyrelsen.", ["ST- og Stenstyrelsen"]),
        ("Han har arbejdet med drift fra leverandører som Basalt og Skifer.", []),
        ("Dertil kommer lederjobs i Basalt og Skifer.", ["Basalt", "Skifer"]),
        ("Han har viden fra sin tid som tester hos Basalt.", ["Basalt"]),
        ("Han har arbejdet i 17 år i branchen - blandt andet hos Kalk og Basalt.", ["Kalk", "Basalt"]),
        ("Han var i 00'erne med til at opbygge salget.", []),
        ("Han har været ansat hos Basalt som chef og Skifer Gnejs som tester.", ["Basalt", "Skifer Gnejs"]),
        ("Han har arbejdet med kommunikation i Basalt og Skifer.", ["Basalt", "Skifer"]),
        ("Han har arbejdet med dokumentation i både Basalt og Skifer.", ["Basalt", "Skifer"]),
        ("Han har arbejdet med økonomimoduler i SAP og har kodet.", []),
        ("Han har desuden varetaget forskellige funktioner i Basalt.", ["Basalt"]),
        ("Han har arbejdet med Dynamics NAV hos Dynamics AX.", []),
        ("Han har tidligere arbejdet som rådgiver for kunder.", []),
        ("Han har erfaring med certificering hos kunder som Basalt.", []),
        ("Han skal rådgive kunder hos Basalt.", []),
        ("Han har tidligere været ansat hos Granit A/S.", []),
    ],
)
def test_earlier_employers(rest: str, expected: list[str]) -> None:
    """Other past employers are listed in order; clients, places and the new employer are none."""
    assert names(past(rest).earlier_companies) == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("Han har tidligere arbejdet hos kk-basalt og som tester hos Skifer.", ["kk-basalt", "Skifer"]),
        ("Han har tidligere arbejdet hos Klima-, Energi- og Boligstyrelsen.", ["Klima-, Energi- og Boligstyrelsen"]),
        (
            "Han har en fortid hos Basalt, Skifer communications og Marmor.",
            ["Basalt", "Skifer communications", "Marmor"],
        ),
        ("Han har tidligere været chef i Basalt under Skifer, tester i Marmor.", ["Basalt", "Marmor"]),
        ("Han har tidligere arbejdet hos Familiecenter Aarhus.", ["Familiecenter Aarhus"]),
        ("Han har tidligere arbejdet hos Basalt (nu Skifer) og Marmor.", ["Basalt", "Marmor"]),
        ("Han har tidligere arbejdet hos Basalt fra 2001-2004 og som tester hos Marmor.", ["Basalt", "Marmor"]),
        ("Han har tidligere arbejdet for bureauerne Basalt og Skifer ApS.", ["Basalt", "Skifer ApS"]),
        ("Han har tidligere arbejdet i det daværende Basalt.", ["Basalt"]),
        ("Han har tidligere været medindehaver af Basalt.", ["Basalt"]),
        ("Han startede sin karriere hos Basalt og har siden arbejdet med salg hos Skifer.", ["Basalt", "Skifer"]),
        ("Efter ti år som konsulent hos Basalt blev han i 2010 chef hos Skifer.", ["Basalt", "Skifer"]),
        ("Før Ib kom til Granit, arbejdede han blandt andet hos Basalt og Skifer.", ["Basalt", "Skifer"]),
        ("Han har tidligere arbejdet i virksomheder - blandt andet Basalt og Skifer.", ["Basalt", "Skifer"]),
        ("Han har været i praktik hos Basalt og holdt foredrag hos Skifer.", ["Basalt"]),
        ("Han har tidligere arbejdet hos Kalk - Marmor A/S.", ["Kalk - Marmor A/S"]),
        ("Han har tidligere arbejdet i 16 år i SAP-branchen.", []),
    ],
)
def test_odd_names_and_turns(rest: str, expected: list[str]) -> None:
    """Employers with odd names, and those told of in other turns of phrase, are read as a person would."""
    assert names(past(rest).earlier_companies) == expected


def test_previous_job_and_earlier_employers_are_told_apart() -> None:
    """The employer a person comes from is not listed again among the earlier ones."""
    found = past("Han kommer fra en stilling som arkitekt hos Basalt og har tidligere arbejdet hos Skifer og Basalt.")
    assert job(found) == ("arkitekt", "Basalt")
    assert names(found.earlier_companies) == ["Skifer"]


def test_the_form_of_today_is_read_whole() -> None:
    """The form's sentences on the former job, those before it and the degree are read field by field."""
    found = past(
        "Han skal især beskæftige sig med drift. Han kommer fra en stilling som IT Konsulent hos Basalt Gruppen A/S og "
        "før da Skifer og Marmor ApS. Han er uddannet Datamatiker fra Kalkby Erhvervsakademi. Han har tidligere "
        "beskæftiget sig med infrastruktur og support."
    )
    assert job(found) == ("IT Konsulent", "Basalt Gruppen A/S")
    assert names(found.earlier_companies) == ["Skifer", "Marmor ApS"]
    assert names(found.education) == ["Datamatiker"]
    assert names(found.institution) == ["Kalkby Erhvervsakademi"]


FORM = "Granit A/S har pr. 1. januar 2026 ansat Ib Holm, 45 år, som konsulent."


@pytest.mark.parametrize(
    ("role", "company", "before"),
    [
        ("vice president, EMEA", "Basalt A/S, Skifer", ("Marmor & Søn", "Kalk og Co.")),
        ("chef for drift, net og support", "e-basalt", ("23", "Skifer ApS")),
        ("head of strategy & analytics", "Basalt og Sønner A/S", ("Skifer A/S", "Marmor")),
    ],
)
def test_the_form_takes_any_value(role: str, company: str, before: tuple[str, str]) -> None:
    """In the form's own sentences a title may hold commas and an employer small letters, digits and "og"."""
    found = past(
        f"Hun kommer fra en stilling som {role} hos {company} og før da {before[0]} og {before[1]}.", lead=FORM
    )
    assert job(found) == (role, company)
    assert names(found.earlier_companies) == list(before)


@pytest.mark.parametrize(
    ("sentence", "degrees", "schools"),
    [
        ("Han er uddannet cand.merc. i salg, ledelse og drift fra Kalkby Universitet.", 1, ["Kalkby Universitet"]),
        ("Han er uddannet Datamatiker.", 1, []),
        ("Han er uddannet datalog og HD i regnskab på CBS, hvor han siden har undervist.", 2, ["CBS"]),
        ("Han kommer fra en stilling som tester, hvor han i ti år har været hos Basalt.", 0, []),
    ],
)
def test_free_words_in_the_form(sentence: str, degrees: int, schools: list[str]) -> None:
    """Where a person has written more into the form than it asks for, the sentence is read as free prose."""
    found = past(sentence, lead=FORM)
    assert len(found.education) == degrees
    assert names(found.institution) == schools


def test_latest_employer_at_the_end_of_a_list() -> None:
    """The last of a list that says "og senest" is the previous employer, the others are earlier ones."""
    found = past("Han har tidligere været ansat i Basalt, Skifer og senest Marmor.")
    assert job(found) == (None, "Marmor")
    assert names(found.earlier_companies) == ["Basalt", "Skifer"]


@pytest.mark.parametrize(
    ("sentence", "company", "earlier"),
    [
        ("som Chef hos Basalt ApS og før da Skifer og Kalk ApS.", "Basalt ApS", ["Skifer", "Kalk ApS"]),
        (
            "som Chef hos Basalt og før da Styrelsen for Digitale Diger og Lygte.nu ApS.",
            "Basalt",
            ["Styrelsen for Digitale Diger", "Lygte.nu ApS"],
        ),
        ("som Chef hos Basalt Corp.", "Basalt Corp.", []),
        ("som Chef hos Basalt Pvt. Ltd. India.", "Basalt Pvt. Ltd. India", []),
        ("som Chef hos Basalt og før da Granit A/S.", "Basalt", ["Granit A/S"]),
        ("som Chef hos Basalt A/S. Stillingen er nyoprettet.", "Basalt A/S", []),
        ("som Chef hos Basalt. I fritiden løber han orientering og spiller håndbold.", "Basalt", []),
        ("som Manager, Drift & Support. Stillingen er nyoprettet.", None, []),
    ],
)
def test_the_form_keeps_its_values_apart(sentence: str, company: str | None, earlier: list[str]) -> None:
    """In the form a name ends where the fixed words do, and a free sentence behind it is no part of it."""
    (move,) = parse_announcement(
        f"Granit A/S har pr. 1. marts 2026 ansat Ib Holm, 40 år, som Udvikler. Han kommer fra en stilling {sentence} "
        "Ib er uddannet cand.merc. Nyt job"
    )
    assert (move.previous_company, list(move.earlier_companies), move.education) == (company, earlier, ("cand.merc.",))
    assert move.previous_role == ("Chef" if company else "Manager, Drift & Support")


def test_sentences_about_another_person_are_left_out() -> None:
    """What is said of the person replaced is not taken for the past of the person who comes."""
    found = past("Ib afløser Åse Krogh. Åse Krogh har tidligere arbejdet hos Basalt.")
    assert found == Background()


def test_every_value_can_be_traced() -> None:
    """Each value stands in the text at the span it is given with."""
    rest = "Ib er uddannet HD fra Kalkby Handelsskole og kommer fra en stilling som chef hos Basalt, Skifer og Marmor."
    text = f"{LEAD} {rest}"
    found = past(rest)
    values = [found.previous_role, found.previous_company]
    values += [*found.earlier_companies, *found.education, *found.institution]
    assert len([value for value in values if value]) >= 4
    for value, (start, end) in filter(None, values):
        assert text[start:end] == value


WORDS = (
    "har er kommer fra en stilling som hos i tidligere senest de seneste fem år været arbejdet Basalt Skifer A/S og , . "
    "uddannet cand.merc. HD(O) ph.d. på DTU Ib Holm chef for - blandt andre ( ) samt før da 2010 siden hvor han var"
).split()


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)))
def test_no_text_is_too_odd(text: str) -> None:
    """Whatever stands in a text, reading it ends without an error and every span lies inside it."""
    text = " ".join(text.split())
    for kind in (MoveKind.HIRE, MoveKind.PROMOTION):
        found = read_background(
            text, person="Ib Holm", company="Basalt", role="chef", kind=kind, lead=(0, len(text) // 3)
        )
        values = [found.previous_role, *found.earlier_companies, *found.education, *found.institution]
        for value, (start, end) in filter(None, values):
            assert text[start:end] == value


@pytest.mark.parametrize(
    "unit", ["har ", "og ", "uddannet ", "hos A, ", "senest ", ".", "cand.", "Ab ", "kommer til a "]
)
def test_endless_text_is_read_only_so_far(unit: str) -> None:
    """A text of 50,000 characters is read only as far as an announcement can be long, whatever it repeats."""
    found = read_background(
        unit * (50_000 // len(unit)), person="Ib Holm", company="A", role=None, kind=MoveKind.HIRE, lead=(0, 5)
    )
    spans = [span for _, span in found.earlier_companies + found.education]
    assert all(end <= 12_000 for _, end in spans)


@pytest.mark.shared
def test_annotated_announcements_keep_their_scores() -> None:
    """On the annotated announcements the past is read at least as well as it was."""
    if not SHARED.exists():
        pytest.skip("the annotated announcements are not beside the project")
    right = dict.fromkeys(("previous_role", "previous_company"), 0)
    total = dict.fromkeys(right, 0)
    for line in SHARED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = " ".join(row["text"].split())
        for move in row["moves"]:
            end = text.find(". ") + 1
            found = read_background(
                text,
                person=move["person"],
                company=move["company"],
                role=move["role"],
                kind=MoveKind(move["kind"]),
                lead=(0, end),
            )
            for name in right:
                value = getattr(found, name)
                total[name] += move[name] is not None
                right[name] += move[name] is not None and value is not None and value[0] == move[name]
    assert right["previous_role"] >= 0.85 * total["previous_role"]
    assert right["previous_company"] >= 0.85 * total["previous_company"]
