"""The report of a month: one HTML file with everything in it, for a screen, a telephone and paper.

No script, and nothing is fetched: the policy in the file forbids all but its own style sheet, by that sheet's hash.
All text that a site said is escaped twice over, for terminals and for HTML.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from db.known import KnownMove
from scraper.show.language import Language, heading, month_name, number, say, value_of
from scraper.show.pictures import svg
from scraper.show.plots import NARROW, WIDTH, draw
from scraper.show.report_data import MOST_TOP, Answer, Figure, Report, Watched
from scraper.show.series import series
from scraper.show.text import cut, shown

LONGEST_CELL = 160
MOST_BARS = 12
_MARKS = {"healthy": "✓", "unwell": "!", "missed": "·", "future": ""}
_DAY = re.compile(r"\d{4}-\d\d(-\d\d( \d\d:\d\d.*)?)?")
_CODE = re.compile(r"`([^`]+)`")
_DAY_CELL = '<span class="day">{}</span>'
_DAYS = {
    "healthy": "looked at, all well",
    "unwell": "looked at, something was broken",
    "missed": "not looked at",
    "future": "yet to come",
}


def html_of(report: Report, *, language: str = "en") -> str:
    """The page, the same for the same report."""
    return _Page(report, language).whole()


class _Page:
    def __init__(self, report: Report, language: str) -> None:
        self.report = report
        self.language = language

    def say(self, phrase: str, **facts: object) -> str:
        return escape(say(phrase, self.language, **facts), quote=True)

    def whole(self) -> str:
        report = self.report
        style = (files("scraper.show") / "report.css").read_text(encoding="utf-8")
        digest = b64encode(sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        month = month_name(report.month, self.language, long=True)
        title = self.say("Hiring in {month}", month=month)
        parts = [
            f'<!DOCTYPE html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">',
            f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>",
            f'<a class="skip" href="#main">{self.say("To the figures")}</a>',
            f'<header>\n<p class="over">navnenyt</p>\n<h1>{title}</h1>',
            self.lead(),
            self.figures(),
            self.contents(),
            '</header>\n<main id="main">',
        ]
        for at, (name, answers) in enumerate(report.chapters):
            parts.append(f'<h2 id="c{at}">{self.say(name)}</h2>')
            parts += [self.answer(answer, f"p{at}-{number}") for number, answer in enumerate(answers)]
        parts += [
            f'<h2 id="top">{self.say("Top positions")}</h2>',
            self.top(),
            f'<h2 id="coverage">{self.say("Coverage and days watched")}</h2>',
            self.coverage(),
            f'<h2 id="method">{self.say("Method")}</h2>',
            self.method(),
            f"</main>\n<footer>{self.footer()}</footer>\n</body>\n</html>\n",
        ]
        return "\n".join(parts)

    def number(self, value: float) -> str:
        return number(value, self.language, 0 if float(value).is_integer() else 1)

    def lead(self) -> str:
        report = self.report
        hires = next(figure for figure in report.figures if figure.name == "Hires")
        companies = next(figure for figure in report.figures if figure.name == "Companies that hired")
        month = month_name(report.month, self.language, long=True)
        said = [
            self.say(
                "In {month} {hires} people started a new job at {companies} companies, as far as was seen.",
                hires=self.number(hires.value or 0),
                companies=self.number(companies.value or 0),
                month=month,
            )
        ]
        if hires.before:
            change = round(100 * ((hires.value or 0) - hires.before) / hires.before)
            phrase = "That is {change} % more than the month before." if change > 0 else None
            phrase = phrase or ("That is {change} % fewer than the month before." if change < 0 else None)
            said.append(self.say(phrase or "That is as many as the month before.", change=abs(change)))
        watched = self.say(
            "{watched} of {days} days were watched.", watched=report.watched_days, days=report.passed_days
        )
        if 2 * report.watched_days < report.passed_days:
            watched += f" {self.say('So few that the figures of the month say little.')}"
        return f'<p class="lead">{" ".join(said)}</p>\n<p class="quiet">{watched}</p>'

    def figures(self) -> str:
        return f'<dl class="figures">\n{"".join(self.figure(figure) for figure in self.report.figures)}</dl>'

    def figure(self, figure: Figure) -> str:
        value = "–" if figure.value is None else self.number(figure.value)
        before = ""
        if figure.before is not None:
            said = self.say("the month before: {before}", before=self.number(figure.before))
            before = f'<dd class="before">{said}</dd>'
        return f'<div><dt>{self.say(figure.name)}</dt><dd class="value">{value}</dd>{before}</div>\n'

    def contents(self) -> str:
        links = [(f"c{at}", name) for at, (name, _) in enumerate(self.report.chapters)]
        links += [("top", "Top positions"), ("coverage", "Coverage and days watched"), ("method", "Method")]
        items = "".join(f'<li><a href="#{anchor}">{self.say(name)}</a></li>' for anchor, name in links)
        return f'<nav aria-label="{self.say("Contents")}"><ul>{items}</ul></nav>'

    def answer(self, answer: Answer, anchor: str) -> str:
        trend = answer.trend
        described = say(trend.name, self.language) if self.language == Language.DANISH else trend.name
        about = trend.description if described == trend.name else described
        about = _CODE.sub(r"<code>\1</code>", escape(about))
        span = self.span(answer)
        return "\n".join(
            [
                f'<section class="answer" aria-labelledby="{anchor}">',
                f'<h3 id="{anchor}">{self.say(trend.title)}</h3>\n<p class="quiet">{about}{span}</p>',
                self.plot(answer, anchor),
                self.table(answer),
                "</section>",
            ]
        )

    def span(self, answer: Answer) -> str:
        if answer.since is None or answer.until is None:
            return ""
        first, last = (month_name(f"{day:%Y-%m}", self.language) for day in (answer.since, answer.until))
        span = first if first == last else f"{first} – {last}"
        return f" {self.say('Period: {span}.', span=span)}"

    def plot(self, answer: Answer, anchor: str) -> str:
        drawn = series(answer.trend, answer.result, language=self.language, most=MOST_BARS)
        if drawn is None or not drawn.points:
            return ""
        both = (("wide", WIDTH + 220), ("narrow", NARROW))
        pictures = [
            f'<div class="{name}">'
            + svg(
                draw(drawn, language=self.language, width=width, title=False), adapt=True, prefix=f"{anchor}{name[0]}-"
            )
            + "</div>"
            for name, width in both
        ]
        return f'<figure role="img" aria-label="{escape(drawn.title, quote=True)}">{"".join(pictures)}</figure>'

    def table(self, answer: Answer) -> str:
        result = answer.result
        if answer.left_out:
            return f'<p class="none">{self.say("Left out: the question took too long.")}</p>'
        if not result.rows:
            return f'<p class="none">{self.say("No rows.")}</p>'
        if not answer.rows:
            return ""
        by_month = result.columns[0] == "month"
        some = result.rows[-answer.rows :] if by_month else result.rows[: answer.rows]
        keep = [at for at in range(len(result.columns)) if any(row[at] is not None for row in some)]
        columns = [result.columns[at] for at in keep]
        body = [[row[at] for at in keep] for row in some]
        caption = ""
        if len(some) < len(result.rows):
            phrase = "The last {count} of {all} rows." if by_month else "The first {count} of {all} rows."
            caption = self.say(phrase, count=len(some), all=self.number(len(result.rows)))
        return self.rows(columns, body, caption)

    def rows(self, columns: Sequence[str], body: Sequence[Sequence[Any]], caption: str = "") -> str:
        numbers = [
            all(isinstance(row[at], int | float) or row[at] is None for row in body)
            and any(row[at] is not None for row in body)
            for at in range(len(columns))
        ]
        head = "".join(
            f'<th scope="col"{_class(right)}>{escape(heading(column, self.language))}</th>'
            for column, right in zip(columns, numbers, strict=True)
        )
        lines = "".join(f"<tr>{''.join(self.cells(columns, row, numbers))}</tr>\n" for row in body)
        said = f"<caption>{caption}</caption>" if caption else ""
        return f'<div class="table"><table>{said}<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}</tbody></table></div>'

    def cells(self, columns: Sequence[str], row: Sequence[Any], numbers: Sequence[bool]) -> Iterator[str]:
        for at, (column, value, right) in enumerate(zip(columns, row, numbers, strict=True)):
            name = ' class="name"' if at == 0 and not right else ""
            text = escape(cut(shown(value_of(column, value, self.language)), LONGEST_CELL))
            whole = _DAY.fullmatch(text) or column.endswith("month")
            yield f"<td{_class(right) or name}>{_DAY_CELL.format(text) if whole else text}</td>"

    def top(self) -> str:
        report = self.report
        about = self.say("Hires, promotions and elections to a board whose role is that of a director or above.")
        if not report.top:
            return f'<p class="quiet">{about}</p><p class="none">{self.say("No rows.")}</p>'
        some = ""
        if report.top_count > MOST_TOP:
            some = " " + self.say("The first {count} of {all} rows.", count=MOST_TOP, all=self.number(report.top_count))
        lines = "".join(self.move(move) for move in report.top)
        head = "".join(
            f'<th scope="col">{self.say(name)}</th>' for name in ("Person", "Position", "Came from", "Starts")
        )
        return (
            f'<section class="answer"><p class="quiet">{about}{some}</p>\n<div class="table"><table>'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}</tbody></table></div></section>"
        )

    def move(self, move: KnownMove) -> str:
        position = ", ".join(shown(part) for part in (move.role, move.company) if part)
        came = ", ".join(shown(part) for part in (move.previous_role, move.previous_company) if part)
        who = escape(shown(move.person))
        url = next((page.url for page in move.pages if page.url.startswith(("https://", "http://"))), None)
        if url is not None:
            who = f'<a href="{escape(shown(url), quote=True)}" rel="noreferrer">{who}</a>'
        cells = (who, escape(position), escape(came), _DAY_CELL.format(escape(shown(move.start_date))))
        return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"

    def coverage(self) -> str:
        report = self.report
        if not report.sources:
            return f'<p class="none">{self.say("No source was looked at in this month.")}</p>'
        legend = "; ".join(
            f"{_MARKS[state]} {say(_DAYS[state], self.language)}" for state in ("healthy", "unwell", "missed")
        )
        parts = [f'<p class="quiet">{escape(legend)}.</p>']
        parts += [self.source(source) for source in report.sources]
        return "\n".join(parts)

    def source(self, source: Watched) -> str:
        first = self.report.first
        days = "".join(
            f'<li class="{state}" title="{self.day(first.replace(day=at))}: {said}">{_MARKS[state]}</li>'
            for at, state in enumerate(source.days, start=1)
            for said in [self.say(_DAYS[state])]
        )
        well = sum(state == "healthy" for state in source.days)
        said = [self.say("{well} days well, {runs} runs", well=well, runs=source.runs)]
        for record, (share, low, high) in source.share.items():
            span = f" ({self.percent(low)}–{self.percent(high)})" if low is not None and high is not None else ""
            what = self.say("announcements" if record == "move" else "job ads")
            said.append(
                self.say(
                    "seen of the {what} in rotation: {share}{span}", what=what, share=self.percent(share), span=span
                )
            )
        return (
            f'<div class="source"><h3>{escape(shown(source.source))}</h3><ul class="days">{days}</ul>'
            f'<p class="quiet">{"; ".join(said)}.</p></div>'
        )

    def percent(self, share: float) -> str:
        return f"{number(100 * share, self.language, 1)} %"

    def day(self, day: date) -> str:
        month = month_name(f"{day:%Y-%m}", self.language)
        return f"{day.day}. {month}" if self.language == Language.DANISH else f"{day.day} {month}"

    def method(self) -> str:
        report = self.report
        said = [self.say(phrase) for phrase in METHOD]
        if report.undated:
            said.append(
                self.say(
                    "Of the hires of this month {count} state no start date and count when they were first seen.",
                    count=self.number(report.undated),
                )
            )
        said.append(
            self.say("Roles, places and companies are made comparable by tables that anyone can read and extend.")
        )
        return f'<ul class="method">{"".join(f"<li>{line}</li>" for line in said)}</ul>'

    def footer(self) -> str:
        if not self.report.as_of:
            return self.say("No run has been made yet.")
        return self.say("As of the run begun at {at} UTC.", at=self.report.as_of[:16])


METHOD = (
    "Counted are announcements that were read on the watched pages; who is announced nowhere is in no figure.",
    "A hire counts in the month in which the job starts; where no start is stated, in the month it was first seen.",
    "An announcement that stands on many pages, or is seen again and again, counts once.",
    "A month of which few days were watched has fewer announcements for that reason alone, and is marked grey.",
    "A job ad is open until a healthy look at its source no longer finds it; a look that failed ends no ad.",
    "Time to fill is from an ad's first sighting to the start in a like role at that company, where both were seen.",
)


def _class(right: bool) -> str:
    return ' class="number"' if right else ""
