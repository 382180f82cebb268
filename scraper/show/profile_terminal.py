"""A company or a person on a terminal: what is known, each with its sentence and where it stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from db.known import KnownAd, KnownMove, SeenOn
from db.profiles import CompanyProfile, PersonProfile
from scraper.show.text import cut, on_one_line, shown

LONGEST = 400
PAGES = 3
"""So many pages of a record are named; the others are counted."""


def print_company(profile: CompanyProfile, *, most: int) -> None:
    """Print all that is known of a company, of each list the newest `most`."""
    console = Console(highlight=False)
    console.print(Text(shown(profile.name), style="bold"))
    told = [f"CVR {profile.cvr}"] if profile.cvr else []
    told += [_counted(profile.counts[name], word) for name, word in _COUNTS if profile.counts.get(name)]
    if profile.first_seen and profile.last_seen:
        told.append(f"seen {profile.first_seen[:10]} to {profile.last_seen[:10]}")
    console.print(Text(" · ".join(told), style="dim"))
    others = [spelling.name for spelling in profile.spellings if spelling.name != profile.name]
    if others:
        console.print(Text(f"Also spelt: {'; '.join(shown(name) for name in others)}"))
    for decision in profile.decisions:
        pair = " / ".join(shown(name) for name in (decision.name_a, decision.name_b) if name)
        over = ", overruled" if decision.overruled_at else ""
        console.print(
            Text(f"{decision.verdict} ({decision.by_whom}{over}): {pair}. {shown(decision.reason)}", style="dim")
        )
    counts = profile.counts
    _moves(console, "Moves to it and within it", profile.moves, counts["moves"], most)
    _moves(console, "People others took from it", profile.left, counts["left"], most)
    _moves(console, "Moves that name it as an earlier employer", profile.named, counts["named"], most)
    _ads(console, profile.job_ads, counts["job_ads"], most)


_COUNTS = (
    ("hires", "hire"),
    ("left", "person taken from it"),
    ("job_ads", "job ad"),
    ("open_job_ads", "open job ad"),
)


def print_people(profiles: Sequence[PersonProfile]) -> None:
    """Print all that is known of each person of one name."""
    console = Console(highlight=False)
    if len(profiles) > 1:
        said = f"{len(profiles)} people of this name: nothing that was read ties them to each other."
        console.print(Text(said, style="yellow"))
    for profile in profiles:
        console.print(Text(shown(profile.name), style="bold"))
        if profile.first_seen and profile.last_seen:
            span = f"seen {profile.first_seen[:10]} to {profile.last_seen[:10]}"
            console.print(Text(f"{_counted(len(profile.moves), 'move')} · {span}", style="dim"))
        _moves(console, "", profile.moves, len(profile.moves), len(profile.moves))


def _counted(count: int, word: str) -> str:
    plural = {"person taken from it": "people taken from it"}.get(word, f"{word}s")
    return f"{count:,} {word if count == 1 else plural}"


def _moves(console: Console, title: str, moves: Sequence[KnownMove], count: int, most: int) -> None:
    if not moves:
        return
    if title:
        _title(console, title, count, most)
    for move in moves[:most]:
        console.print()
        console.print(Text.assemble((shown(move.start_date or "date unknown"), "cyan"), "  ", headline(move)))
        details = [move.function, move.seniority, move.region, move.label]
        _record(console, [shown(one) for one in details if one], move.text, move.pages)
        for ad in move.ads:
            said = (
                f"After the ad “{shown(ad.title)}” ({ad.days_to_fill} days, score {ad.score:.2f}): {shown(ad.reason)}"
            )
            console.print(Padding(Text(said, style="green"), (0, 0, 0, 2)))


def headline(move: KnownMove) -> Text:
    """Who, what and where, in a line."""
    said = Text.assemble((shown(move.person), "bold"), f"{f', {move.age}' if move.age else ''}: {move.kind}")
    if move.role:
        said.append(f" as {shown(move.role)}")
    if move.company:
        said.append(f" at {shown(move.company)}")
    came = " at ".join(shown(part) for part in (move.previous_role, move.previous_company) if part)
    if came:
        said.append(f", from {came}")
    return said


def _ads(console: Console, ads: Sequence[KnownAd], count: int, most: int) -> None:
    if not ads:
        return
    _title(console, "Job ads", count, most)
    for ad in ads[:most]:
        state = "open" if ad.is_open else f"gone {shown((ad.gone_at or '')[:10])}"
        console.print()
        console.print(
            Text.assemble((f"{ad.first_seen[:10]} {state}", "cyan"), "  ", (shown(ad.title), "bold")),
            Text(f"  {shown(ad.region or '')}", style="dim"),
        )
        relisted = f"relisted {ad.times_relisted} times" if ad.times_relisted else ""
        details = [ad.function, ad.seniority, f"deadline {ad.deadline}" if ad.deadline else "", relisted, ad.url]
        _record(console, [shown(one) for one in details if one], ad.text, ad.pages)
        for hire in ad.hires:
            who = f"{shown(hire.person)}, {shown(hire.role)}"
            said = f"Likely filled by {who} (score {hire.score:.2f}): {shown(hire.reason)}"
            console.print(Padding(Text(said, style="green"), (0, 0, 0, 2)))


def _title(console: Console, title: str, count: int, most: int) -> None:
    some = f"the newest {most} of {count:,}" if count > most else f"{count:,}"
    console.print()
    console.print(Text(f"{title} ({some})", style="bold underline"))


def _record(console: Console, details: Iterable[str], text: str, pages: Sequence[SeenOn]) -> None:
    console.print(Padding(Text(f"“{cut(on_one_line(text), LONGEST)}”"), (0, 0, 0, 2)))
    if said := " · ".join(details):
        console.print(Padding(Text(said, style="dim"), (0, 0, 0, 2)))
    for page in pages[:PAGES]:
        until = f" to {page.last_seen[:10]}" if page.last_seen[:10] != page.first_seen[:10] else ""
        seen = f"{shown(page.source)}, {page.first_seen[:10]}{until}: {shown(page.url)}"
        console.print(Padding(Text(seen, style="dim", overflow="fold"), (0, 0, 0, 2)))
    if len(pages) > PAGES:
        console.print(Padding(Text(f"and {len(pages) - PAGES} more pages", style="dim"), (0, 0, 0, 2)))
