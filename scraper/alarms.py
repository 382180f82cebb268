"""Every alarm there is: its code, the stage at which something broke, what it says and what to do about it.

docs/health.md explains each code at length; a test holds that none is missing there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that broke at a source: its stage and code, a sentence for a person, and what to do."""

    stage: str
    code: str
    sentence: str
    advice: str


class _Kind(NamedTuple):
    stage: str
    sentence: str
    advice: str


_BROWSER = "Open the address in a browser: has it moved? Mend `feeds:` or `pages:`."
_SAVE = "Save one of its pages and `navnenyt parse` it: what has changed?"
_WALL = "Open a page in a browser, without being logged in, to see what it asks; read the site's terms again."

ALARMS: dict[str, _Kind] = {
    # discovery: which pages are there?
    "entrance_failed": _Kind("discovery", "{detail}", _BROWSER),
    "entrance_empty": _Kind("discovery", "{detail}", _BROWSER),
    "no_new_pages": _Kind(
        "discovery",
        "No new page has been listed for {days:.0f} days, where about {mean:.0f} were to be expected.",
        "Open the feed in a browser: is its newest entry of today? It may have moved, or stand still.",
    ),
    # fetch: does the site answer?
    "unreachable": _Kind(
        "fetch",
        "Not one request was answered ({reasons}).",
        "Nothing is lost, the next run asks again. Does the site open in a browser on this machine?",
    ),
    "pages_failed": _Kind(
        "fetch", "{count} of {asked} pages failed ({reasons}).", "See docs/operations.md, “Why a page failed”."
    ),
    "robots": _Kind(
        "fetch",
        "The site's robots.txt kept us from {count} of {asked} pages.",
        "Read the site's robots.txt. If it asks programs to stay away, disable the source.",
    ),
    "cut_off_pages": _Kind(
        "fetch", "{count} of {pages} pages end in the middle.", "Look at a page's end in a browser; ask the site."
    ),
    # wall: something else stands where the page was
    "wall": _Kind("wall", "{count} of {asked} pages are a login, a consent form or a robot check.", _WALL),
    "missing_pages": _Kind(
        "wall",
        "{count} of {asked} pages say at status 200 that they are missing, or lead to another page.",
        "Open one in a browser: have the addresses changed? Mend `id_pattern:` or `id_url:`.",
    ),
    "refused": _Kind("wall", "The site refuses {count} of {asked} pages ({reasons}).", _WALL),
    "paywall": _Kind(
        "wall",
        "{pages} pages show nothing but an offer to subscribe or to log in.",
        _WALL,
    ),
    # layout: is the page built as it was?
    "same_page": _Kind(
        "layout", "{count} of {pages} pages are one and the same, byte for byte.", "Open two of its pages in a browser."
    ),
    "pages_without_text": _Kind(
        "layout",
        "{count} of {pages} pages show no text: a script may fill them in.",
        "Open a page in a browser with scripts off. Is there a feed or an address that gives the words?",
    ),
    "parser_failed": _Kind(
        "layout",
        "The parser failed on {count} of {pages} pages.",
        "Save one of its pages, `navnenyt parse` it and report what it says. The pages are in the archive.",
    ),
    "garbled_letters": _Kind(
        "layout",
        "On {count} of {pages} pages the Danish letters are broken (“Ã¦” for “æ”).",
        "The site writes its pages in the wrong encoding. Tell it; names read meanwhile are misspelt.",
    ),
    "no_danish_letters": _Kind(
        "layout",
        "{count} of {pages} pages have not one Danish letter.",
        "Open a page in a browser: is it in another language, or are its letters lost?",
    ),
    "empty_sections": _Kind(
        "layout", "{count} of {pages} pages have a people heading with nothing under it that can be read.", _SAVE
    ),
    "heading_gone": _Kind(
        "layout",
        "{count} of {pages} pages have the heading “{heading}”, where {usual:.0%} had it; announcements are found.",
        "Look what the section is called now and add that under `headings:`.",
    ),
    "section_gone": _Kind(
        "layout",
        "{count} of {pages} pages have the section “{heading}”, where {usual:.0%} had it{why}.",
        "Open a page: where are the announcements now?",
    ),
    # field: do the records say what they said?
    "unparsed": _Kind(
        "field",
        "{count} of {read} announcements could not be read{before}.",
        'Read them: navnenyt query "SELECT text, reason FROM unparsed_announcements".',
    ),
    "field_empty": _Kind(
        "field",
        "{count} of {total} {kind} have a {field}, where {usual:.0%} had one.",
        "Look at one: `navnenyt parse --explain` on a saved page shows which words fill which field.",
    ),
    "field_lost": _Kind(
        "field",
        "Of {had} announcements that are known with their {field}, {count} were read without it now.",
        "Look at one: `navnenyt parse --explain` on a saved page shows which words fill which field.",
    ),
    "new_label": _Kind(
        "field",
        "{count} of {total} labelled announcements bear a label that was never seen before: {labels}.",
        'Look whether their kind is right: navnenyt query "SELECT kind, label, text FROM moves ORDER BY id DESC".',
    ),
    "unknown_kind": _Kind(
        "field",
        "{count} of {total} announcements are of no known kind, where {usual:.0%} is usual.",
        "Read them: navnenyt query \"SELECT label, text FROM moves WHERE kind = 'other' ORDER BY id DESC\".",
    ),
    "problems_rose": _Kind(
        "field",
        "{count} of {pages} pages have the problem {problem}, far more than before.",
        "Read it: navnenyt query \"SELECT * FROM problems WHERE code = '{problem}'\".",
    ),
    # yield: is there as much as there was?
    "announcements_fell": _Kind(
        "yield", "{pages} pages gave {count} announcements, where {mean:.0f} were to be expected{why}.", _SAVE
    ),
    "job_ads_fell": _Kind(
        "yield", "{pages} pages gave {count} job ads, where {mean:.0f} were to be expected{why}.", _SAVE
    ),
    "few_different": _Kind(
        "yield",
        "{pages} pages gave only {count} different {kind}, where {mean:.0f} were to be expected.",
        "Open some pages: do they all show the same? The site may have stopped rotating its column.",
    ),
}


def alarm(code: str, **facts: object) -> Alarm:
    """An alarm with its sentence filled in."""
    kind = ALARMS[code]
    return Alarm(kind.stage, code, kind.sentence.format(**facts), kind.advice.format(**facts))
