"""Legal forms of companies: the words that a firm's name may end in and that do not tell two firms apart.

Read by the parser (a company's name runs to the end of its legal form) and by the database (a company's name without
it is its key), so it stands between the two and knows neither. Source: the Danish Business Authority's list of
company types, and the foreign forms counted in Danish announcements.
"""

from __future__ import annotations

import re
from functools import lru_cache

LEGAL_FORMS: tuple[tuple[str, str], ...] = (
    # as it is written most, its meaning
    ("A/S", "aktieselskab"),
    ("AS", "aktieselskab, Norwegian or typed without its slash"),
    ("ApS", "anpartsselskab"),
    ("P/S", "partnerselskab"),
    ("K/S", "kommanditselskab"),
    ("I/S", "interessentskab"),
    ("IVS", "iværksætterselskab, ended 2021"),
    ("A.m.b.A.", "andelsselskab med begrænset ansvar"),
    ("AmbA", "andelsselskab med begrænset ansvar"),
    ("F.m.b.A.", "forening med begrænset ansvar"),
    ("FmbA", "forening med begrænset ansvar"),
    ("S.m.b.A.", "selskab med begrænset ansvar"),
    ("SmbA", "selskab med begrænset ansvar"),
    ("Aktieselskab", "A/S, spelled out"),
    ("Anpartsselskab", "ApS, spelled out"),
    ("Kommanditselskab", "K/S, spelled out"),
    ("Partnerselskab", "P/S, spelled out"),
    ("Aps", "ApS, as it is often typed"),
    ("AB", "aktiebolag, Swedish"),
    ("ASA", "allmennaksjeselskap, Norwegian"),
    ("Oy", "osakeyhtiö, Finnish"),
    ("Oyj", "julkinen osakeyhtiö, Finnish"),
    ("GmbH", "Gesellschaft mit beschränkter Haftung, German"),
    ("AG", "Aktiengesellschaft, German or Swiss"),
    ("SE", "societas Europaea"),
    ("Ltd", "limited"),
    ("Ltd.", "limited"),
    ("Limited", "limited, spelled out"),
    ("plc", "public limited company"),
    ("Inc", "incorporated"),
    ("Inc.", "incorporated"),
    ("LLC", "limited liability company"),
    ("LLP", "limited liability partnership"),
    ("Corp", "corporation"),
    ("Corp.", "corporation"),
    ("Corporation", "corporation"),
    ("N.V.", "naamloze vennootschap, Dutch"),
    ("NV", "naamloze vennootschap, Dutch"),
    ("B.V.", "besloten vennootschap, Dutch"),
    ("BV", "besloten vennootschap, Dutch"),
    ("S.A.", "société anonyme"),
)

_FORMS = "|".join(sorted((re.escape(form) for form, _ in LEGAL_FORMS), key=len, reverse=True))
AT_END = re.compile(rf"(?<![ ,])[ ,]++(?:{_FORMS})\.?$", re.IGNORECASE)
"""A legal form at the end of a name, with the blank or comma before it."""


@lru_cache(maxsize=4096)
def without_legal_form(name: str) -> str:
    """The name without the legal form it ends in, if it ends in one and is more than that."""
    return AT_END.sub("", name) or name if " " in name or "," in name else name
