"""Whether a source still gives what it used to, judged at the end of each run.

A source is compared with its own history and with nothing else. The question is always the same: if nothing had
changed, how likely were figures like these? Counts (announcements on so many pages) are held against a negative
binomial, shares (how many of the announcements state an age) against a beta-binomial, both made as wide as the history
was (scraper/usual.py). Less likely than one in a million is a break; where nothing at all is left, one in ten thousand.

Only what can mean one thing alone is an alarm without a history: no answer, most pages a wall, all pages the same,
headings with nothing under them, more announcements unread than read.

Each alarm has a code, and its stage says where on the way from the site to the rows something broke: discovery, fetch,
wall, layout, field, yield. One break has many consequences (a page without its section has no announcements either),
so what an earlier stage explains is not told again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import fmean

from scraper.alarms import Alarm, alarm
from scraper.measures import AD_FIELDS, MOVE_FIELDS, Measures
from scraper.usual import STRICTNESS, Count, Strictness, Usual, fresh

_ALARM_OF = {
    "wall": "wall",
    "soft_404": "missing_pages",
    "forbidden": "refused",
    "robots_disallowed": "robots",
    "robots_unavailable": "robots",
    "empty": "pages_without_text",
}
"""The alarm of a reason for which pages failed; that of all others is pages_failed."""
_OF_PROBLEMS = {"cut_off": "cut_off_pages", "empty_page": "pages_without_text", "parse_failed": "parser_failed"}
"""The alarm of a problem that leaves nothing of a page."""
_EXPLAINED = {
    "comment": "; a part of the page stands in a comment",
    "frame": "; the pages have frames, which are pages of their own",
    "script": "; a script fills the pages in",
}
"""What the signs in the bytes of a page say of a loss."""
_LEFT = 3
"""A rotation that has shrunk to less than one part in so many is no longer the same."""


def check(now: Measures, history: Sequence[Measures], strictness: Strictness = STRICTNESS) -> list[Alarm]:
    """What is wrong with a source in this run, by stage; `history` holds its earlier healthy runs, in any order."""
    usual = Usual(now, history, strictness)
    found = list(_discovery(usual))
    failures = list(_failures(usual))
    found += failures
    if failures and 2 * sum(now.failed.values()) > now.asked:
        return found
    whole = list(_whole_pages(usual))
    if whole:
        return found + whole
    layout = list(_layout(usual))
    fields = [*_fields(usual), *_problems(usual)]
    explained = any(told.code in {"empty_sections", "section_gone", "unparsed"} for told in layout + fields)
    return found + layout + fields + list(_yields(usual, announcements=not explained))


def _discovery(usual: Usual) -> Iterator[Alarm]:
    mean = usual.silence()
    if mean is not None:
        yield alarm("no_new_pages", days=usual.now.quiet_days, mean=mean)


def _failures(usual: Usual) -> Iterator[Alarm]:
    now = usual.now
    groups: Counter[str] = Counter()
    for reason, count in now.failed.items():
        groups[_ALARM_OF.get(reason, "pages_failed")] += count
    nothing_had = now.failures == now.asked
    most = now.asked >= 4 and (nothing_had or (not usual.history and 2 * now.failures > now.asked))
    for code, count in groups.most_common():

        def of_group(run: Measures, code: str = code) -> int:
            return sum(number for reason, number in run.failed.items() if _ALARM_OF.get(reason, "pages_failed") == code)

        if (most and count == max(groups.values())) or (
            usual.larger_share(of_group, lambda run: run.asked, records=False) is not None
        ):
            reasons = ", ".join(
                f"{number} {reason}"
                for reason, number in sorted(now.failed.items())
                if _ALARM_OF.get(reason, "pages_failed") == code
            )
            yield alarm(code, count=count, asked=now.asked, pages=now.asked, reasons=reasons)


def _whole_pages(usual: Usual) -> Iterator[Alarm]:
    """What leaves nothing of the pages to judge."""
    now = usual.now
    if now.same_body >= 3 and 2 * now.same_body > now.fetched:
        yield alarm("same_page", count=now.same_body, pages=now.fetched)
        return
    for problem, code in _OF_PROBLEMS.items():
        if usual.on_most_pages(_with_problem(problem)):
            yield alarm(code, count=now.problems[problem], pages=now.fetched)
            return
    nothing = not (now.announcements or now.job_ads or now.unparsed or now.with_heading)
    if now.fetched >= 3 and nothing and usual.history and usual.on_most_pages(_with_sign("pay")):
        yield alarm("paywall", pages=now.fetched)


def _layout(usual: Usual) -> Iterator[Alarm]:
    now, pages = usual.now, usual.now.fetched
    if usual.on_most_pages(lambda run: run.garbled):
        yield alarm("garbled_letters", count=now.garbled, pages=pages)
    elif usual.history and usual.on_most_pages(lambda run: run.foreign):
        yield alarm("no_danish_letters", count=now.foreign, pages=pages)
    heading = _usual_heading(usual)
    share = usual.smaller_share(lambda run: run.headings.get(heading, 0), fresh, records=False)
    # where most sections give nothing, yet many different texts that no rule reads, it is the reading that broke
    if 2 * now.unparsed < now.empty_sections and usual.on_most_pages(lambda run: run.empty_sections):
        yield alarm("empty_sections", count=now.empty_sections, pages=pages)
    elif share is not None:
        code = "heading_gone" if usual.fewer(lambda run: run.announcements, fresh) is None else "section_gone"
        told = {"count": now.headings.get(heading, 0), "pages": pages, "usual": share, "heading": heading}
        yield alarm(code, **told, why=_explained(usual))


def _usual_heading(usual: Usual) -> str:
    headings: Counter[str] = Counter()
    for run in usual.history:
        headings.update(run.headings)
    return headings.most_common(1)[0][0] if headings else ""


def _problems(usual: Usual) -> Iterator[Alarm]:
    now = usual.now
    for problem in sorted(now.problems.keys() - _OF_PROBLEMS.keys() - {"empty_section"}):
        if usual.larger_share(_with_problem(problem), fresh, records=False) is not None:
            yield alarm("problems_rose", count=now.problems[problem], pages=now.fetched, problem=problem)


def _fields(usual: Usual) -> Iterator[Alarm]:
    now = usual.now
    share = usual.larger_share(lambda run: run.unparsed, lambda run: run.moves + run.unparsed, records=True)
    if share is not None or (not usual.history and now.unparsed >= 5 and now.unparsed > now.moves):
        before = "" if share is None else f", where {share:.0%} is usual"
        yield alarm("unparsed", count=now.unparsed, read=now.moves + now.unparsed, before=before)
    for name in MOVE_FIELDS:
        share = usual.smaller_share(_with_move_field(name), _moves, records=True)
        if usual.larger_share(_lost(name), _had(name), records=True) is not None:
            yield alarm("field_lost", field=name, count=now.lost[name], had=now.had[name])
        elif share is not None:
            count = now.move_fields.get(name, 0)
            yield alarm("field_empty", field=name, kind="announcements", count=count, total=now.moves, usual=share)
    for name in AD_FIELDS:
        share = usual.smaller_share(_with_ad_field(name), lambda run: run.ads, records=True)
        if share is not None:
            count = now.ad_fields.get(name, 0)
            yield alarm("field_empty", field=name, kind="job ads", count=count, total=now.ads, usual=share)
    known = {label for run in usual.history for label in run.labels}
    new = sum(count for label, count in now.labels.items() if label not in known)
    labelled: Count = lambda run: sum(run.labels.values())  # noqa: E731 - a count like the others
    share = usual.smaller_share(lambda run: sum(run.labels.get(label, 0) for label in known), labelled, records=True)
    if new and share is not None:
        names = ", ".join(f"“{label}”" for label in sorted(now.labels.keys() - known))
        yield alarm("new_label", count=new, total=labelled(now), labels=names)
    share = usual.larger_share(lambda run: run.kinds.get("other", 0), _moves, records=True)
    if share is not None:
        yield alarm("unknown_kind", count=now.kinds.get("other", 0), total=now.moves, usual=share)


def _yields(usual: Usual, *, announcements: bool) -> Iterator[Alarm]:
    now = usual.now
    kinds: list[tuple[str, str, Count, Count, Count]] = [
        ("job_ads_fell", "job ads", lambda run: run.job_ads, lambda run: run.ads, lambda run: run.same_ad)
    ]
    if announcements:
        moves = (
            "announcements_fell",
            "announcements",
            lambda run: run.announcements,
            _moves,
            lambda run: run.same_move,
        )
        kinds.insert(0, moves)
    for code, kind, sighted, different, same in kinds:
        mean = usual.fewer(sighted, fresh)
        if mean is not None:
            yield alarm(code, count=sighted(now), pages=now.fetched, mean=mean, why=_explained(usual))
        elif usual.larger_share(same, fresh, records=False) is not None:
            # one record that is pinned to every page is no break; all others gone beside it is one
            mean = fmean(different(run) for run in usual.history if run.fetched)
            if _LEFT * different(now) < mean * min(1.0, now.fetched / fmean(run.fetched for run in usual.history)):
                yield alarm("few_different", count=different(now), pages=now.fetched, mean=mean, kind=kind)


def _explained(usual: Usual) -> str:
    """What may explain a loss: a sign that is on most pages now and was not before."""
    return next((said for sign, said in _EXPLAINED.items() if usual.on_most_pages(_with_sign(sign))), "")


def _moves(run: Measures) -> int:
    return run.moves


def _with_problem(code: str) -> Count:
    return lambda run: run.problems.get(code, 0)


def _with_sign(name: str) -> Count:
    return lambda run: run.signs.get(name, 0)


def _with_move_field(name: str) -> Count:
    return lambda run: run.move_fields.get(name, 0)


def _had(name: str) -> Count:
    return lambda run: run.had.get(name, 0)


def _lost(name: str) -> Count:
    return lambda run: run.lost.get(name, 0)


def _with_ad_field(name: str) -> Count:
    return lambda run: run.ad_fields.get(name, 0)
