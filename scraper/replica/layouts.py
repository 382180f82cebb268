"""Six ways to put the same words into HTML: a redesign that leaves the words alone changes nothing.

A layout is a set of templates; what a page says is the same in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from scraper.replica.adverts import Advert
from scraper.replica.announcements import Announcement
from scraper.replica.articles import READ_ALSO, Article
from scraper.replica.column import Card, Jobs, Part, People, Reading
from scraper.replica.look import Link

_ENTITIES = str.maketrans(
    {"æ": "&aelig;", "ø": "&oslash;", "å": "&aring;", "Æ": "&AElig;", "Ø": "&Oslash;", "Å": "&#197;", "°": "&deg;"}
)


def plainly(words: str) -> str:
    """Words as HTML, and nothing more."""
    return escape(words, quote=False)


def with_entities(words: str) -> str:
    """Danish letters and signs as entities."""
    return plainly(words).translate(_ENTITIES)


def with_hyphens(words: str) -> str:
    """A no-break space in each date, a soft hyphen in each long word."""
    text = re.sub(r"(\d\.) (?=[a-z])", r"\1&nbsp;", plainly(words))
    return re.sub(r"\b([^\W\d_]{6})([^\W\d_]{6,})", r"\1&shy;\2", text)


def with_zero_width(words: str) -> str:
    """A zero-width space after each slash, so that a narrow column can break there."""
    return plainly(words).replace("/", "/&#8203;")


@dataclass(frozen=True)
class Layout:
    """The templates of one look; the names in braces are what goes in."""

    name: str
    page: str
    heading: str
    jobs: str
    job: str
    people: str
    announcement: str
    label: str
    name_card: str
    clone: str
    reading: str
    card: str
    line: str
    column: str = "{parts}"
    part: str = "{part}\n"
    between_jobs: str = ""
    between_announcements: str = ""
    say: Callable[[str], str] = plainly

    def whole(self, article: Article, related: Sequence[Link], side: str) -> str:
        """The article with `side` beside it."""
        return self.page.format(main=self._article(article, related), side=side)

    def side(self, parts: Sequence[Part]) -> str:
        """The side column."""
        return self.column.format(parts="".join(self.part.format(part=self._part(part)) for part in parts))

    def _part(self, part: Part) -> str:
        if isinstance(part, Jobs):
            shown = [*part.ads, *part.ads[:1]] if part.carousel else part.ads
            return self.jobs.format(jobs=self.between_jobs.join(self._job(ad) for ad in shown))
        if isinstance(part, People):
            items = self.between_announcements.join(self._announcement(item) for item in part.items)
            clone = self._clone(part.stale) if part.stale else ""
            return self.people.format(heading=self._heading(part.heading), items=items, clone=clone)
        if isinstance(part, Reading):
            return self.reading.format(heading=self._heading(part.heading))
        return self._card(part)

    def _heading(self, words: str) -> str:
        return self.heading.format(words=self.say(words))

    def _job(self, ad: Advert) -> str:
        return self.job.format(
            company=self.say(ad.company), title=self.say(ad.title), region=self.say(ad.region), path=ad.path
        )

    def _announcement(self, item: Announcement) -> str:
        label = self.label.format(label=self.say(item.label)) if item.whole else ""
        card = ""
        if item.card:
            face = '<img src="/ansigt.svg" class="face" alt="">' if item.photo else ""
            name, company = self.say(item.move.person), self.say(item.move.company or "")
            card = self.name_card.format(face=face, person=name, company=company)
        return self.announcement.format(text=self.say(item.written), label=label, card=card)

    def _clone(self, item: Announcement) -> str:
        """An announcement of another day, left where nobody sees it."""
        return self.clone.format(text=f"{self.say(item.written)} {self.say(item.label)}")

    def _card(self, part: Card) -> str:
        lines = "".join(self.line.format(line=self.say(line)) for line in part.lines)
        look = "adv" if part.kind == "advertorial" else "ev"
        return self.card.format(look=look, heading=self._heading(part.heading), lines=lines)

    def _article(self, article: Article, related: Sequence[Link]) -> str:
        subheads = dict(zip((2, 5, 7), article.subheads, strict=True))
        body, glued = [], article.glued
        for at, piece in enumerate(article.body):
            if at in subheads:
                body.append(f"<h3>{self.say(subheads[at])}</h3>")
            if isinstance(piece, tuple):
                body.append(self._list(piece, related))
                continue
            advert, glued = (self._glued(glued), None) if glued and at > 2 else ("", glued)
            body.append(f"<p>{self.say(piece)}{advert}</p>\n")
        return (
            f'<h1>{self.say(article.headline)}</h1>\n<p class="lead">{self.say(article.lead)}</p>\n'
            '<img class="pic" src="/billede.svg" alt="Artikel top billede">\n'
            f'<p class="cap">(Foto: {self.say(article.photographer)})</p>\n'
            f'<p class="by">{self.say(article.byline)}</p>\n{self._premium(article)}{"".join(body)}'
            f"{self._comments(article)}"
        )

    def _comments(self, article: Article) -> str:
        if not article.comments:
            return ""
        said = "".join(
            f'<div class="by">{self.say(name)}</div><p>{self.say(line)}</p>\n' for name, line in article.comments
        )
        return f'<h3>Kommentarer</h3><div class="said">{said}</div>\n'

    def _list(self, piece: tuple[str, ...], related: Sequence[Link]) -> str:
        heading, *lines = (self.say(words) for words in piece)
        if piece[0] == READ_ALSO:
            lines = [f'<a href="{path}">{self.say(title)}</a>' for title, path in related[:2]]
        items = "".join(f"<li>{line}</li>" for line in lines)
        return f'<div class="also"><strong>{heading}</strong><ul>{items}</ul></div>\n'

    def _glued(self, lines: tuple[str, str, str]) -> str:
        return '<span class="adv">' + "".join(f"<span>{self.say(line)}</span>" for line in lines) + "</span>"

    def _premium(self, article: Article) -> str:
        if not article.premium:
            return ""
        minutes, seconds = divmod(article.words * 60 // 195, 60)
        words = f"{article.words:,}".replace(",", ".")
        bullets = "".join(f"<li>{self.say(line)}</li>" for line in article.subheads)
        return (
            '<div class="prem"><div>Premium</div><div>Kun for abonnenter</div><div>Det får du i artiklen</div>'
            f"<ul>{bullets}</ul><div>{words}</div><div>{minutes}:{seconds:02d} min</div></div>\n"
        )


DIVS = Layout(
    name="nested divs with meaningless names; the label follows the announcement in the same block",
    page='<div class="wrap"><div class="main">{main}</div>\n<div class="side">{side}</div></div>\n',
    heading='<div class="h x7f2">{words}</div>',
    jobs='<div class="box q1">{jobs}</div>',
    job=(
        '<a class="ad" href="{path}"><div class="c">{company}</div><div class="t">{title}</div>'
        '<div class="r">{region}</div></a>'
    ),
    people='<div class="box q2">{heading}{items}{clone}</div>',
    announcement='<div class="who"><div>{text}{label}</div>{card}</div>\n',
    label=' <span class="tag">{label}</span>',
    name_card='<div class="vcard">{face}<div><div>{person}</div><div>{company}</div></div></div>',
    clone='<div class="who clone" hidden>{text}</div>',
    reading='<div class="box">{heading}<ul data-fill="most-read"></ul></div>',
    card='<div class="{look}">{heading}{lines}</div>',
    line="<div>{line}</div>",
)
UNCLOSED = Layout(
    name="lists that are never closed, so that each part ends up inside the one before it",
    page='<div class="wrap"><div class="main">{main}</div>\n<div class="side">{side}</div></div>\n',
    column="<ul>{parts}",
    part="\n<li>{part}",
    heading="<h3>{words}</h3>",
    jobs="<ul>{jobs}",
    job='<li>{company}<ul><li><a href="{path}">{title}</a><li>{region}</ul>\n',
    people="{heading}<ul>{items}{clone}",
    announcement="<li><p>{text}{label}\n{card}",
    label="\n  <em>{label}</em>",
    name_card="<ul><li>{person}<li>{company}</ul>\n",
    clone='<li style="display:none">{text}</li>',
    reading="{heading}<ul>",
    card="{heading}<ul>{lines}",
    line="<li>{line}",
)
TABLES = Layout(
    name="tables in tables, as in the year 2002",
    page=(
        '<table class="wrap" width="100%"><tr><td class="main" valign=top>{main}</td>\n'
        '<td class="side" valign=top>{side}</td></tr></table>\n'
    ),
    heading="<tr><td><font size=3><b>{words}</b></font></td></tr>",
    jobs="<table>{jobs}</table>",
    job=(
        '<tr><td>{company}</td></tr>\n<tr><td><a href="{path}"><b>{title}</b></a></td></tr>\n'
        "<tr><td>{region}</td></tr>\n"
    ),
    people="<table>{heading}{items}</table>{clone}",
    announcement="<tr><td>{text}{label}</td></tr>\n{card}",
    label=" <i>{label}</i>",
    name_card="<tr><td><table><tr><td>{person}</td></tr><tr><td>{company}</td></tr></table></td></tr>",
    clone='<div style="display:none">{text}</div>',
    reading="<table>{heading}<tr><td></td></tr></table>",
    card="<table>{heading}{lines}</table>",
    line="<tr><td>{line}</td></tr>",
    say=with_entities,
)
DEFINITIONS = Layout(
    name="definition lists",
    page='<div class="wrap"><div class="main">{main}</div>\n<div class="side">{side}</div></div>\n',
    heading="<h2>{words}</h2>",
    jobs="<dl>{jobs}</dl>",
    job='<dt>{company}<dd><a href="{path}">{title}</a><dd>{region}\n',
    people="{heading}<dl>{items}</dl>{clone}",
    announcement="<dt>{text}{label}</dt>{card}\n",
    label=" <strong>{label}</strong>",
    name_card="<dd>{person}</dd><dd>{company}</dd>",
    clone='<div class="who" hidden="">{text}</div>',
    reading="{heading}<dl></dl>",
    card="{heading}<dl>{lines}</dl>",
    line="<dd>{line}</dd>",
    say=with_hyphens,
)
FLAT = Layout(
    name="line breaks: after an announcement without a card the next starts on the very next line",
    page='<div class="wrap"><div class="main">{main}</div>\n<div class="side">{side}</div></div>\n',
    heading="<b>{words}</b>",
    jobs="<p>{jobs}</p>",
    job='{company}<br>\n<a href="{path}">{title}</a><br>\n{region}',
    between_jobs="<br><br>\n",
    people="<p>{heading}</p><p>{items}</p>{clone}",
    announcement="{text}{label}{card}",
    between_announcements="<br>\n",
    label=" {label}",
    name_card="<br><br>\n{person}<br>\n{company}<br>",
    clone='<p hidden aria-hidden="true">{text}</p>',
    reading="<p>{heading}</p>",
    card="<p>{heading}{lines}</p>",
    line="<br>\n{line}",
)
SECTIONS = Layout(
    name="elements that mean something; the label is a block of its own",
    page='<div class="wrap"><main><article>{main}</article></main>\n<aside class="side">{side}</aside></div>\n',
    heading="<h2>{words}</h2>",
    jobs='<section aria-label="Job">{jobs}</section>',
    job=(
        '<article class="ad"><p class="c">{company}</p><h4><a href="{path}">{title}</a></h4>'
        '<p class="r">{region}</p></article>'
    ),
    people="<section>{heading}{items}{clone}</section>",
    announcement='<article class="who"><p>{text}</p>{label}{card}</article>\n',
    label='<p class="tag">{label}</p>',
    name_card='<figure class="vcard">{face}<figcaption><p>{person}</p><p>{company}</p></figcaption></figure>',
    clone='<template><article class="who"><p>{text}</p></article></template>',
    reading="<section>{heading}</section>",
    card='<section class="{look}">{heading}{lines}</section>',
    line="<p>{line}</p>",
    say=with_zero_width,
)
LAYOUTS = (DIVS, UNCLOSED, TABLES, DEFINITIONS, FLAT, SECTIONS)
BROADSHEET = Layout(
    name="the second site: quotations and numbered notices below the article",
    page='<div id="ark"><div id="tekst">{main}</div><div id="under">{side}</div></div>\n',
    heading="<h4><span>{words}</span></h4>",
    jobs='<ol class="opslag">{jobs}</ol>',
    job='<li><p>{company}</p><p><a href="{path}">{title}</a></p><p>{region}</p></li>',
    people="<section>{heading}{items}{clone}</section>",
    announcement="<blockquote>{text}{label}</blockquote>{card}\n",
    label="<br><i>{label}</i>",
    name_card="<address>{person}<br>{company}</address>",
    clone="<!-- {text} -->",
    reading="{heading}",
    card="<fieldset>{heading}{lines}</fieldset>",
    line="<p>{line}</p>",
)
