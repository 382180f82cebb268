"""Invented articles: headline, lead, body, and the lures in them that look like announcements and are none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from scraper.replica import firms
from scraper.replica.adverts import slug
from scraper.replica.announcements import Announcement, Story, announce
from scraper.replica.people import Person, person

LURE_PEOPLE = 90
LURES_FROM = 9000
"""The number of the first person that stands only in lures; no rotation reaches it."""

READ_ALSO = "Læs også:"

_TOPICS = (
    "kvantekryptering", "gamle mainframes", "digital post", "passwords", "datacentre i klitterne", "elbilers software",
    "chatbotter i borgerservice", "open source i kommunerne", "bredbånd på småøerne", "fejl i lønsystemer",
    "cookies", "robotter på lageret", "kunstig intelligens i skolen", "backup", "huller i routere", "den nye skat-app",
)  # fmt: skip
_WHO = ("it-chefer", "kommunerne", "udviklere", "små virksomheder", "borgerne", "forskere", "bankerne", "skolerne")
_HEADLINES = (
    "Ny rapport: {topic} giver {who} grå hår",
    "Derfor taler alle om {topic} netop nu",
    "{Who} vil have klare regler for {topic}",
    "Her er fem ting, som {who} skal vide om {topic}",
    "Efter et år med {topic}: Så langt er {who} nået",
    "Overblik: Sådan virker {topic}",
)
_LEADS = (
    "Det koster både tid og penge, men {who} ser ingen anden vej. Læs her, hvad der er på spil.",
    "Mens budgetterne skrumper, vokser opgaverne. Nu siger {who} fra.",
    "En ny undersøgelse tegner et billede, som få havde ventet.",
    "Vi har talt med dem, der står midt i det, og svarene peger i samme retning.",
)
_SENTENCES = (
    "Tallene kommer fra en rundspørge blandt 412 adspurgte, som blev gennemført i foråret.",
    "Ifølge rapporten bruger {who} i snit elleve timer om ugen på {topic}.",
    "Det er næsten dobbelt så meget som for fem år siden.",
    "Flere peger på, at leverandørerne ikke har gjort deres hjemmearbejde.",
    "Andre mener, at {topic} er blevet en undskyldning for at udskyde svære valg.",
    "Prisen er steget med 14,5 pct. siden 2023, viser en opgørelse fra branchen.",
    "Samtidig er der mangel på folk, der kan tage vare på driften.",
    "Et forslag til nye regler ventes fremlagt i januar, men ingen kender teksten endnu.",
    "I første omgang gælder det kun de største, men på sigt bliver alle ramt.",
    "Erfaringerne fra nabolandene er blandede, og ingen tør love noget.",
    "På spørgsmålet om, hvem der skal betale, er svarene mere end tøvende.",
    "Fordelen er, at {who} kan begynde i det små og lære undervejs.",
    "Til gengæld kræver det, at nogen har overblik over, hvad man allerede har.",
    "Det lyder enkelt, men i praksis er der mange lag af aftaler, licenser og gode vaner.",
    "En prøve i tre måneder viste, at fejlene faldt med en tredjedel.",
    "Hvis planen holder, er arbejdet færdigt inden udgangen af næste år.",
    "Ikke alle er begejstrede: Kritikerne kalder det en dyr løsning på et lille problem.",
    "De fleste har endnu ikke taget stilling.",
    "Sådan har det ikke altid været, husker de ældste i faget.",
    "Det første udkast blev sendt retur med 96 spørgsmål.",
    "Næste møde holdes d. 3. marts, og referatet bliver offentligt.",
    "For {who} er det vigtigste, at der kommer ro om sagen.",
    "Om {topic} er svaret eller spørgsmålet, må tiden vise.",
    "Så meget er dog sikkert: Det bliver ikke billigere af at vente.",
)
_SUBHEADS = ("Dyrere end ventet", "Hvad siger reglerne?", "Et skridt ad gangen", "Svært at finde folk", "Vejen videre")

_COMMENTS = (
    "Det har vi sagt i årevis, men ingen lytter.",
    "Jeg blev selv ansat som operatør i 1984, og dengang var det hulkort. Intet nyt under solen.",
    "Kan nogen forklare mig, hvorfor {topic} skal koste det hvide ud af øjnene?",
    "Godt skrevet. Men tallene i tredje afsnit stemmer ikke med dem fra sidste år.",
    "Nyt job søges, hvis det bliver til noget!",
)


@dataclass(frozen=True, slots=True)
class Article:
    """An article: what it says, and the traps in its source. `id` is its identity, `slug` may change.

    `body` holds paragraphs; a tuple among them is a list with its heading first, and the page puts links under
    READ_ALSO. `hidden` is an announcement for where no reader looks, `glued` an advertorial inside the body,
    `comments` what readers say, each with a name.
    """

    id: int
    headline: str
    lead: str
    byline: str
    photographer: str
    published: datetime
    body: tuple[str | tuple[str, ...], ...]
    subheads: tuple[str, ...]
    premium: bool
    words: int
    hidden: Announcement
    speaker: str
    old_layout: bool
    glued: tuple[str, str, str] | None
    comments: tuple[tuple[str, str], ...]

    @property
    def slug(self) -> str:
        """The headline as it stands in the address."""
        return slug(self.headline)


def lure_person(number: int, seed: int) -> Person:
    """Person `number` (taken modulo LURE_PEOPLE) of those who are named only where nothing is announced."""
    return person(LURES_FROM + seed * 17 + number % LURE_PEOPLE)


def lures(seed: int) -> frozenset[str]:
    """Every name of a person or organisation that stands only in lures: none may ever be in a database."""
    people = (lure_person(number, seed).name for number in range(LURE_PEOPLE))
    return frozenset((*people, *firms.LURE_FIRMS, *firms.SPONSORS))


def lure_announcement(number: int, seed: int, rng: Random, day: date, form: str | None = None) -> Announcement:
    """An announcement of a person who is a lure, to be hidden where no reader looks or where robots.txt says no."""
    who = lure_person(number, seed)
    lure_firm = firms.Firm(names=(rng.choice(firms.LURE_FIRMS),), brand="huset")
    return announce(f"lure-{number}", rng, Story(who, lure_firm, rng.choice(firms.ROLES), day), form)


def _lure_paragraphs(rng: Random, seed: int) -> list[str | tuple[str, ...]]:
    """What a body may say of people and jobs without announcing anything."""

    def name() -> str:
        return lure_person(rng.randrange(LURE_PEOPLE), seed).name

    firm, role = rng.choice(firms.LURE_FIRMS), rng.choice(firms.FIRST_ROLES).lower()
    age, town = rng.randint(30, 60), rng.choice(firms.TOWNS)
    kinds: tuple[str | tuple[str, ...], ...] = (
        f"»Vi må begynde et sted,« siger {name()}, {role} i {firm}.",
        f"Hos {firm} er svaret flere hænder: Siden nytår har firmaet ansat 200 medarbejdere i {town}.",
        f"{firm} har pr. 1. september 2025 ansat 200 medarbejdere som led i planen, og flere er på vej.",
        f"{name()}, {age} år, blev i 1998 ansat som {role} hos {firm}, hvor det hele begyndte i en kælder.",
        ("Formænd gennem tiden", f"1987-1994: {name()}, {firm}", f"1994-2003: {name()}, direktør i {firm}",
         f"2003-2011: {name()}"),
        f"{name()}, {role} hos {firm}, er enig: »Det er ikke raketvidenskab,« lyder det.",
        f"Da {name()} i sin tid blev udnævnt til {role} i {firm}, var der tre computere i huset.",
        f"Kommentar af {name()}, {role}, {firm}",
    )  # fmt: skip
    return rng.sample(kinds, rng.randint(1, 3))


def write(identity: int, rng: Random, published: datetime, seed: int) -> Article:
    """The article with this id, published then."""
    topic, who = rng.choice(_TOPICS), rng.choice(_WHO)
    fill = {"topic": topic, "who": who, "Who": who[0].upper() + who[1:]}
    subheads = rng.sample(_SUBHEADS, 3)
    paragraphs: list[str | tuple[str, ...]] = []
    lines = [line.format(**fill) for line in rng.sample(_SENTENCES, len(_SENTENCES))]
    while lines:
        size = rng.randint(2, 4)
        paragraphs.append(" ".join(lines[:size]))
        del lines[:size]
    for piece in [*_lure_paragraphs(rng, seed), (READ_ALSO,)]:
        paragraphs.insert(rng.randint(1, len(paragraphs)), piece)
    glued = None
    if rng.random() < 0.2:
        glued = (
            f"Annonceindlæg fra {rng.choice(firms.SPONSORS)}",
            "Er din backup klar?",
            "Tag testen på fem minutter.",
        )
    return Article(
        id=identity,
        headline=rng.choice(_HEADLINES).format(**fill),
        lead=rng.choice(_LEADS).format(**fill),
        byline=f"Af {lure_person(rng.randrange(LURE_PEOPLE), seed).name}",
        photographer=rng.choice(("Kodebladet", "PR", lure_person(rng.randrange(LURE_PEOPLE), seed).name)),
        published=published,
        body=tuple(paragraphs),
        subheads=tuple(subheads),
        premium=rng.random() < 0.3,
        words=rng.randint(320, 1900),
        hidden=lure_announcement(rng.randrange(LURE_PEOPLE), seed, rng, published.date(), "hire"),
        speaker=lure_person(rng.randrange(LURE_PEOPLE), seed).name,
        old_layout=rng.random() < 0.15,
        glued=glued,
        comments=tuple(
            (lure_person(rng.randrange(LURE_PEOPLE), seed).name, line.format(**fill))
            for line in rng.sample(_COMMENTS, rng.randint(0, 3))
        ),
    )
