"""The fixed words of the form's announcements as editors put them, around the fields that `lead_notice` reads.

Dates and ages are blotted out before these patterns look at a sentence, each of their characters by one mark, so that
words are found wherever an editor puts the day.
"""

from __future__ import annotations

import re

DATE, AGE = "\x01", "\x02"
"""What stands in place of each character of a date and of an age."""

_D = f"(?: {DATE}+)?"
_ANY = f"[^{DATE}]{{2,90}}"
_POST = r"(?:stilling(?:en)?|rollen?|jobbet|job|post(?:en)?|titlen|ansættelse|arbejde)"
_A = r"(?:en |et |den |sin |sit )?(?:ny |nyt |nye |nyoprettede |nyoprettet )?"

AGED = re.compile(r", ?(\d{1,2}) år(?=[ ,.]),?|, ?(\d\d),|,? \((\d{1,2})(?: år)?\),?|, ?(\d\d)(?=\.)")
"""An age beside a name, with its commas."""
BEFORE_DATE = re.compile(
    r",? (?:med (?:tiltrædelse|start|opstart|effekt|startdato)|gældende|startende)(?: fra| pr\.)? $"
)
"""Words that belong to the date behind them."""

AS = re.compile(
    rf"{_D}(?: velkommen| ind| op| an)?(?: (?:til |i |på )?{_A}{_POST})?{_D}"
    r" (?:som|til)(?: (?:virksomhedens|selskabets|firmaets|deres))? (?:(?:en |den )?(?:ny|nye) )?"
)
"""What stands between the verb, or the person, and the title."""
WHO_STARTS = re.compile(
    rf",? (?:der|som){_D} (?:er )?(?:tiltr(?:æder|ådte?)|start(?:er|ede|et)|begynd(?:er|te?)){_D}"
    rf"(?: (?:i )?{_A}{_POST})?{_D} som (?:(?:en |den )?(?:ny|nye) )?"
)
"""As `AS`, in a clause of its own: "velkommen til Bo Lind, der tiltræder som"."""
AT_ONCE = frozenset({"er ny", "er nyt", "er nyudnævnt", "er blevet", "bliver", "bliver ny"})
"""Verbs that the title follows at once."""
ROLE_BEFORE = ("Til ", "Som ", "Ind ")
ROLE_FIRST = re.compile(
    rf"(?:Til {_POST} som|Som|Ind som)(?: (?:ny|nye))? (?P<role>[^{DATE}.]{{2,90}}?){_D} (?=(?:har|er|bliver|blev) )"
)
"""The title ahead of everything: "Som ny CTO har …"."""
IS_NOW = re.compile(rf" (?:er|bliver) {DATE}+ (?:ny )?(?=\S)")
"""A sentence without a verb of its own: "Bo Lind er pr. 1. maj CTO hos …"."""
HEADED = re.compile(
    rf"^(?:Ny|Nye?n?) (?P<role>[^:{DATE}]{{2,90}}?) (?:hos|i|til) (?P<company>[^:{DATE}]{{2,90}}):"
    rf" ?(?P<person>[^:{DATE}{AGE}]{{3,90}})"
)
SHIFT = re.compile(
    rf"{_D} fra {_A}(?:stilling |job )?(?:som )?(?P<role>{_ANY}?) hos (?P<company>{_ANY}?)"
    rf" til {_A}(?:stilling |job )?(?:som )?(?P<new>{_ANY}?) hos (?P<at>{_ANY})"
)
RISE = re.compile(
    rf"{_D} fra {_A}(?:stilling(?:en)? |job )?(?:som )?(?P<role>{_ANY}?)"
    rf" til {_A}(?:stilling(?:en)? |job )?(?:som )?(?P<new>{_ANY}?)(?: hos (?P<at>{_ANY}))?"
)
ITS_NEW = re.compile(rf" (?:en )?(?:ny |nyt )?(?P<role>[^:{DATE}]{{2,90}}): ?(?P<person>[^:{DATE}]{{2,90}})")
BOARD = re.compile(
    rf"{_D}(?: (?:som|til) (?P<role>[a-zæøå]{{4,30}}))?(?: ind)?(?: i| til| for| af)? bestyrelsen{_D}"
    rf" (?:for|hos|i|af) (?P<at>{_ANY})"
)
MEMBER = "medlem"
INTO_BOARD = re.compile(rf"{_D}(?: ind)? (?:i|til) bestyrelsen")
COURSE = re.compile(r" (?:(?:sin |en |et )?[a-zæøå]{0,15}uddannelsen?|[a-zæøå]{0,12}studiet|kurset|forløbet|graden) \S")
CERTIFIED = re.compile(r" (?:sin |en )?(?:[a-zæøå]{0,20}certificering(?:en)?|certifikat(?:et)?) \S")
LEFT = re.compile(
    rf"{_D}(?: (?:fra |i )?(?:sin stilling|stillingen|sit job|jobbet))?(?: som (?P<role>{_ANY}?))?"
    rf"{_D}(?: (?:hos|fra|i) (?P<at>{_ANY}))?"
)
JUBILEE = re.compile(
    rf"{_D}(?: (?:sit|sin|et))?{_D}(?: [1-9]\d?[ -]?års(?:[ -]jubilæum|dag)?)?(?: ?jubilæum)?"
    rf"(?: som (?P<role>{_ANY}?))?{_D}(?: (?:hos|i) (?P<at>{_ANY}))?"
)
SERVED = re.compile(rf" har{_D} været ansat(?: hos (?P<at>{_ANY}?))? i [1-9]\d? år(?=[ ,.])")
TURNS = re.compile(rf"{_D} (?P<age>[1-9]\d)(?: år)?")
FOUNDED = re.compile(rf"{_D} (?:(?:sit )?(?:eget )?(?:firma(?:et)?|virksomheden|selskabet) )?(?P<at>{_ANY})")
NAME_ENDS = re.compile(rf",|{AGE}| fra | hos ")
BETWEEN = re.compile(rf"(?:(?:{DATE}+(?!{DATE})|netop|nu|blevet|just|officielt|også|[1-9]\d? års|[1-9]\d?-års) ?)*")
"""What may stand inside a verb: the date, a word that tells nothing, the years of an anniversary."""
BEFORE_HER = re.compile(r" (?:efter|som afløser for|i stedet for) (?=[A-ZÆØÅ])")
"""Whoever had the job before."""

SMALL = frozenset("for og af i de den det du la le van von der of the and på & + - –".split())
"""Small words inside a company's name."""
DESCRIBES = re.compile(r"^(?:[a-zæøå]{1,40}(?: |$)|[^\W\d_]{1,40}-[a-zæøå]{4,40} [A-ZÆØÅ0-9])")
"""How a description of a company begins: "virksomheden Granit", "Aalborg-firmaet Granit"."""
ENDS_ROLE = re.compile(
    r"(?:^| )(?:i|på|hos|ved|hvor|der|som|fra|han|hun|er|har|skal|efter|inden|indenfor|men|med|til)(?: |$)"
)
"""Words that no title of these sentences has in it: where they stand, the sentence is one of prose."""
