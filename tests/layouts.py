"""The same words in many layouts: what a page says, drawn as the sites of twenty years have drawn it.

`story` draws what a page says, `layout` draws how it is marked up, both from a seed. People and companies are invented.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from random import Random

PEOPLE = (
    "Ditte Havmand", "Asger Kornum Bæk", "Bo Lind-Aagaard", "Søren Ærø", "Åse Ørnskov", "Maria Louise Fjordby", "Carl von Stenlille",
    "K. Emil Vestrup", "Per Engtoft", "José Marquez Holt", "Mads-Peter Røn", "Signe O'Brien",
)  # fmt: skip
COMPANIES = (
    "Granit Data A/S", "fjordIT A/S", "Myretue Mejeri A.m.b.a.", "Nordlys & Søn ApS", "Vang, Holt og Partnere", "3° Kulde ApS", "Data.ø A/S", "Tværfag",
    "Bølge Systems Danmark A/S", "H.C. Rosenby", "Styrelsen for Havne og Fyr", "Lyng (Nordic) ApS", "9 Bjerge K/S",
)  # fmt: skip
ROLES = (
    "IT Konsulent", "Key Account Manager", "Head of Sales & Marketing, Nordics", "CTO", "Supportkonsulent", "Projektleder (PMO)",
    "Senior Cloud Architect", "Regnskabschef",
)  # fmt: skip
FOCUS = (
    "netværk og sikkerhed",
    "salg inden for FTTx/Telecom på Fyn",
    "drift, bl.a. af Data.ø og m.fl.",
    "nye, friske perspektiver",
)
LABELS = ("Nyt job", "Nyt job", "Nyt job", "Forfremmelse", "Udnævnelse", "Færdiggjort uddannelse")
RARE_LABEL = "Ny udfordring"
HEADING_LABEL = "Jobskifte"  # sections are called so too
RARE_REGIONS = ("Limfjordsegnen", "Vadehavskysten", "Aarhus")
REGIONS = (
    "Københavnsområdet",
    "Midtjylland",
    "Nordjylland",
    "Sydjylland",
    "Region Sjælland",
    "Uspecificeret arbejdssted",
)
TITLES = (
    "Engineering Manager", "BI-koordinator / IT & administrativ support", "Vores it-division søger en erfaren arkitekt",
    "Vil du lede et team på Fyn?", "Softwareudvikler, .NET – Aalborg", "Data Engineer til Tværfag", "Student Worker",
    "Chef for drift, support og indkøb", "Senior C#/C++ Developer",
)  # fmt: skip
BODY = (
    "Inden længe åbner ministeriet for nye tilladelser, som giver virksomheder lov at samarbejde.",
    "Virksomheden har ansat 200 medarbejdere siden foråret, og flere er på vej.",
    "Torben Fiktiv blev i 1998 ansat som direktør i Kobberværket og blev der i ni år.",
    "»Vi er glade for aftalen,« siger Ulla Opdigt, der er administrerende direktør hos Skærgård A/S.",
    "Gert Påfund er ansat som sikkerhedschef hos Kobberværket A/S og følger sagen tæt.",
    "Skærgård A/S har netop ansat Ulla Opdigt som direktør, og det giver nye muligheder for kunderne.",
    "På listen over tidligere formænd står Gert Påfund (2001-2004) og Ulla Opdigt (2004-2009).",
    "Han tiltræder den 1. maj og afløser Torben Fiktiv, som går på pension.",
)
ADVERT = (
    "Annonceindlæg fra DE-ØST",
    "Enhver strategi for modernisering bør tage netværket med fra start",
    "Modernisering af ældre programmer til skyen er en topprioritet for virksomheder globalt.",
)
EVENTS = (
    (
        "Event: Digital forvaltning",
        "Offentlig it | Københavnsområdet",
        "Hør hvordan kommunerne gør.",
        "16. & 17. september 2026 | Gratis deltagelse",
    ),
    (
        "Computerworld Events",
        "Cyber Briefing",
        "Cybersikkerhed | Midtjylland",
        "Få overblik over truslerne.",
        "3. november 2026 | Gratis deltagelse",
    ),
)
READ_ALSO = ("Læs også:", "Skyen er fuld af huller", "Ny lov skal ramme techgiganter", "Se de 10 bedste bærbare")
SIGNATURE = ("Med venlig hilsen", "Gert Påfund", "Redaktør", "Region Sjælland")


@dataclass
class Story:
    """What a page says: announcements as (body, label, person, company), ads as (company, title, region)."""

    announcements: list[tuple[str, str, str, str]] = field(default_factory=list)
    ads: list[tuple[str, str, str]] = field(default_factory=list)
    cut: str | None = None
    """An announcement that is broken off."""


def story(random: Random) -> Story:
    """One page's words: 2-4 announcements of the form and 0, 2, 3 or 4 ads."""
    told = Story()
    people, companies = random.sample(PEOPLE, 4), random.sample(COMPANIES, 4)
    for person, company in list(zip(people, companies, strict=True))[: random.randint(2, 4)]:
        label, role = random.choice(LABELS), random.choice(ROLES)
        date = f"{random.randint(1, 28)}. {random.choice(('januar', 'maj', 'august', 'oktober'))} {random.choice((2025, 2026))}"
        age = random.choice(("", "", ", 54 år, "))
        pronoun = random.choice(("Han", "Hun", person.split()[0]))
        focus = f" {pronoun} skal især beskæftige sig med {random.choice(FOCUS)}."
        if label == "Nyt job":
            body = f"{company} har pr. {date} ansat {person}{age or ' '}som {role}."
            if random.random() < 0.25:
                body = reworded(random, company, person, age, role, date)
            body += random.choice(("", focus))
            body += random.choice(
                ("", f" {pronoun} kommer fra en stilling som {random.choice(ROLES)} hos Kobberværket A/S.")
            )
            body += random.choice(("", f" {pronoun} er uddannet datamatiker hos Søkøbing Skole."))
        elif label == "Forfremmelse":
            body = f"{person}, {random.choice(ROLES[:2])} hos {company}, er pr. {date} forfremmet til {role}." + focus
        elif label == "Udnævnelse":
            body = f"{person},  {company}, er pr. {date} udnævnt som {role}."
        else:
            body = f"{person}, {role} hos {company}, har pr. {date} fuldført uddannelsen Master i it på Søkøbing Universitet via It-Vest."
        told.announcements.append((" ".join(body.split()), label, person, company))
    if random.random() < 0.15:
        words, label, *names = told.announcements[0]
        if label == "Nyt job":
            told.announcements[0] = (words, RARE_LABEL, *names)
    if random.random() < 0.1:
        for at, (words, label, *names) in enumerate(told.announcements[1:], 1):
            told.announcements[at] = (words, HEADING_LABEL if label == "Nyt job" else label, *names)
    if random.random() < 0.2:
        words = "Kobberværket A/S har pr. 1. maj 2026 ansat Gert Påfund som Smeltemester. Han skal især beskæftige sig med ovne og"
        told.cut = words[: random.choice((len(words), 70, 52, 43))].rstrip() + "…"
    left = [company for company in COMPANIES if company not in companies] + companies
    for title in random.sample(TITLES, random.choice((0, 2, 3, 4))):
        told.ads.append((left.pop(0), title, random.choice(REGIONS)))
    if len(told.ads) == 4 and random.random() < 0.4:
        told.ads[2] = (*told.ads[2][:2], random.choice(RARE_REGIONS))
    return told


def reworded(random: Random, company: str, person: str, age: str, role: str, date: str) -> str:
    """The form's first sentence as editors put it."""
    first = person.split(maxsplit=1)[0]
    ways = (
        f"{person}{age or ' '}er pr. {date} ansat som {role} hos {company}.",
        f"{person}{age or ' '}er tiltrådt som {role} hos {company} pr. {date}.",
        f"Pr. {date} er {person} ansat som {role} hos {company}.",
        f"Den {date} startede {person} som {role} hos {company}.",
        f"Som ny {role} har {company} pr. {date} ansat {person}.",
        f"{company} har med virkning fra {date} ansat {person}{age or ' '}som {role}.",
        f"{company} har pr. {date} fået ny {role}: {person}.",
        f"{person} skifter pr. {date} fra en stilling som Bogholder hos Kobberværket A/S til en stilling som {role} hos {company}.",
        f"{company} har ansat {person} som {role}. {first} tiltrådte stillingen {date}.",
        f"{company} byder velkommen til {person}, der tiltræder som {role} pr. {date}.",
        f"{person} er ny {role} hos {company}. {first} begyndte pr. {date}.",
    )
    return random.choice(ways)


def sentences_of(words: str) -> list[str]:
    """The sentences of one of the announcements above."""
    return re.split(r"(?<=[.]) (?=(?:Han|Hun|[A-ZÅ]\S+) (?:skal især|kommer|er uddannet))", words)


class Layout:
    """One way to mark a page up, drawn from a seed; `page(story)` gives its bytes and the charset of its header."""

    def __init__(self, random: Random) -> None:
        self.random = random
        pick = random.choice
        self.upper = random.random() < 0.15
        self.unclosed = random.random() < 0.25
        self.unquoted = random.random() < 0.2
        self.gap = pick(("", "", "\n", "\n\n    ", "\r\n\t"))
        self.codec, self.header, self.meta = pick(
            (
                ("utf-8", "utf-8", "utf-8"), ("utf-8", None, None), ("utf-8", "iso-8859-1", None), ("utf-8-sig", None, "windows-1252"),
                ("utf-16", None, None), ("cp1252", None, "windows-1252"), ("cp1252", "utf-8", "utf-8"), ("cp1252", None, None),
            )
        )  # fmt: skip
        self.section = pick(("p", "ul", "ol", "table", "dl", "div", "spans", "breaks", "article", "cells"))
        self.label = pick(("text", "text", "badge", "dash", "block", "glued", "above", "below card"))
        self.card = pick(("none", "after", "after", "before", "some"))
        self.card_order = pick((1, -1))
        self.card_style = pick(("p", "div", "breaks", "spans", "dl"))
        self.heading = pick(("h2", "h3", "div", "strong", "link", "none", "glued"))
        self.ads = pick(
            (
                "link",
                "spans",
                "items",
                "unclosed items",
                "rows",
                "cells",
                "paragraphs",
                "breaks",
                "bold",
                "dl",
                "bar",
                "own",
            )
        )
        self.sprinkle = pick(("", "", "entities", "nbsp", "shy", "zero", "names", "halves", "cut", "initial"))
        self.bullet = pick(("", "", "", "", "", "* ", "• "))
        self.side_first = random.random() < 0.2
        self.nested = random.random() < 0.2
        self.hidden = random.random() < 0.7
        self.sentences = random.random() < 0.12
        self.clone = random.random() < 0.2
        self.more = pick(("", "", "Læs mere", "Foto: Fotohuset"))
        self.wrap = pick(("", "", "", "font", "custom", "wrong", "flex", "shadow"))
        self.json_ld = random.random() < 0.2

    def tag(self, name: str, inner: str, *, close: bool = True, **attributes: str) -> str:
        if self.random.random() < 0.3:
            attributes["class"] = self.random.choice(("box", "c-12", "navnenyt__item", "js"))
        said = "".join(
            f" {key}={value}" if self.unquoted and " " not in value and value else f' {key}="{html.escape(value)}"'
            for key, value in attributes.items()
        )
        shown = name.upper() if self.upper else name
        optional = {"p", "li", "td", "tr", "dd", "dt"}
        end = "" if (not close or (self.unclosed and self.section != "breaks" and name in optional)) else f"</{shown}>"
        return f"<{shown}{said}>{inner}{end}"

    def text(self, words: str, *names: str) -> str:
        """The words as mark-up, with what type-setters and editors sprinkle into them."""
        shown = html.escape(words, quote=False)
        if self.sprinkle == "entities":
            table = {
                "æ": "&aelig;",
                "ø": "&#248;",
                "å": "&#xe5;",
                "Å": "&Aring;",
                "Ø": "&Oslash;",
                "'": "&#39;",
                "–": "&ndash;",
            }
            shown = "".join(table.get(letter, letter) for letter in shown)
        elif self.sprinkle == "nbsp":
            shown = "".join(
                self.random.choice((" ", "&nbsp;", " \n ")) if letter == " " else letter for letter in shown
            )
        elif self.sprinkle in {"shy", "zero"}:
            mark = "&shy;" if self.sprinkle == "shy" else "&#8203;"
            shown = " ".join(
                word[:3] + mark + word[3:] if len(word) > 6 and word.isalpha() else word for word in shown.split(" ")
            )
        elif self.sprinkle == "names":
            for name in names:
                whole = html.escape(name, quote=False)
                marked = self.random.choice(
                    (f"<b>{whole}</b>", f"<em>{whole[:2]}</em>{whole[2:]}", f'<a href="/x">{whole}</a>')
                )
                shown = shown.replace(whole, marked, 1)
        elif self.sprinkle == "halves":  # first and last names in elements of their own
            for first, _, last in (name.rpartition(" ") for name in names[:1]):
                marked = f"<b>{html.escape(first, quote=False)}</b> <b>{html.escape(last, quote=False)}</b>"
                shown = shown.replace(html.escape(names[0], quote=False), marked, 1)
        elif self.sprinkle == "cut":  # as word processors cut a word that they do not know
            shown = re.sub(
                r" (ans|forfrem|udnæv|fuldf)([a-zæøå]+) ",
                r" <span class=SpellE>\1</span><span lang=DA>\2</span> ",
                shown,
            )
        elif self.sprinkle == "initial" and names and shown[0].isalpha():
            shown = f"<span class=initial>{shown[0]}</span>{shown[1:]}"
        return shown

    def lines(self, style: str, texts: list[str]) -> str:
        if style == "breaks":
            return self.tag("p", "<br>".join(texts), close=True)
        if style == "spans":
            return self.tag("div", self.gap.join(self.tag("span", text) for text in texts))
        if style == "dl":
            return "<dl>" + self.tag("dt", texts[0]) + "".join(self.tag("dd", text) for text in texts[1:]) + "</dl>"
        return self.gap.join(self.tag(style, text) for text in texts)

    def announcement(self, at: int, words: str, label: str, person: str, company: str, *, last: bool) -> str:
        names = [person, company][:: self.card_order]
        with_card = self.card in {"after", "before"} or (self.card == "some" and at % 2 == 0)
        card = self.lines(self.card_style, [self.text(name) for name in names]) if with_card else ""
        if with_card and self.random.random() < 0.3:
            card = f'<img src=/a.jpg alt="{html.escape(person)}">' + card
        said = self.text(words, person, company)
        if self.sentences and self.sprinkle != "names":
            said = self.random.choice(("<br>", "<br/>\n")).join(self.text(part) for part in sentences_of(words))
        said = self.bullet + said
        badge = self.text(label)
        above = below = ""
        if self.label == "text":
            said += " " + badge
        elif self.label == "badge":
            said += self.random.choice((" ", "", "\n")) + self.tag("span", badge)
        elif self.label == "dash":
            said += " " + self.random.choice((f"– {badge}", self.tag("span", f"– {badge}"), f"[{badge}]"))
        elif self.label == "glued":
            said += badge
        elif self.label == "above":
            above = self.tag("div", badge)
        elif self.label == "below card" and self.card != "before":
            below = self.tag("div", badge)
        else:
            said += self.tag("div", badge)
        body = {
            "p": lambda: self.tag("p" if "<div" not in said else "div", said),
            "ul": lambda: self.tag("li", said),
            "ol": lambda: self.tag("li", said),
            "table": lambda: "<tr>" + self.tag("td", said) + "</tr>",
            "cells": lambda: self.tag("td", said),
            "dl": lambda: self.tag("dd", said),
            "div": lambda: self.tag("div", said),
            "article": lambda: self.tag("article", said),
            "spans": lambda: self.tag("span", said),
            "breaks": lambda: said,
        }[self.section]()
        if self.section in {"table", "cells"} and (above or below or card):
            wrap = (
                (lambda inner: f"<tr><td>{inner}</td></tr>")
                if self.section == "table"
                else (lambda inner: self.tag("td", inner))
            )
            above, below, card = (wrap(part) if part else "" for part in (above, below, card))
        end = "" if last or self.section != "breaks" else "<br>"
        parts = [card, above, body, below] if self.card == "before" else [above, body, end if card else "", card, below]
        return self.gap.join(part for part in parts if part) + end

    def people(self, told: Story) -> str:
        many = [
            self.announcement(at, *said, last=said is told.announcements[-1])
            for at, said in enumerate(told.announcements)
        ]
        inner = self.gap.join(many)
        outer = {"ul": "ul", "ol": "ol", "table": "table", "dl": "dl", "breaks": "div", "spans": "div"}.get(
            self.section, "div"
        )
        inner = f"<table><tr>{inner}</tr></table>" if self.section == "cells" else self.tag(outer, inner)
        heading = "Navnenyt fra it-Danmark"
        if self.heading == "glued":
            return heading + inner
        if self.heading == "none":
            return inner
        if self.heading == "link":
            return self.tag("h3", f'<a href="/navnenyt">{heading}</a>') + self.gap + inner
        return self.tag(self.heading, heading) + self.gap + inner

    def ad(self, number: int, company: str, title: str, region: str) -> str:
        said = [self.text(company), self.text(title), self.text(region)]
        link = f"/job/{number}?utm_source=cw"
        if self.ads == "link":
            return self.tag("a", self.gap.join(self.tag("div", text) for text in said), href=link)
        if self.ads == "spans":
            return self.tag("div", self.tag("a", self.gap.join(self.tag("span", text) for text in said), href=link))
        if self.ads in {"items", "unclosed items"}:
            said[1] = self.tag("a", said[1], href=link)
            return self.gap.join(self.tag("li", text, close=self.ads == "items") for text in said)
        if self.ads == "rows":
            return "".join(f"<tr><td>{text}</td></tr>" for text in said)
        if self.ads == "cells":
            return "<tr>" + "".join(self.tag("td", text) for text in said) + "</tr>"
        if self.ads == "breaks":
            return self.tag("p", f"{said[0]}<br>{said[1]}<br/>{said[2]}")
        if self.ads == "bold":
            return f"<div><b>{said[0]}</b><div><a href='{link}'>{said[1]}</a></div><small>{said[2]}</small></div>"
        if self.ads == "dl":
            return self.tag("dt", said[0]) + self.tag("dd", said[1]) + self.tag("dd", said[2])
        if self.ads == "own":
            named = (
                f"<job-{name}>{text}</job-{name}>" for name, text in zip(("firm", "title", "place"), said, strict=True)
            )
            return f"<job-card> {' '.join(named)} </job-card> "
        if self.ads == "bar":
            return self.tag("p", " | ".join(said))
        return self.gap.join(self.tag("p", text) for text in said)

    def jobs(self, told: Story) -> str:
        if not told.ads:
            return ""
        inner = self.gap.join(self.ad(number, *ad) for number, ad in enumerate(told.ads))
        outer = {"items": "ul", "unclosed items": "ul", "rows": "table", "cells": "table", "dl": "dl"}.get(
            self.ads, "div"
        )
        return self.tag(outer, inner, close=self.ads != "unclosed items" or not self.nested)

    def lures(self) -> str:
        """What no reader sees: other people and other ads in scripts, templates, comments and hidden elements."""
        move = "Kobberværket A/S har pr. 1. maj 2026 ansat Ulla Opdigt som CTO. Nyt job"
        ad = "<p>Kobberværket A/S</p><p>Smeltemester</p><p>Københavnsområdet</p>"
        said = f"<p>{move}</p>{ad}"
        ways = (
            f"<script>var clone = {json.dumps(said)};</script>", f"<template>{said}</template>", f"<!-- {said} -->",
            f"<noscript>{said}</noscript>", f"<div hidden>{said}</div>", f'<div aria-hidden="true">{said}</div>',
            f'<div style="display: none">{said}</div>', f"<style>/* {move} */</style>", f"<textarea>{move}</textarea>",
        )  # fmt: skip
        return "".join(self.random.sample(ways, 3)) if self.hidden else ""

    def wrapped(self, part: str) -> str:
        """A part of the side column in one of the wrappings of the years."""
        return {
            "": part,
            "font": f"<center><table><tr><td><font size=2 face=Arial>{part}</font></td></tr></table></center>",
            "custom": f"<cw-card><cw-inner>{part}</cw-inner></cw-card>",
            "wrong": f"<b><div><i>{part}</b></div></i>",
            "flex": f'<span style="display:flex">{part}</span>',
            "shadow": f'<cw-box><template shadowrootmode="open"><style>p{{margin:0}}</style>{part}</template></cw-box>',
        }[self.wrap]

    def posting(self, told: Story) -> str:
        """The JSON-LD of the page's first ad, as boards write it."""
        if not (self.json_ld and told.ads):
            return ""
        company, title, region = told.ads[0]
        node = {"@type": "JobPosting", "title": html.escape(title), "hiringOrganization": {"@type": "Organization", "name": company},
                "jobLocation": {"address": {"addressRegion": region}}, "validThrough": "0001-01-01"}  # fmt: skip
        return f'<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "WebSite"}, node]})}</script>'

    def body(self) -> str:
        random = self.random
        paragraphs = [self.tag("p", self.text(text)) for text in random.sample(BODY, 5)]
        paragraphs.insert(2, "<ul>" + "".join(self.tag("li", text) for text in READ_ALSO) + "</ul>")
        if random.random() < 0.4:
            paragraphs[3] = self.tag("p", BODY[0] + "".join(ADVERT))
        if random.random() < 0.5:
            paragraphs.append("".join(self.tag("p", text) for text in SIGNATURE))
        top = (
            self.tag("h1", "Snart kan havnene handle igen")
            + self.tag("p", "Artikel top billede")
            + self.tag("p", "(Foto: Fotohuset)")
        )
        return top + self.gap.join(paragraphs)

    def page(self, told: Story) -> tuple[bytes, str | None]:
        random = self.random
        parts = [self.people(told), self.jobs(told)]
        parts += [
            "".join(self.tag("div", text) for text in random.choice(EVENTS)),
            "".join(self.tag("p", text) for text in ADVERT),
        ]
        if told.cut:
            parts.append(self.tag("p", told.cut))
        random.shuffle(parts)
        parts = [self.wrapped(part) for part in parts]
        side = self.gap.join([self.tag("h4", "Læses lige nu"), *parts])
        if self.nested:
            side = "<ul><li>" + side
        halves = [self.body(), self.lures() + self.posting(told), side]
        if self.side_first:
            halves.reverse()
        meta = f"<meta charset={self.meta}>" if self.meta else ""
        head = f"<head>{meta}<title>Navnenyt: {PEOPLE[0]} er ansat som CTO hos Skærgård. Nyt job</title></head>"
        document = f"<!DOCTYPE html><html lang=da>{head}<body>{self.gap.join(halves)}{self.tag('footer', 'Redaktion og kontakt')}</body></html>"
        return document.encode(self.codec, "xmlcharrefreplace"), self.header
