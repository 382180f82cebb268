"""What stands beside and below an article: parts in any order, some of them missing, drawn for each answer."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from scraper.replica import firms
from scraper.replica.adverts import Advert
from scraper.replica.announcements import Announcement


@dataclass(frozen=True, slots=True)
class Jobs:
    """Job ads: company, title and region of each, without any heading. A carousel repeats its first at the end."""

    ads: tuple[Advert, ...]
    carousel: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """The people section: a heading, then the announcements. `stale` is one in a clone that no reader sees."""

    heading: str
    items: tuple[Announcement, ...]
    stale: Announcement | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A heading whose list a script fills in later."""

    heading: str = "Læses lige nu"


@dataclass(frozen=True, slots=True)
class Card:
    """A heading and some lines below it: an advertorial, an event, an entry of an old guide."""

    kind: str
    heading: str
    lines: tuple[str, ...]


Part = Jobs | People | Reading | Card

_ADVERTORIALS = (
    (
        "Enhver plan for backup begynder med en liste",
        "Det lyder enkelt, og det er det. Alligevel glemmer de fleste den.",
    ),
    ("Sådan vælger du en VPN til hele afdelingen", "Fem spørgsmål, som du skal stille, før du skriver under."),
    ("Licenser er ikke længere kun for jurister", "Nye regler giver it-chefen flere opgaver."),
    ("Hardwaren, der kan holde til havnen", "Salt, vand og vind er hverdag på kajen i Fjordby."),
)
_EVENTS = (
    ("Event: Sikkerhed for hele huset", "Sikkerhed | København", "Mød {lure}, der fortæller om NIS2 i praksis.",
     "16. & 17. september 2026 | Gratis deltagelse"),
    ("Event: Data på tværs", "Data | Midtjylland", "En dag om datakvalitet, metadata og ansvar.",
     "3. november 2026 | Gratis deltagelse"),
    ("Event: Fra skyen og ned igen", "Cloud | Online", "Hvad koster det at flytte hjem?",
     "21. januar 2027 | 495 kr."),
)  # fmt: skip
_GUIDE = (
    ("Brancheguiden", ("Find en leverandør", "Vandloppe VPN", "Netværk og sikkerhed")),
    ("Kommende events", ("Sikkerhed for hele huset", "København", "16. september 2026")),
)


def draw(
    rng: Random,
    *,
    heading: str,
    announced: list[Announcement],
    clipped: list[Announcement],
    advertised: list[Advert],
    stale: Announcement | None,
    speaker: str,
    old_layout: bool,
) -> list[Part]:
    """The parts of one answer in their order: 3-6 of the announcements and 2-4 of the ads, unless they are missing."""
    parts: list[Part] = []
    if announced and rng.random() < 0.96:
        items = rng.sample(announced, min(len(announced), rng.randint(3, 6)))
        if clipped and rng.random() < 0.08:
            items.insert(rng.randint(0, len(items)), rng.choice(clipped))
        parts.append(People(heading, tuple(items), stale if rng.random() < 0.4 else None))
    if advertised and rng.random() < 0.94:
        ads = rng.sample(advertised, min(len(advertised), rng.randint(2, 4)))
        parts.append(Jobs(tuple(ads), carousel=rng.random() < 0.15))
    if rng.random() < 0.8:
        parts.append(Reading())
    for headline, teaser in rng.sample(_ADVERTORIALS, rng.randint(0, 2)):
        sponsor = rng.choice(("tema", *(f"fra {name}" for name in firms.SPONSORS)))
        parts.append(Card("advertorial", f"Annonceindlæg {sponsor}", (headline, teaser)))
    if old_layout:
        parts.extend(Card("guide", title, lines) for title, lines in _GUIDE)
    else:
        for title, *lines in rng.sample(_EVENTS, rng.randint(0, 2)):
            said = tuple(line.format(lure=speaker) for line in lines)
            if rng.random() < 0.3:
                parts.append(Card("event", "Kodebladet Events", (title.removeprefix("Event: "), *said)))
            else:
                parts.append(Card("event", title, said))
    rng.shuffle(parts)
    return parts
