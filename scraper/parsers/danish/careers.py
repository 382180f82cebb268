"""How Danish tells of a job somebody has had: the verbs, the nouns, and the words that say when.

Each table is a list that anyone who knows Danish can extend; `background_phrases` puts them together, so that every
word of time goes with every verb, every noun and every order of the words. A verb is a row "past; participle".
"""

from __future__ import annotations

from scraper.parsers.danish.alternatives import any_of


def _rows(table: str) -> list[tuple[str, str]]:
    """The rows of a table as (past, participle); either may be empty."""
    rows = [line.partition(";") for line in table.strip().splitlines()]
    return [(" ".join(past.split()), " ".join(participle.split())) for past, _, participle in rows]


STATES = _rows("""
    var; være
    var ansat; været ansat
    var beskæftiget; været beskæftiget
    var tilknyttet; været tilknyttet
    beskæftigede sig; beskæftiget sig
    arbejdede; arbejdet
    fungerede; fungeret
    agerede; ageret
    sad; siddet
    virkede; virket
    tjente; tjent
    gjorde tjeneste; gjort tjeneste
    gjorde karriere; gjort karriere
    blev ansat; ansat
    tog job; taget job
""")
"""Verbs behind which the title ("som X") or the house ("hos Y") stands at once."""

HOLDINGS = _rows("""
    havde; haft
    bestred; bestridt
    ; bestredet
    beklædte; beklædt
    besad; besiddet
    varetog; varetaget
    besatte; besat
    bestyrede; bestyret
    udfyldte; udfyldt
    bestod; bestået
    passede; passet
    indtog; indtaget
""")
"""Verbs whose object is the post: "bestred stillingen som", "har haft flere lederroller"."""

DUTIES = _rows("""
    stod for; stået for
    stod i spidsen for; stået i spidsen for
    havde ansvaret for; haft ansvaret for
    havde ansvar for; haft ansvar for
    tog sig af; taget sig af
    ledede; ledet
    drev; drevet
""")
"""Verbs of a duty, behind which the house stands: "stod for salget hos Y"."""

SPENDINGS = _rows("""
    tilbragte; tilbragt
    brugte; brugt
    nåede; nået
""")
"""Verbs of time: "har tilbragt fem år hos Y"."""

HONOURS = "udpeget kåret nomineret udlejet udlånt gift indlagt med medvirkende".split()
"""Words behind "været" that make it no post."""

POSTS = """
    stilling stillingen stillinger job jobbet jobs post posten poster rolle rollen roller ansættelse ansættelser
    ansættelsen hverv hvervet embede embedet position positionen positioner funktion funktionen funktioner karriere
    virke gang titel titlen
""".split()
"""What a post is called; "lederstillinger" and the like are known by their ends."""

LEAVINGS = """
    forlader forlod forladt slipper slap sluppet opsagde opsagt fratræder fratrådte fratrådt stopper stoppede stoppet
    afslutter afsluttede afsluttet
""".split()
"""Verbs of leaving a post, behind which it stands at once: "slipper posten som X hos Y"."""

EXCHANGES = "bytter byttede byttet udskifter udskiftede opgiver opgav dropper droppede".split()
"""Verbs of giving a post up for another: "bytter jobbet som X ud med"."""

FAREWELLS = ("siger", "sagde", "sagt")
"""What one does with "farvel til" before a post or a house."""

ARRIVALS = """
    kom blev startede begyndte skiftede tiltrådte rykkede gik flyttede overtog indtrådte fik sluttede vendte
""".split()
"""Verbs of coming to a job: "inden han kom til Y", "før hun blev ansat"."""

CHANGES = """
    jobskifte jobskiftet skiftet udnævnelse udnævnelsen forfremmelse forfremmelsen
    avancement avancementet
""".split()
"""What leaving the last post is called, of a promotion too: "forud for udnævnelsen"."""

ENTRIES = """
    ansættelse ansættelsen tiltrædelse tiltrædelsen start starten tiden jobbet stillingen begyndelsen tiltræden
""".split()
"""What coming to the house is called: "før ansættelsen hos Y"."""

THAT_TIME = ("da", "det", "dette", "den tid", "dengang")
"""What points back to the time told of last: "før det", "inden da"."""

UNTIL = [
    " ".join(word.split())
    for word in """
    nu; videre; for nylig; for nyligt; udnævnelsen; forfremmelsen; skiftet; jobskiftet; sin ansættelse; sin udnævnelse
""".split(";")
]
"""What follows "indtil" where a post was held until the move, a semicolon between two."""

BEGINNINGS = (
    "eksamen dimissionen studierne studietiden uddannelsen årtusindskiftet årsskiftet nytår starten "
    "færdiggørelsen afslutningen"
).split()
"""What a post may be held since, besides a year: "siden sin eksamen"."""

LUGGAGE = ("CV'et", "cv'et", "CV’et", "cv’et", "sit CV", "bagagen", "ryggen", "bagen")
"""What former employers are on or in: "har Y på CV'et"."""

EARLIER_WORDS = "derudover desuden herudover endvidere oprindeligt oprindelig engang forhen dengang"
"""Words that say that another post came later, or that one more was held."""


def past_of(table: list[tuple[str, str]]) -> str:
    """A pattern for the past of the verbs of a table."""
    return any_of(past for past, _ in table if past)


def participles_of(table: list[tuple[str, str]]) -> str:
    """A pattern for the participles of the verbs of a table."""
    return any_of(participle for _, participle in table if participle)


def finite_verbs() -> set[str]:
    """The first word of every verb of a post in the past, and "har"."""
    tables = (STATES, HOLDINGS, DUTIES, SPENDINGS)
    return {past.split(" ", 1)[0] for table in tables for past, _ in table if past} | {"har"}
