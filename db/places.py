"""Which region a place is in: the Danish regions with their NUTS codes, or a country beyond them."""

from __future__ import annotations

import re

from db.identity import fold

REGIONS: tuple[tuple[str, str, str], ...] = (
    ("Hovedstaden", "DK01", "hovedstaden københavn storkøbenhavn ballerup lyngby glostrup hillerød helsingør bornholm"),
    ("Sjælland", "DK02", "sjælland roskilde køge næstved slagelse holbæk ringsted lolland falster"),
    (
        "Syddanmark",
        "DK03",
        "syddanmark odense fyn esbjerg kolding vejle fredericia sønderborg sydjylland sønderjylland",
    ),
    ("Midtjylland", "DK04", "midtjylland aarhus århus randers silkeborg horsens viborg herning holstebro østjylland"),
    ("Nordjylland", "DK05", "nordjylland aalborg ålborg hjørring frederikshavn thisted"),
    ("Udlandet", "", "udlandet sverige norge tyskland malmø london berlin stockholm oslo"),
    ("Færøerne", "", "færøerne tórshavn"),
    ("Grønland", "", "grønland nuuk"),
)
_BY_WORD = {fold(word): (region, nuts) for region, nuts, words in REGIONS for word in words.split()}


def region_of(place: str) -> tuple[str, str] | None:
    """The region of a place and its NUTS code, which is empty beyond Denmark; None when the place is not known."""
    for word in re.findall(r"\w+", fold(place)):
        if word in _BY_WORD:
            return _BY_WORD[word]
    return None
