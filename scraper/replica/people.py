"""Invented people: common Danish given names and surnames, put together by counting, so that no two numbers meet.

The combinations come from arithmetic, not from life; a real namesake is chance.
"""

from __future__ import annotations

from dataclasses import dataclass


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


MEN = _names(
    "Aksel Allan Anders André Anker Arne Asger Aske Benny Birger Bo Carsten Christoffer Claus Dennis Ebbe Emil Erling "
    "Esben Flemming Frode Gorm Gustav Hannibal Hans-Jørgen Harald Henrik Holger Ib Ivar Jakob Jens-Peter Jeppe Jesper "
    "Jonas Jørn Kaj Karsten Keld Kenneth Kjeld Klaus Knud Kresten Lasse Laurits Leif Magnus Malthe Marius Mikkel "
    "Mogens Niels Oluf Ove Palle Per Preben Rasmus René Rune Sigurd Simon Steen Svend Søren Tage Terkel Troels "
    "Thorkild Uffe Valdemar Verner Viggo Villads Ørnulf Åge"
)
WOMEN = _names(
    "Agnete Alberte Anette Anna-Lise Annika Asta Bente Birgit Bodil Camilla Dagny Dorthe Ebba Ellen Elsebeth Esther "
    "Frida Gerda Gitte Grethe Hanne Helle Henriette Ingelise Inger Jette Johanne Jytte Karen-Margrethe Karla Kirsten "
    "Laura Lisbeth Lærke Maja Malene Marianne Maren Merete Mie Nanna Oda Pernille Ragnhild Rikke Rosa Sanne Signe "
    "Sigrid Solveig Susanne Sørine Thea Thora Tove Trine Ulla Vibeke Vigdis Winnie Yrsa Erna Åse"
)
SURNAMES = _names(
    "Abildlund Agerbæk Agergaard Askholm Balslund Bispegaard Birkelund Bjerregård Blåbjerg Bodholt Brinkholm Bækmark "
    "Dalsgaard Damholt Degnbøl Ellekær Engdal Enghave Fuglkær Fårholt Galtbæk Gammelby Granhøj Grønbjerg Hasselkær "
    "Hedevang Hesselbjerg Hjortlund Holmskov Hvidkær Højlykke Isager Jernbæk Kallehave Kirkeby Kjærbo Klinthøj "
    "Klitlund Krogsager Kvistbjerg Langbo Lindeskov Lyngholt Løvbjerg Markholt Mosebo Mølgård Mørkhøj Nordentoft "
    "Nygårdslund Nørbæk Odderbæk Overskov Pileholm Præstholm Ravnkilde Refsholt Rosenlund Rugbjerg Rørkær Sandager "
    "Skaarup Skovbølling Skyttegaard Slotø Smedegård Stenkær Storkholm Sønderbæk Søholt Thorslund Tjørnelund Toftager "
    "Tornbjerg Ulvkær Vadgård Vangholt Vesterlund Viborghus Vinterberg Voldsgaard Ørbækgård Østerkær Ågesholm Åkjær"
)
MIDDLE = ("B.", "H.", "Kvist", "Lund", "Thor", "Aa.", "Sejr", "Munk", "Ø.")
"""Middle names and initials: none is a surname above, so that no name is the beginning of another."""

GIVEN = tuple((name, True) for name in MEN) + tuple((name, False) for name in WOMEN)
PEOPLE = len(GIVEN) * len(SURNAMES)
"""How many people there are before a name comes twice."""

_STRIDE = 4441
"""A prime that divides neither table's length, so that counting on by it reaches every combination once."""


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; `first` is what the text calls them later, `pronoun` Han or Hun."""

    name: str
    first: str
    pronoun: str


def person(number: int) -> Person:
    """Person `number` (taken modulo PEOPLE): the same number gives the same person, another gives another."""
    at = number * _STRIDE % PEOPLE
    first, man = GIVEN[at % len(GIVEN)]
    surname = SURNAMES[at // len(GIVEN)]
    middle = MIDDLE[number // 7 % len(MIDDLE)] if number % 7 == 3 else ""
    return Person(
        name=" ".join(part for part in (first, middle, surname) if part),
        first=first,
        pronoun="Han" if man else "Hun",
    )
