"""Clauses on a former post: every word of time goes with every verb and every order of the words."""

from __future__ import annotations

import itertools

import pytest

from scraper.parsers.moves import read_announcement
from scraper.records import Move

LEAD = "Ulvtand A/S har ansat Ea Brink Lunding som fragtchef."
PROMOTED = "Ulvtand A/S har forfremmet Ea Brink Lunding til fragtchef."


def past(rest: str, lead: str = LEAD) -> Move:
    """The one move of a lead and what follows it."""
    (move,) = read_announcement(f"{lead} {rest}").moves
    return move


def told(rest: str, lead: str = LEAD) -> tuple[str | None, str | None, list[str]]:
    """The post left and the earlier employers."""
    move = past(rest, lead)
    return move.previous_role, move.previous_company, list(move.earlier_companies)


LAST = (
    "Senest",
    "Hidtil",
    "Indtil for nylig",
    "De seneste syv år",
    "Gennem de sidste tre år",
    "Siden 2011",
    "Før ansættelsen hos Ulvtand",
    "Inden skiftet",
    "Forud for tiltrædelsen",
    "Inden hun kom til Ulvtand,",
    "Før Ea begyndte hos Ulvtand A/S,",
    "Forinden",
)
ONCE = ("Tidligere", "Fra 1998 til 2003", "I perioden 2001-2004", "Tidligere i karrieren", "I 2004", "Engang")
TURNS = (
    "{0} var Ea lagerchef hos Kampesten",
    "{0} var hun ansat som lagerchef hos Kampesten",
    "{0} arbejdede Lunding hos Kampesten som lagerchef",
    "{0} fungerede hun som lagerchef i Kampesten",
    "{0} bestred Ea stillingen som lagerchef hos Kampesten",
    "{0} beklædte hun en post som lagerchef i Kampesten",
    "{0} sad Ea Brink Lunding som lagerchef i Kampesten",
    "{0} varetog hun jobbet som lagerchef hos Kampesten",
    "{0} havde Ea titel af lagerchef hos Kampesten",
)


@pytest.mark.parametrize(("time", "turn"), list(itertools.product(LAST, TURNS)))
def test_any_word_for_the_last_post_goes_with_any_verb(time: str, turn: str) -> None:
    """The post is the one left, whichever word of time and whichever verb tell of it."""
    assert told(turn.format(time) + ".") == ("lagerchef", "Kampesten", [])


@pytest.mark.parametrize(("time", "turn"), list(itertools.product(ONCE, TURNS)))
def test_any_word_for_an_earlier_post_goes_with_any_verb(time: str, turn: str) -> None:
    """An earlier post names its employer and no post left."""
    assert told(turn.format(time) + ".") == (None, None, ["Kampesten"])


@pytest.mark.parametrize(
    "rest",
    [
        "Ea var senest lagerchef hos Kampesten.",
        "Hun arbejdede senest som lagerchef hos Kampesten.",
        "Hun besad indtil for nylig stillingen som lagerchef hos Kampesten.",
        "Ea, der er født i Vejle, var senest ansat hos Kampesten som lagerchef.",
        "Hos Kampesten var Ea senest lagerchef.",
        "Hos Kampesten, som hun nu forlader, var Ea lagerchef.",
        "Hun var lagerchef hos Kampesten, inden hun kom til Ulvtand.",
        "Hun har været ansat hos Kampesten de seneste fire år, hvor hun har været lagerchef.",
        "Ea har tilbragt de seneste fire år hos Kampesten som lagerchef.",
        "Inden Ea startede hos Ulvtand, var hun i ni år lagerchef hos Kampesten.",
        "Hendes seneste job var som lagerchef hos Kampesten.",
        "Hendes hidtidige stilling var som lagerchef i Kampesten.",
        "Hun har sagt farvel til jobbet som lagerchef hos Kampesten.",
        "Ea har sluppet stillingen som lagerchef hos Kampesten.",
        "Hun er hentet hos Kampesten, hvor hun var lagerchef.",
        "Efter ni år som lagerchef hos Kampesten glæder Ea sig til nye opgaver.",
        "Frem til ansættelsen var Ea lagerchef hos Kampesten.",
        "Indtil udgangen af maj var Ea lagerchef hos Kampesten.",
        "Umiddelbart før skiftet var Ea lagerchef hos Kampesten.",
        "Gennem ni år har Ea været lagerchef hos Kampesten.",
        "Siden sin eksamen har Ea været lagerchef hos Kampesten.",
        "Ea slap i maj posten som lagerchef hos Kampesten.",
        "Ea stoppede i maj som lagerchef hos Kampesten.",
        "Ea forlader Kampesten efter ni år som lagerchef.",
        "Ea bytter jobbet som lagerchef hos Kampesten ud med en hverdag på havnen.",
        "Ea, som senest sad som lagerchef i Kampesten, skal styrke salget.",
        "Ea, der var lagerchef hos Kampesten, inden hun kom til Ulvtand, skal styrke salget.",
        "Ea kommer fra Kampesten, hvor hun beklædte stillingen som lagerchef.",
        "Ea kommer med ni års erfaring som lagerchef hos Kampesten, som hun nu forlader.",
    ],
)
def test_the_order_of_the_words_is_free(rest: str) -> None:
    """The post left is the same, wherever its time, its house and its title stand."""
    assert told(rest) == ("lagerchef", "Kampesten", [])


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("Senest stod Ea for indkøb hos Kampesten.", (None, "Kampesten", [])),
        ("Tidligere tilbragte hun ni år hos Kampesten.", (None, None, ["Kampesten"])),
        ("Hendes tidligere arbejdsgivere tæller Kampesten og Ravnbjerg.", (None, None, ["Kampesten", "Ravnbjerg"])),
        ("På CV'et har hun Kampesten og Ravnbjerg.", (None, None, ["Kampesten", "Ravnbjerg"])),
        ("Størstedelen af karrieren har Ea tilbragt hos Kampesten.", (None, None, ["Kampesten"])),
        ("Ea blev headhuntet fra Kampesten.", (None, "Kampesten", [])),
        ("Ea har bag sig ni år som lagerchef hos Kampesten.", (None, None, ["Kampesten"])),
        ("Efter ni år hos Kampesten kom Ea i 2009 til Ravnbjerg.", (None, None, ["Kampesten", "Ravnbjerg"])),
        (
            "Senest var hun lagerchef hos Kampesten. Inden da var hun ansat hos Ravnbjerg.",
            ("lagerchef", "Kampesten", ["Ravnbjerg"]),
        ),
        (
            "Før Kampesten arbejdede Ea hos Ravnbjerg. Hun har senest været lagerchef hos Kampesten.",
            ("lagerchef", "Kampesten", ["Ravnbjerg"]),
        ),
        (
            "Tidligere har Ea, der er udlært hos Ravnbjerg, været lagerchef hos Kampesten.",
            (None, None, ["Ravnbjerg", "Kampesten"]),
        ),
    ],
)
def test_what_a_time_says_of_the_post(rest: str, expected: tuple[str | None, str | None, list[str]]) -> None:
    """What was held before another post is an earlier one; a duty names the house alone."""
    assert told(rest) == expected


@pytest.mark.parametrize(
    "rest",
    [
        "Før udnævnelsen var Ea lagerchef.",
        "Inden forfremmelsen arbejdede hun som lagerchef.",
        "Forud for udnævnelsen bestred Ea stillingen som lagerchef.",
        "Ea bliver dermed forfremmet fra en stilling som lagerchef.",
    ],
)
def test_a_promotion_names_the_post_before_it(rest: str) -> None:
    """Of a promotion the post before it is the one left."""
    assert told(rest, PROMOTED) == ("lagerchef", None, [])


@pytest.mark.parametrize(
    "rest",
    [
        "Inden Ea kom til Ulvtand, var hun sælger hos Kampesten.",
        "Før ansættelsen i Ulvtand arbejdede hun hos Kampesten.",
        "Ea kom til Ulvtand i 2009 fra Kampesten.",
    ],
)
def test_a_promotion_is_not_from_the_house_before(rest: str) -> None:
    """What somebody promoted did before they came to the house is an earlier post."""
    assert told(rest, PROMOTED) == (None, None, ["Kampesten"])


@pytest.mark.parametrize(
    "rest",
    [
        "Hun er cand.merc. og var senest lagerchef hos Kampesten.",
        "Ea startede hos Ravnbjerg, fortsatte hos Ørnedal og var senest lagerchef hos Kampesten.",
        "Efter ni år hos Ravnbjerg skiftede Ea i 2011 til Kampesten, hvor hun senest var lagerchef.",
        "Inden hun kom til Ulvtand, var Ea lagerchef hos Kampesten, og tidligere sad hun som sælger hos Ravnbjerg.",
    ],
)
def test_a_sentence_of_several_clauses_names_the_post_left(rest: str) -> None:
    """The last post is known by its time in whichever clause of a sentence it stands."""
    assert told(rest)[:2] == ("lagerchef", "Kampesten")


def test_each_of_two_people_has_a_clause() -> None:
    """A sentence on two people gives each what their own clause says."""
    moves = read_announcement(
        "Ulvtand A/S har ansat Ea Brink og Ulf Krat som fragtchefer. Ea Brink kommer fra Kampesten, mens Ulf Krat senest "
        "har været lagerchef hos Ravnbjerg. Ea er uddannet speditør, og Ulf er uddannet datamatiker fra Havnby Skole."
    ).moves
    assert [(move.previous_company, move.education, move.institution) for move in moves] == [
        ("Kampesten", ("speditør",), ()),
        ("Ravnbjerg", ("datamatiker",), ("Havnby Skole",)),
    ]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("Hun begyndte sin karriere hos Kampesten og kom i 2007 til Ravnbjerg.", ["Kampesten", "Ravnbjerg"]),
        (
            "Ea startede hos Kampesten, hvor hun solgte tang, og skiftede i 2009 til Ravnbjerg.",
            ["Kampesten", "Ravnbjerg"],
        ),
        ("Hun indledte sin karriere hos Kampesten og arbejdede siden for Ravnbjerg.", ["Kampesten", "Ravnbjerg"]),
        ("Hun har en fortid hos Kampesten Consulting og Ravnbjerg A/S.", ["Kampesten Consulting", "Ravnbjerg A/S"]),
        ("Ea har tidligere været ordensmand hos Kampesten.", ["Kampesten"]),
        ("Ea har været omkring både Kampesten og Ravnbjerg.", ["Kampesten", "Ravnbjerg"]),
        ("Ea kender branchen fra Kampesten og Ravnbjerg.", ["Kampesten", "Ravnbjerg"]),
        ("Ea kommer med en solid ballast fra Kampesten og Ravnbjerg.", ["Kampesten", "Ravnbjerg"]),
        ("Senere kom hun til Kampesten og derefter til Ravnbjerg.", ["Kampesten", "Ravnbjerg"]),
        ("Hun trådte sine første sko hos Kampesten.", ["Kampesten"]),
        ("Hun nåede ni år hos Kampesten.", ["Kampesten"]),
    ],
)
def test_careers_go_on_to_the_next_house(rest: str, expected: list[str]) -> None:
    """Each house of a career told in one sentence is an earlier employer."""
    assert told(rest) == (None, None, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ulvtand A/S har hentet Ea Brink hos Kampesten som ny fragtchef.", (None, "Kampesten", [])),
        ("Ulvtand A/S henter sin nye fragtchef, Ea Brink, hos Kampesten.", (None, "Kampesten", [])),
        (
            (
                "Ea Brink er vendt tilbage til Ulvtand A/S, hvor hun tidligere var sælger, og er nu ansat som fragtchef. Ea "
                "forlod Ulvtand i 2009 og har senest været lagerchef hos Kampesten."
            ),
            ("lagerchef", "Kampesten", ["Ulvtand A/S"]),
        ),
    ],
)
def test_where_a_lead_says_the_person_comes_from(text: str, expected: tuple[str | None, str | None, list[str]]) -> None:
    """One who is fetched comes from the house named; one who returns was at the new house before."""
    (move,) = read_announcement(text).moves
    assert (move.previous_role, move.previous_company, list(move.earlier_companies)) == expected


@pytest.mark.parametrize(
    ("rest", "degrees", "schools"),
    [
        ("Ea er faglært speditør.", ("speditør",), ()),
        ("Af uddannelse er Ea speditør.", ("speditør",), ()),
        ("Uddannelsesmæssigt er hun tømrer fra Havnby Skole.", ("tømrer",), ("Havnby Skole",)),
        ("Fra Havnby Business School har Ea en HD.", ("HD",), ("Havnby Business School",)),
        ("På Havnby Skole har hun taget en mastergrad i logistik.", ("mastergrad i logistik",), ("Havnby Skole",)),
        ("Hun begyndte på en HD i logistik, men fuldførte den ikke.", (), ()),
        ("Efter at være blevet uddannet cand.merc. kom Ea til Kampesten.", ("cand.merc.",), ()),
        ("Hendes uddannelse som speditør er taget på Havnby Skole.", ("speditør",), ("Havnby Skole",)),
        ("Tidligere har Ea, der har en HD, været speditør hos Kampesten.", ("HD",), ()),
        ("Som nyuddannet speditør blev hun ansat hos Kampesten.", ("speditør",), ()),
        ("Ea har sin uddannelse fra Havnby Universitet.", (), ("Havnby Universitet",)),
        ("Hun er elevuddannet hos Kampesten.", (), ()),
    ],
)
def test_degrees_stand_before_and_behind_their_verbs(
    rest: str, degrees: tuple[str, ...], schools: tuple[str, ...]
) -> None:
    """A trade, a degree and its school are read in any order; what was given up is none."""
    move = past(rest)
    assert (move.education, move.institution) == (degrees, schools)
