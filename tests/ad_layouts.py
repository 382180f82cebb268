"""Job ads as boards and news sites mark them up, and lists that only look like them: each kind drawn from a seed.

`ADS` draw a list of ads, (company, title, region) each; `LURES` draw a list of something else. Nothing real is named.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from random import Random

Ad = tuple[str, str, str]

COMPANIES = (
    "Mergelgård Data A/S", "Sivsko", "Tre Stæder ApS", "Ravnsborg Elnet", "Åmose Kommune", "nordKvist", "Klokkestøber.io",
    "Agern & Lærke I/S", "Foreningen Fri Kode", "STÆR", "Kogle 2021 ApS", "Pindsvin!", "Hvidtjørn Forsikring", "H. Mølgaardsen & Co.",
    "Direktoratet for Diger", "Bjergmose Universitetshospital", "Kobbermøllen af 1844 A/S", "Pil+Lind", "Region Enghave", "it-væksthuset",
)  # fmt: skip
TITLES = (
    "Systemudvikler, Rust", "Driftschef til nyt datacenter", "Kan du få 300 kasser til at tale sammen?", "Cloud Engineer", "Testansvarlig",
    "Bogholder med flair for systemer", "Netværkstekniker", "Elev til servicedesk", "Gør havnen digital", "Product Owner – billetter",
    "Data Scientist (barselsvikariat)", "Vi søger en rolig arkitekt", "It-chef", "Frontend Developer / React", "Projektleder, rulletrapper & elevatorer",
    "Event Manager", "Konsulent til 400 medarbejdere", "Sikkerhedsrådgiver", "Lead UX Designer", "Praktikant i marketing og web", "ERP-konsulent til Odense", "Head of Platform",
)  # fmt: skip
REGIONS = (
    "Storkøbenhavn", "Midtjylland", "Region Nordjylland", "Fyn", "Aarhus", "Odense C", "8600 Silkeborg", "København",
    "Hele landet", "Sønderborg", "Trekantområdet", "Bornholm",
)  # fmt: skip
RARE = ("Klitkysten", "Søhøjlandet", "Enghaveøerne")
HEADINGS = ("Ledige stillinger", "Job", "Aktuelle job", "Karriere", "Nye job i branchen lige nu", "Jobannoncer")


class Draw:
    """A generator's chances and its marks."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.heading = random.choice(HEADINGS)
        self.tag = random.choice(("div", "p", "span", "section"))
        self.mark = random.choice(("", ' class="c1"', ' class="job-x"', ' data-v="7"'))

    def link(self, number: int) -> str:
        return f"/job/{4000 + number}"

    def some(self, *texts: str) -> str:
        """One of the texts, for some items only."""
        return self.random.choice(("", *texts))


def _e(text: str) -> str:
    return html.escape(text, quote=False)


def _each(ads: Sequence[Ad], draw: Callable[[int, str, str, str], str]) -> str:
    return "".join(draw(number, *map(_e, ad)) for number, ad in enumerate(ads))


def dots(draw: Draw, ads: Sequence[Ad]) -> str:
    """The title, and below it company and region between dots."""
    sign = draw.random.choice((" · ", " | ", " • ", ", ", " – "))
    return f"<h3>{draw.heading}</h3>" + _each(
        ads,
        lambda n, c, t, r: f"<article{draw.mark}><h4><a href={draw.link(n)}>{t}</a></h4><p>{c}{sign}{r}</p></article>",
    )


def chips(draw: Draw, ads: Sequence[Ad]) -> str:
    """A card with badges and terms of employment, some of them in some cards only."""
    return f"<h2>{draw.heading}</h2><div>" + _each(
        ads,
        lambda n, c, t, r: (
            f"<a{draw.mark} href={draw.link(n)}>{draw.some('<em>Ny</em>')}<div>{c}</div><div>{t}</div><ul><li>{r}</li>"
            f"<li>{draw.random.choice(('Fuldtid', 'Deltid', 'Fast stilling'))}</li>{draw.some('<li>Hybrid</li>')}</ul></a>"
        ),
    ) + "</div>"  # fmt: skip


def teasers(draw: Draw, ads: Sequence[Ad]) -> str:
    """A card with some words of the ad, a deadline and a button."""
    return f"<div><h3>{draw.heading}</h3>" + _each(
        ads,
        lambda n, c, t, r: (
            f"<div{draw.mark}><p>{c}</p><h4>{t}</h4><p>Du bliver en del af et hold, der hver dag holder hjulene i gang for vores kunder.</p>"
            f"<p>{r}</p><p>Ansøgningsfrist: {3 + n}. marts 2026</p><a href={draw.link(n)}>Se stillingen</a></div>"
        ),
    ) + "</div>"  # fmt: skip


def columns(draw: Draw, ads: Sequence[Ad]) -> str:
    """A table with a head, its columns in another order."""
    return (
        f"<h4>{draw.heading}</h4><table><tr><th>Stilling</th><th>Virksomhed</th><th>Sted</th><th>Frist</th></tr>"
        + _each(ads, lambda n, c, t, r: f"<tr><td><a href={draw.link(n)}>{t}</a><td>{c}<td>{r}<td>{3 + n}. marts 2026</tr>")
        + "</table>"
    )  # fmt: skip


def region_first(draw: Draw, ads: Sequence[Ad]) -> str:
    """The region above the title, the company last."""
    return f"<h3>{draw.heading}</h3><ul>" + _each(
        ads, lambda n, c, t, r: f"<li><small>{r}</small><h5><a href={draw.link(n)}>{t}</a></h5><span>{c}</span></li>"
    ) + "</ul>"  # fmt: skip


def region_between(draw: Draw, ads: Sequence[Ad]) -> str:
    """The title, the region, the company."""
    return f"<h3>{draw.heading}</h3>" + _each(
        ads,
        lambda n, c, t, r: f"<div{draw.mark}><b><a href={draw.link(n)}>{t}</a></b><div>{r}</div><div>{c}</div></div>",
    )


def title_last(draw: Draw, ads: Sequence[Ad]) -> str:
    """The company, the region, the title."""
    return f"<h3>{draw.heading}</h3>" + _each(
        ads, lambda n, c, t, r: f"<li{draw.mark}><b>{c}</b><br><i>{r}</i><br><a href={draw.link(n)}>{t}</a></li>"
    )


def by_employer(draw: Draw, ads: Sequence[Ad]) -> str:
    """The employer as heading of its ads."""
    parts = [f"<h3>{draw.heading}</h3>"]
    for company in dict.fromkeys(ad[0] for ad in ads):
        own = [ad for ad in ads if ad[0] == company]
        inner = _each(own, lambda n, c, t, r: f"<li><a href={draw.link(n)}>{t}</a><div>{r}</div></li>")
        parts.append(f"<div{draw.mark}><h4>{_e(company)}</h4><ul>{inner}</ul></div>")
    return "".join(parts)


def pinned(draw: Draw, ads: Sequence[Ad]) -> str:
    """Signs before each part."""
    return f"<h3>{draw.heading}</h3>" + _each(
        ads,
        lambda n, c, t, r: f"<div{draw.mark}><h4><a href={draw.link(n)}>{t}</a></h4><p>🏢 {c}</p><p>📍 {r}</p></div>",
    )


def linked_parts(draw: Draw, ads: Sequence[Ad]) -> str:
    """Each part a link of its own."""
    return f"<h3>{draw.heading}</h3>" + _each(
        ads,
        lambda n, c, t, r: (
            f"<{draw.tag}{draw.mark}><a href=/firma/{n}>{c}</a> <a href={draw.link(n)}>{t}</a> <a href=/sted/{n}>{r}</a></{draw.tag}><hr>"
        ),
    )


def logos(draw: Draw, ads: Sequence[Ad]) -> str:
    """The company only as the text of a logo."""
    word = draw.random.choice(("{}", "{} logo", "Logo: {}", "{} – logo"))
    return f"<h3>{draw.heading}</h3>" + _each(
        ads,
        lambda n, c, t, r: (
            f'<div{draw.mark}><a href={draw.link(n)}><figure><img src=/{n}.png alt="{word.format(c)}"></figure></a>'
            f"<h5><a href={draw.link(n)}>{t}</a></h5><p>{r}</p></div>"
        ),
    )


def runs(draw: Draw, ads: Sequence[Ad]) -> str:
    """Rows of a table one below the other, nothing around an ad."""
    return f"<table><tr><th>{draw.heading}</th></tr>" + _each(
        ads, lambda n, c, t, r: f"<tr><td>{c}</td></tr><tr><td><a href={draw.link(n)}>{t}</a></td></tr><tr><td>{r}</td></tr>"
    ) + "</table>"  # fmt: skip


def turns(draw: Draw, ads: Sequence[Ad]) -> str:
    """Inline elements without a blank, set apart by a style sheet."""
    return f"<h3>{draw.heading}</h3><div>" + _each(
        ads, lambda n, c, t, r: f"<b>{c}</b><a href={draw.link(n)}>{t}</a><i>{r}</i>"
    ) + "</div>"  # fmt: skip


def unclosed(draw: Draw, ads: Sequence[Ad]) -> str:
    """Items that are never closed."""
    return f"<h3>{draw.heading}</h3><ul>" + _each(
        ads, lambda n, c, t, r: f"<li{draw.mark}><p>{c}<p><a href={draw.link(n)}>{t}</a><p>{r}"
    )


def folded(draw: Draw, ads: Sequence[Ad]) -> str:
    """Titles to fold out."""
    return f"<h3>{draw.heading}</h3>" + _each(
        ads, lambda n, c, t, r: f"<details open{draw.mark}><summary>{t}</summary><p>{c}</p><p>{r}</p><a href={draw.link(n)}>Læs hele opslaget</a></details>"
    )  # fmt: skip


def named(draw: Draw, ads: Sequence[Ad]) -> str:
    """Names before the parts."""
    firm, job, place = draw.random.choice(
        (("Virksomhed", "Stilling", "Arbejdssted"), ("Arbejdsgiver", "Titel", "Område"), ("Firma", "Job", "By"))
    )
    return f"<h3>{draw.heading}</h3>" + _each(
        ads,
        lambda n, c, t, r: (
            f"<div{draw.mark}><p><b>{job}:</b> <a href={draw.link(n)}>{t}</a></p><p><b>{firm}:</b> {c}</p><p><b>{place}:</b> {r}</p></div>"
        ),
    )


def micro(draw: Draw, ads: Sequence[Ad]) -> str:
    """Microdata."""
    return _each(
        ads,
        lambda n, c, t, r: (
            f'<div itemscope itemtype="https://schema.org/JobPosting"><a itemprop=url href=/x/{n}><span itemprop=title>{t}</span></a>'
            f'<div itemprop=hiringOrganization>{c}</div><div itemprop=jobLocation>{r}</div></div>'
        ),
    )  # fmt: skip


def brackets(draw: Draw, ads: Sequence[Ad]) -> str:
    """The title, and below it the company with its region in brackets."""
    return f"<h3>{draw.heading}</h3>" + _each(
        ads, lambda n, c, t, r: f"<p{draw.mark}><a href={draw.link(n)}>{t}</a><br>{c} ({r})</p>"
    )


def rails(draw: Draw, ads: Sequence[Ad]) -> str:
    """A rail that repeats its first card, with a link to all."""
    whole = [*ads, ads[0]]
    return f"<section><h2>{draw.heading}</h2><a href=/job>Se alle job</a><div>" + _each(
        whole, lambda n, c, t, r: f"<div{draw.mark}><div><span>{c}</span></div><div><h4><a href={draw.link(n % len(ads))}>{t}</a></h4><span>{r}</span></div></div>"
    ) + "</div></section>"  # fmt: skip


ADS: tuple[Callable[[Draw, Sequence[Ad]], str], ...] = (
    dots, chips, teasers, columns, region_first, region_between, title_last, by_employer, pinned, linked_parts, logos, runs, turns,
    unclosed, folded, named, micro, brackets, rails,
)  # fmt: skip


def list_of(heading: str, rows: Sequence[Sequence[str]], draw: Draw) -> str:
    shape = draw.random.choice(("div", "li", "rows", "flat"))
    inner = ""
    for number, row in enumerate(rows):
        first, *others = map(_e, row)
        head = f"<a href=/x/{number}>{first}</a>"
        if shape == "rows":
            inner += f"<tr><td>{head}</td>" + "".join(f"<td>{text}</td>" for text in others) + "</tr>"
        elif shape == "flat":
            inner += f"<p>{head}</p>" + "".join(f"<p>{text}</p>" for text in others)
        else:
            inner += f"<{shape}><b>{head}</b>" + "".join(f"<div>{text}</div>" for text in others) + f"</{shape}>"
    outer = {"rows": "table", "li": "ul"}.get(shape, "div")
    return f"<section><h3>{heading}</h3><{outer}>{inner}</{outer}></section>"


LURES: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("Kommende arrangementer", (("It-chefens forårsdag", "Aarhus", "14. april 2026"), ("Arkitekturforum", "Odense", "2. maj 2026"))),
    ("Det sker", (("Datadag for udviklere", "København", "Gratis adgang"), ("Sikkerhedsdøgn", "Vejle", "Få pladser"))),
    ("Kurser", (("Mergelgård Kursus", "Bliv projektleder på tre dage", "Midtjylland", "8.900 kr."), ("Sivsko", "Testleder, niveau 2", "Fyn", "6.400 kr."))),
    ("Find en it-partner", (("Tre Stæder ApS", "Hosting", "Aarhus"), ("Ravnsborg Net", "Telefoni", "Odense"), ("nordKvist", "Print", "Vejle"))),
    ("Nye medlemmer", (("Tre Stæder ApS", "Hosting og drift", "Midtjylland"), ("Hvidtjørn A/S", "Regnskab", "Fyn"), ("Pil+Lind", "Kabler", "Bornholm"))),
    ("Mød redaktionen", (("Ole Bastrup", "Redaktør", "Aarhus"), ("Lise Hornum", "Journalist", "København"))),
    ("Kontakt os", (("Karen Vibe", "Salgschef", "Midtjylland"), ("Peter Knast", "Annoncesælger", "Fyn"))),
    ("Whitepapers", (("Mergelgård Data A/S", "Guide: Den rolige drift", "PDF, 14 sider"), ("Sivsko", "Rapport om kabler", "PDF, 9 sider"))),
    ("Læs også", (("Kommune skifter it-chef", "Fyn", "For 2 timer siden"), ("Ny havn får fiber", "Bornholm", "For 3 timer siden"))),
    ("Nyheder fra hele landet", (("Ny direktør rydder op", "Politik", "Grønland"), ("Udviklere flygter fra byen", "Erhverv", "Fyn"))),
    ("Lokaler til leje", (("Kontor på havnen", "120 m²", "Aarhus"), ("Lager med kran", "900 m²", "Vejle"))),
    ("Mødekalender", (("Projektlederens dag", "Sted: Aarhus", "Tid: 4. maj kl. 9"), ("Udviklerforum", "Sted: Odense", "Tid: 9. maj kl. 9"))),
    ("Podcast", (("Chefarkitekten", "Afsnit 12", "34 min."), ("Supporteren", "Afsnit 11", "28 min."))),
)  # fmt: skip


def story_of_ads(random: Random) -> list[Ad]:
    """One to five ads, now and then one of a region that no table knows, or two of one employer."""
    many = random.choice((1, 2, 3, 3, 4, 5))
    ads = list(
        zip(random.sample(COMPANIES, many), random.sample(TITLES, many), random.choices(REGIONS, k=many), strict=True)
    )
    if many > 2 and random.random() < 0.3:
        ads[1] = (*ads[1][:2], random.choice(RARE))
    if many > 1 and random.random() < 0.3:
        ads[1] = (ads[0][0], *ads[1][1:])
    return ads


def page_of_ads(random: Random, kind: Callable[[Draw, Sequence[Ad]], str]) -> tuple[str, list[Ad]]:
    """A page with an article, one list of ads and some lures around it; and the ads."""
    draw, ads = Draw(random), story_of_ads(random)
    boxes = [list_of(heading, rows, draw) for heading, rows in random.sample(LURES, random.choice((0, 2, 3)))]
    boxes.insert(random.randint(0, len(boxes)), f"<div>{kind(draw, ads)}</div>")
    body = "".join(
        f"<p>Der er stadig ingen plan for fyret, siger formanden for havnen, og det er {n}. gang.</p>"
        for n in range(2, 6)
    )
    site = f"<header><a href=/>Havnebladet</a></header><main><h1>Fyret bliver stående</h1>{body}</main>"
    side = "".join(boxes)
    return (
        f"<!DOCTYPE html><html><body>{site}<aside>{side}</aside><footer>Havnebladet, Kajgade 4, 8000 Aarhus C</footer></body></html>",
        ads,
    )
