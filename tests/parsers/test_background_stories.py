"""Careers told as a story: what came last, what came before, and what was no employer at all.

The people and employers are invented.
"""

from __future__ import annotations

import pytest

from scraper.parsers.moves import read_announcement

LEAD = "Ann Holm er ansat som konsulent hos Granit A/S."
Story = tuple[str, str | None, str | None, list[str]]

COMES_FROM: list[Story] = [
    ("Ann kommer til Granit efter ti år i Birk, hvor hun bestred stillinger som tester og leder.", "tester og leder", "Birk", []),
    ("Ann har i 20 år arbejdet i a-kasser; de sidste 14 som sagsbehandler hos Birk.", "sagsbehandler", "Birk", []),
    ("Hun har været hos Birk siden 1998 - de første fire år som tester og de sidste otte som leder.", "leder", "Birk", []),
    ("Ann har tidligere været ansat hos Birk, heraf de seneste to år som leder.", "leder", "Birk", []),
    ("Ann kommer fra Birk, hvor hun som tester arbejdede med netværk.", "tester", "Birk", []),
    ("Ann kommer fra Birk, hvor hun igennem 17 år har haft forskellige roller - heriblandt tester, underviser og leder.", "tester", "Birk", []),
    ("Ann kommer fra Birk, hvor hun de sidste fire år har siddet i skiftende stillinger - som program- og projektleder på løsninger.", "program- og projektleder", "Birk", []),
    ("Ann vender tilbage til Granit fra en stilling i forsvaret.", None, "forsvaret", []),
    ("Dermed skifter Ann sin stilling ved Birkby Universitet ud med nye udfordringer.", None, "Birkby Universitet", []),
    ("Ann har erfaring i kraft af sine mange år på Erhvervsakademi Birkby, hvor hun senest har arbejdet som leder.", "leder", "Erhvervsakademi Birkby", []),
    ("Ann kommer fra et job som underviser på kurser inden for projektledelse, kommunikation og teamrelationer ved Birkby University College.", "underviser", "Birkby University College", []),
    ("Hun kommer fra en stilling som systemkonsulent It-Birken Øst A/S.", "systemkonsulent", "It-Birken Øst A/S", []),
    ("Ann har de sidste seks år været ansat i Birk, først som tester i Engineering og Supply og siden som leder.", "tester", "Birk", []),
    ("Ann kommer fra Birk, hvor hun igennem en længere årrække - først som tester og siden som leder - havde ansvar for projekter.", "tester", "Birk", []),
    ("Ann har været studentermedhjælper i Birk det seneste år.", "studentermedhjælper", "Birk", []),
    ("Ann er cand.it og har siden færdiggørelsen af sin uddannelse arbejdet som specialist.", "specialist", None, []),
    ("Senest kommer hun fra en stilling hos Birk med en kort afstikker til Egern.", None, "Birk", ["Egern"]),
    ("Ann har arbejdet med salg i 13 år - senest hos Birk, hvor hun først var tester og senest leder inden for løsninger.", "leder", "Birk", []),
    ("Ann kommer fra et job som direktør for Servicehusets outsourcing-forretning, som hun fik bygget op.", "direktør", "Servicehuset", []),
    ("Ann har senest et Graduate Diploma in Business Administration fra Birkby Universitet.", None, None, []),
    ("Ann har gennem det sidste år arbejdet med .NET-løsninger, mobil og teknologi som udvikler for Vandteknisk Institut.", "udvikler", "Vandteknisk Institut", []),
    ("Ann kommer fra it-verdenen som kundechef hos Birk ApS, der blev opkøbt.", "kundechef", "Birk ApS", []),
    ("Ann har de sidste to et halvt år været ansat hos Birk i en kombineret stilling som tester samt løsningsarkitekt.", "tester samt løsningsarkitekt", "Birk", []),
    ("Det seneste år har Ann været technical consultant - systems senior advisor hos Birk.", "technical consultant - systems senior advisor", "Birk", []),
    ("Ann trækker på 20 års ledererfaring fra blandt andet Ulv og Egern og senest som CEO for Retail Birk Group.", "CEO", "Retail Birk Group", ["Ulv", "Egern"]),
    ("Ann har arbejdet som it-chef og rådgiver, seneste hos rederiet J. Birk.", None, "J. Birk", []),
    ("Ann har været it-chef i Birk, kvalitetschef i Egern - og senest, siden 2011, it-direktør for Åkær.", "it-direktør", "Åkær", ["Birk", "Egern"]),
    ("Ann har erfaring med salg fra Birk, Ulv og de seneste 11 år fra revisions- og rådgivningsfirmaet Egern.", None, "Egern", ["Birk", "Ulv"]),
    ("Ann har igennem de sidste knap 10 år været tilknyttet Partner Birk International som projektleder.", "projektleder", "Partner Birk International", []),
    ("Ann skal trække på sin seneste erfaring som leder hos Birk, hvor hun havde ansvar.", "leder", "Birk", []),
    ("Ann kommer fra en stilling som rådgiver hos Birk, hvor hun har haft opgaver som chef hos Ulv og som leder hos Egern.", "rådgiver", "Birk", []),
    ("Ann kommer fra Birk, hvor hun var ansat næsten 10 år - først som som tester og derefter som leder.", "tester", "Birk", []),
    ("Ann kommer fra en stilling som chef for rådgivning i Vej og Havnestyrelsen.", "chef for rådgivning", "Vej og Havnestyrelsen", []),
]  # fmt: skip

EARLIER: list[Story] = [
    ("Ann har erfaring fra Birk, Egern og Ulv Corporation.", None, None, ["Birk", "Egern", "Ulv Corporation"]),
    ("Ann har tidligere været COO i Birk og CEO i softwarevirksomheden Egern.", None, None, ["Birk", "Egern"]),
    ("Ann har en baggrund som ansat i flyselskabet Birk, som sælger hos Egern.", None, None, ["Birk", "Egern"]),
    ("Ann har tidligere været medejer af Birk Service, tester og udvikler hos Egern.", None, None, ["Birk Service", "Egern"]),
    ("Ann har tidligere været udvikler blandt andre Birk og Egern.", None, None, ["Birk", "Egern"]),
    ("Ann har tidligere arbejdet med planer og kommunikation inden for byggeri i Birk.", None, None, ["Birk"]),
    ("Ann har 12 års erfaring med ledelse af salg i Birk, Egern og som selvstændig.", None, None, ["Birk", "Egern"]),
    ("Ann har års erfaring med konsulentopgaver hos blandt andre Birk, Tre Ulve og senest hos Egern.", None, "Egern", ["Birk", "Tre Ulve"]),
    ("Ann har arbejdet på Christiansborg som redaktør i Det Blå Partis pressetjeneste.", None, None, ["Det Blå Parti"]),
    ("Ann har gennem 25 år haft afsætnings- og ledelsesroller i en række it-virksomheder, herunder i Birk fra 2002 til 2014.", None, None, ["Birk"]),
    ("Ann er en af Danmarks eksperter i Birk, hvor hun tidligere har haft stilling som tester i Irland.", None, None, ["Birk"]),
    ('Ann har tidligere arbejdet for Birk Division "Oracle P2P", Egern og Ulv.', None, None, ["Birk Division", "Egern", "Ulv"]),
    ("Ann har tidligere været redaktør for egernposten.dk, produktchef hos Birk og chef for Ulv.", None, None, ["egernposten.dk", "Birk", "Ulv"]),
    ("Ann har arbejdet som strategisk planlægger for bureauer som bl.a Birk og Ulv.", None, None, ["Birk", "Ulv"]),
    ("Ann har 15 års erfaring med salg af hardware hos både Birk & Egern.", None, None, ["Birk", "Egern"]),
    ("Ann har tidligere været salgschef hos Havgus-konsulenten Birk.", None, None, ["Birk"]),
    ("Ann er uddannet i 2008 og har siden da arbejdet hos blandt andre Birk og Egern med test.", None, None, ["Birk", "Egern"]),
    ("Ann, som har arbejdet med salg siden 1997 og mestrer rollen som rådgiver, startede i 2007 som tester i Birk, der i 2013 blev opkøbt.", None, None, ["Birk"]),
    ("Ann har tidligere været direktør i Birk, chef for Ulv samt vice president, sales EMEA, i Egern Systems.", None, None, ["Birk", "Ulv", "Egern Systems"]),
    ("Tidligere arbejdede Ann med salg af software og -løsninger hos Birk og med driften hos WM-Ulv (i dag Egern), inden hun blev direktør hos Catin.", None, None, ["Birk", "WM-Ulv", "Catin"]),
    ("Ann har ledelseserfaring fra sin tid som sergent i militæret og senere som leder hos Birk.", None, None, ["militæret", "Birk"]),
    ("Ann har tidligere været selvstændig med virksomheden House of Birk, der fusionerede med Egern.", None, None, ["House of Birk"]),
    ("Ann har en baggrund som selvstændig med firmaet Birk Teknik.", None, None, ["Birk Teknik"]),
    ("Ann har tidligere været chef i Birk A/S, samt haft ansvar for salg, kunder og medarbejdere hos Egern, Ulv og Åkær.", None, None, ["Birk A/S", "Egern", "Ulv", "Åkær"]),
    ("Ann har 11 års erfaring, hvor hun har arbejdet som selvstændig og været udvikler hos 1508.", None, None, ["1508"]),
    ("Karrieren blev indledt som rådgiver i Birk & Ulv, hvor hun fokuserede på salg. Herfra fortsatte karrieren i firmaet Egern.", None, None, ["Birk & Ulv", "Egern"]),
    ("Tidligere har Ann været direktør i blandet andet Birk A/S (nu Ulv) og Egern A/S (nu Åkær).", None, None, ["Birk A/S", "Egern A/S"]),
]  # fmt: skip

NO_EMPLOYER: list[str] = [
    "Ann har erfaring som udvikler i Delphi og JavaScript.",
    "Ann har de sidste år været ansvarlig for byggeri i Nordøstasien.",
    "Ann har i 2010 været udpeget som talent i Birk Nyhedsmagasin.",
    "Ann vil desuden være redaktør på Birks blog.",
    "Ann, der har en baggrund fra Birkby Universitet, er glad.",
    "Ann har i perioder været udlejet som supporter hos en række virksomheder, herunder Birk.",
    "Ann har været i praktik i den amerikanske afdeling i Florida.",
    "Hun har en uddannelsesmæssig baggrund som civiløkonom og HD i Informatik.",
    "Derudover har Ann erfaring med netværk og som sales director i Financial Services.",
    "Hun fungerede i en lang årrække som formand for Birk Brugerforening.",
    "I 2006 var hun med til at sælge huset i Scandinavien.",
]


def read(rest: str, lead: str = LEAD) -> Story:
    """The previous job and the earlier employers of an announcement's one move."""
    (move,) = read_announcement(f"{lead} {rest}").moves
    return rest, move.previous_role, move.previous_company, list(move.earlier_companies)


@pytest.mark.parametrize("story", COMES_FROM, ids=lambda story: story[0])
def test_what_came_last(story: Story) -> None:
    """The post that the story ends with is the one the person comes from."""
    assert read(story[0]) == story


@pytest.mark.parametrize("story", EARLIER, ids=lambda story: story[0])
def test_what_came_before(story: Story) -> None:
    """All other employers of the story are earlier ones."""
    assert read(story[0]) == story


@pytest.mark.parametrize("rest", NO_EMPLOYER)
def test_what_was_no_employer(rest: str) -> None:
    """Tools, areas, prizes, plans and schools employ nobody."""
    assert read(rest)[2:] == (None, [])


def test_the_post_that_stands_before_the_name() -> None:
    """A hire that opens with somebody's title and house tells where they come from."""
    lead = "Administrerende direktør for Birk Data Ib Lund, 49 år, tiltræder pr. 1. april som direktør for Granit A/S."
    assert read("", lead)[1:3] == ("Administrerende direktør", "Birk Data")
