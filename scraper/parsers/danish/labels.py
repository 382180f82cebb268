"""Labels that end an announcement of the form, and the kind of move that each stands for.

A label that is not here is kept as it is written; its announcement is then told by its words alone.
"""

from __future__ import annotations

from scraper.records import MoveKind

LABELS: dict[str, MoveKind] = {
    # as it is written: what it announces
    "Nyt job": MoveKind.HIRE,
    "Nye job": MoveKind.HIRE,
    "Ny stilling": MoveKind.HIRE,
    "Nyansættelse": MoveKind.HIRE,
    "Ansættelse": MoveKind.HIRE,
    "Ny medarbejder": MoveKind.HIRE,
    "Nyansat": MoveKind.HIRE,
    "Nyansatte": MoveKind.HIRE,
    "Ny kollega": MoveKind.HIRE,
    "Nye kolleger": MoveKind.HIRE,
    "Ny på holdet": MoveKind.HIRE,
    "Jobskifte": MoveKind.HIRE,
    "Jobskift": MoveKind.HIRE,
    "Skifter job": MoveKind.HIRE,
    "Ny partner": MoveKind.HIRE,
    "Tiltrædelse": MoveKind.HIRE,
    "Forfremmelse": MoveKind.PROMOTION,
    "Udnævnelse": MoveKind.PROMOTION,
    "Forfremmet": MoveKind.PROMOTION,
    "Udnævnt": MoveKind.PROMOTION,
    "Avancement": MoveKind.PROMOTION,
    "Ny titel": MoveKind.PROMOTION,
    "Ny rolle": MoveKind.OTHER,
    "Intern rokade": MoveKind.PROMOTION,
    "Nye opgaver": MoveKind.PROMOTION,
    "Nyt ansvarsområde": MoveKind.PROMOTION,
    "Færdiggjort uddannelse": MoveKind.EDUCATION,
    "Ny uddannelse": MoveKind.EDUCATION,
    "Uddannelse": MoveKind.EDUCATION,
    "Afsluttet uddannelse": MoveKind.EDUCATION,
    "Gennemført uddannelse": MoveKind.EDUCATION,
    "Certificeret": MoveKind.CERTIFICATION,
    "Certificering": MoveKind.CERTIFICATION,
    "Ny certificering": MoveKind.CERTIFICATION,
    "Bestyrelse": MoveKind.BOARD,
    "Bestyrelsespost": MoveKind.BOARD,
    "Ny bestyrelsespost": MoveKind.BOARD,
    "Ny i bestyrelsen": MoveKind.BOARD,
    "Nyt bestyrelsesmedlem": MoveKind.BOARD,
    "Nyt i bestyrelsen": MoveKind.BOARD,
    "Ny bestyrelsesformand": MoveKind.BOARD,
    "Bestyrelsesvalg": MoveKind.BOARD,
    "Jubilæum": MoveKind.ANNIVERSARY,
    "25 års jubilæum": MoveKind.ANNIVERSARY,
    "Fødselsdag": MoveKind.BIRTHDAY,
    "Rund fødselsdag": MoveKind.BIRTHDAY,
    "Fratrædelse": MoveKind.DEPARTURE,
    "Fratræder": MoveKind.DEPARTURE,
    "Fratrådt": MoveKind.DEPARTURE,
    "Stopper": MoveKind.DEPARTURE,
    "Pension": MoveKind.DEPARTURE,
    "Går på pension": MoveKind.DEPARTURE,
    "Ny virksomhed": MoveKind.FOUNDING,
    "Egen virksomhed": MoveKind.FOUNDING,
    "Stiftelse": MoveKind.FOUNDING,
    "Pris": MoveKind.AWARD,
    "Prisuddeling": MoveKind.AWARD,
    "Hæder": MoveKind.AWARD,
    "Dødsfald": MoveKind.DEATH,
    "Mindeord": MoveKind.DEATH,
    "Nekrolog": MoveKind.DEATH,
    "Navnenyt": MoveKind.OTHER,
}

FIELD_NAMES = frozenset(
    """
    type navn virksomhed firma tekst dato kategori stilling titel person beskrivelse billede foto område arbejdssted
    """.split()
)
"""Names of fields that a form shows between the parts of an announcement, folded: they label nothing."""

LINK_WORDS = (
    # as written, in any case
    "Læs mere",
    "Læs hele",
    "Læs hele navnenytten",
    "Læs videre",
    "Læs mere her",
    "Se mere",
    "Se alle",
    "Se alle navnenyt",
    "Se profil",
    "Vis mere",
    "Vis profil",
    "Mere",
    "Del",
    "Del på LinkedIn",
    "Del på Facebook",
    "Kontakt",
    "Profil",
    "LinkedIn",
    "Facebook",
    "Twitter",
    "E-mail",
    "Kopiér link",
    "Indsend navnenyt",
    "Send navnenyt",
    "Har du nyt job?",
)
"""Links and buttons beside an announcement: they label nothing."""

LINK_VERBS = frozenset(
    "læs se vis del klik send indsend kopiér kopier følg hent print udskriv tip tilmeld abonnér".split()
)
"""Verbs that a link begins with, folded."""

_LINKS = tuple(sorted((words.casefold() for words in LINK_WORDS), key=len, reverse=True))
_FOLDED = {label.casefold(): kind for label, kind in LABELS.items()}


def without_link(words: str) -> str:
    """Words below an announcement without the link at their end: "Nyt job Læs mere" is the label "Nyt job"."""
    if words.split(" ", 1)[0].casefold() in LINK_VERBS:
        return ""
    folded = words.casefold()
    for link in _LINKS:
        if folded == link or folded.endswith(f" {link}"):
            return words[: len(words) - len(link)].rstrip()
    return words


def is_label(text: str) -> bool:
    """Whether `text` is a label of the table, whatever its case."""
    return text.casefold() in _FOLDED


def kind_of_label(label: str | None) -> MoveKind | None:
    """What a label announces; None for one that no table knows."""
    return _FOLDED.get(label.casefold()) if label else None
