"""How texts begin: as announcements of the form do, as those that editors put in other words, or as mere sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from scraper.parsers.danish.kinds import verbs_in
from scraper.parsers.lead_form import is_form

LEAD = 320
"""Characters of a text within which its first sentence says what it announces."""
_OPENING = re.compile(r" (?<=\S )(?:har|er) (?:pr\.?|per)(?: \d|\s*(?:…|\.\.\.)?$)")
_SHORTEST_REWORDED = 50
_FIXED = (" især beskæftige sig med ", " tiltrådte stillingen ", " kommer fra en stilling som ", " begyndte pr. ")
"""Words of the form's later sentences, which tell a first one that an editor has put in other words."""
_DAY_FIRST = ("Pr. ", "Per ", "Den ", "Fra ", "Med virkning ", "Som ny ", "Til stillingen som ")
_TELLING = (" pr", " per ", " virkning ", *_FIXED)
_BEGINNINGS = frozenset(words[:4] for words in _DAY_FIRST)
"""Each text that opens like the form has one of these, or begins so."""
_WITHIN = r"(?:[^.!?]|\.(?!(?<![ .][A-ZÆØÅ]\.)(?<!^[A-ZÆØÅ]\.) [A-ZÆØÅ][a-zæøå]+ [a-zæøå]))"
"""A character of the first sentence: a full stop in a name, or behind an initial, ends none."""
_REWORDED = re.compile(
    r"^(?:Pr\.|Per|Den|Fra(?: og med)? den|Med virkning fra)(?: den)? \d{1,2}\. [a-z]{3,9}(?: 20\d\d)?"
    r" (?:er|har|blev|tiltr(?:æder|ådte)|start(?:er|ede)|begynd(?:er|te)|skifte(?:r|de)) \S"
    rf"|^(?:Som ny|Til stillingen som) {_WITHIN}{{2,90}}? har {_WITHIN}{{2,90}}? (?:pr\. \d|ansat )"
    rf"|^{_WITHIN}{{3,90}}? (?:har med virkning (?:fra|pr\.) (?:den )?\d"
    r"|(?:tiltræder|starter|begynder|skifter|stopper|fratræder|overtager) pr\. \d"
    rf"|byder velkommen til {_WITHIN}{{3,120}}? pr\. \d"
    rf"|er (?:tiltrådt|ansat|startet|begyndt|udnævnt) som {_WITHIN}{{2,160}}? pr\. \d)"
)
"""How editors begin what the form would begin with its own words."""
_STOP = re.compile(r"(?<=[^\W\d_]{4})(?<![Bb]rdr)(?<![Ee]ftf)(?<![Gg]ebr)[.!?](?= [A-ZÆØÅ])")
_OPENERS = frozenset(
    """
    Han Hun De Den Det Der Hans Hendes Deres Vedkommende Som I På Ved Med Hos Til Fra For Efter Før Inden Siden Under
    Her Foto Desuden Derudover Samtidig Tidligere Senest Privat Stillingen Jobbet Og Om Af Ha Hu H
    """.split()
)
"""Words, and beginnings of words, that begin a sentence and no label."""
_FINITE = frozenset("er har skal kommer kom bliver blev var havde vil kan får fik bor løber spiller arbejder".split())


def begins_as_name(text: str) -> bool:
    """Whether a text begins as a name does: large, with a figure, or as a brand: "fjordIT", "edb-huset"."""
    word = text.split(" ", 1)[0]
    return word[:1].isupper() or word[:1].isdigit() or (word[:1].isalpha() and not (word.isalpha() and word.islower()))


def opens_like_form(text: str) -> bool:
    """Whether a text begins as the form's announcements do, even one cut off after its first words, or goes on so."""
    return opens_with_day(text) or (
        len(text) >= _SHORTEST_REWORDED
        and any(map(text.__contains__, _FIXED))
        and begins_as_name(text)
        and announces(text)
    )


def opens_with_day(text: str) -> bool:
    """Whether the first sentence of a text says its day as the form does, in the form's own words or in others."""
    if (" pr" in text or " per " in text) and (is_form(text) or _OPENING.search(text, 0, LEAD) is not None):
        return True
    day = text.startswith(_DAY_FIRST) or " pr. " in text or " virkning " in text
    return day and len(text) >= _SHORTEST_REWORDED and _REWORDED.search(text, 0, LEAD) is not None


def which_open_like_form(texts: Sequence[str]) -> list[bool]:
    """`opens_like_form` of each text of a page: a few searches over all of them tell which are worth a look."""
    whole = "\n".join(texts)
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    looked_at = {at for at, text in enumerate(texts) if text[:4] in _BEGINNINGS}
    for words in _TELLING:
        place = whole.find(words)
        while place >= 0:
            at = bisect_right(starts, place) - 1
            looked_at.add(at)
            place = whole.find(words, starts[at + 1])
    return [at in looked_at and opens_like_form(text) for at, text in enumerate(texts)]


def announces(text: str) -> bool:
    """Whether the first sentence of a text announces by a verb after its subject, and no verb of every day."""
    stop = _STOP.search(text, 0, LEAD)
    found = verbs_in(text, 0, stop.start() if stop else min(len(text), LEAD))
    return any(verb.start > 1 and not verb.loose for verb in found)


def begins_sentence(words: str, before: str) -> bool:
    """Whether words behind a full stop are no label but a sentence that breaks off: "Han kom", "Bo er"."""
    first, *others = words.split(" ")
    return first in _OPENERS or first in before or not _FINITE.isdisjoint(others)
