"""Blocks to lines: each announcement, label, heading and name card on a line of its own, as far as the words tell.

Layouts glue what a reader tells apart: an announcement to the label of the one before it, a heading to what it heads,
a badge to a sentence. The words alone show the seams: a label after a full stop, a heading before an announcement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from scraper.legal_forms import LEGAL_FORMS
from scraper.parsers.danish.kinds import verbs_in
from scraper.parsers.danish.labels import FIELD_NAMES, LABELS, LINK_WORDS, is_label, kind_of_label
from scraper.parsers.danish.names import PARTICLES
from scraper.parsers.danish.regions import NOT_JOB_WORDS, PEOPLE_HEADINGS, SECTION_ENDS, is_people_heading
from scraper.parsers.openings import LEAD, announces, begins_sentence, opens_like_form
from scraper.records import Block, MoveKind

LONGEST = 12_000
"""A block longer than this is no announcement, nor several glued together."""

_LABELS = "|".join(sorted(map(re.escape, LABELS), key=len, reverse=True))
_LABEL_TEXTS = tuple(LABELS)
_LABEL_ENDS = frozenset(label[-1] for label in LABELS)
_MARKS = "–—|·•/:#(\\[*›»-"
"""What sets a label off from the announcement before it."""
_SET_OFF = rf"(?: ?[{_MARKS}]{{1,2}})? ?"
_GLUED_LABEL = re.compile(rf"[.!?)…\"”»'’]({_SET_OFF})({_LABELS})(?=$|\s|[A-ZÆØÅ0-9])")
_LAST_LABEL = re.compile(rf"[.!?)…\"”»'’]({_SET_OFF})({_LABELS})[\])*]{{0,2}}$")
_LABEL_BEFORE = re.compile(rf"({_LABELS})( ?[:|·•–—] ?| - | )(?=[^\W_])")
_UNKNOWN_BEFORE = re.compile(r"([A-ZÆØÅ][^\W\d_]{1,30}(?: [a-zæøå]{1,25}){0,3}): (?=[^\W_])")
"""A label that no table knows: only its colon, and the form behind it, tell."""
_LABEL_LENGTH = 60
_CLOSING = frozenset(",.;:!?)»”%")
_JOINTS = frozenset("-–/&'’(")
_NEXT_LABEL = re.compile(rf"(?<=[.!?)…\"”»'’]) ?(?=(?:{_LABELS})(?:[ :|·•–—]))")
_LINK_WORDS = "|".join(sorted(map(re.escape, LINK_WORDS), key=len, reverse=True))
_GLUED_LINK = re.compile(rf"(?<=[.!?)…\"”»'’]) ?((?:{_LINK_WORDS})[ »›>→]*)(?=$|(?:{_LABELS})$)")
_BARE_FORMS = frozenset(form.casefold() for form, _ in LEGAL_FORMS)
_VERB_KINDS = {
    "ansat": MoveKind.HIRE,
    "forfremmet": MoveKind.PROMOTION,
    "udnævnt": MoveKind.PROMOTION,
    "fuldført": MoveKind.EDUCATION,
}
_VERB = re.compile(rf" ({'|'.join(_VERB_KINDS)})\b")
_FREE_LABEL = re.compile(
    rf"(?:[.!?)…](?= )|(?<=[\w/)][\w)])\.?[.!?])({_SET_OFF})([A-ZÆØÅ][^\W\d]*(?:[ -][^\W\d]+){{0,3}})[\])*]{{0,2}}$"
)
_SHORTENED = re.compile(
    r"(?:^|[ .(-])(?:[A-ZÆØÅ]|[Bb]rdr|[Ss]kt|[Ss]ct|[Dd]r|[Cc]hr|[Hh]r|[Ff]r|[Gg]ebr|[Ee]ftf|[Kk]gl|[Ss]t)\.$"
)
"""A full stop that ends no sentence, right behind it no label."""
_LABEL_SHAPE = re.compile(
    r"[A-ZÆØÅ][a-zæøåé-]+"
    r"(?:(?: [a-zæøåé-]+){1,3}|(?<=else)|(?<=ing)|(?<=dag)|(?<=æum)|(?<=post)|(?<=skift)|(?<=skifte)|(?<=ion)"
    r"|(?<=ikariat)|(?<=plads)|(?<=[a-zæøå]job)|(?<=vendt)|(?<=aftale)|(?<=kontrakt)|(?<=orlov)|(?<=rokade)|(?<=praktik)|(?<=tilbage)|(?<=hverv))"
)
_FORM_VERB = re.compile(r" (?:har|er) pr\. \d{1,2}\. ?[a-z]+ \d{4} (?:ansat|fuldført|forfremmet|udnævnt)\b")
_BRACKETS = frozenset("[(#")
_AROUND_LABEL = "[]()# "
_BULLETS = frozenset("-–*•·▪■●○►»")
_BULLET = re.compile(rf"^(?:[{re.escape(''.join(sorted(_BULLETS)))}] )+(?=\S)")
"""What lists of plain text put before an item."""


class Line(NamedTuple):
    """A piece of a page's text, with what its block knows: whether it is a heading, where it leads, its parts."""

    text: str
    heading: bool = False
    link: str | None = None
    parts: tuple[str, ...] = ()
    shared: bool = False
    """Whether other lines stand in the same block."""
    label: str | None = None
    """The label that stands before an announcement in the same block."""
    path: tuple[int, ...] = ()
    """The numbers of the elements that its block stands in."""


def is_bare(text: str) -> bool:
    """Whether a text begins with a legal form: what is left when a company's name was cut."""
    return text.split(" ", 1)[0].casefold().strip(",") in _BARE_FORMS


def are_several(text: str) -> bool:
    """Whether a text has the opening of the form more than once: announcements glued where no label shows the seam."""
    return len(_FORM_VERB.findall(text)) > 1


def ends_in_label(text: str) -> bool:
    """Whether a text ends in a label of the table, behind a full stop or not."""
    text = text.rstrip(_AROUND_LABEL)
    return text[-1:] in _LABEL_ENDS and text.endswith(_LABEL_TEXTS)


def split_label(text: str) -> tuple[str, str | None]:
    """An announcement and the label that ends it, None when none does.

    After the form's words any few words behind the last full stop are a label; elsewhere only those of the table.
    """
    found = _LAST_LABEL.search(text)
    if found is None and opens_like_form(text):
        found = _FREE_LABEL.search(text)
        if found is not None and (
            begins_sentence(found.group(2), text[: found.start(1)]) or _SHORTENED.search(text, 0, found.start(1))
        ):
            found = None
    if found is None:
        return text, None
    return text[: found.start(1)], found.group(2)


@lru_cache(maxsize=64)
def _words_at_seams(headings: frozenset[str]) -> re.Pattern[str]:
    """What a text with a seam in it has somewhere: a heading, a label or a link. Most texts have none.

    A word that holds another of them is left out, and those that begin alike are put together: the search goes over
    every text of a page.
    """
    words = {*PEOPLE_HEADINGS, *headings, *LABELS, *LINK_WORDS} - {""}
    least = {word for word in words if not any(other in word for other in words - {word})}
    firsts = groupby(sorted(least), key=lambda word: word[0])
    return re.compile("|".join(f"{re.escape(first)}(?:{_any_of(word[1:] for word in same)})" for first, same in firsts))


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


@lru_cache(maxsize=64)
def _glued_heading(headings: frozenset[str]) -> re.Pattern[str]:
    phrases = "|".join(sorted(map(re.escape, {*PEOPLE_HEADINGS, *headings}), key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=[.!?)…\"”»'’])) ?({phrases}):? ?(?=[^\W_])")


@lru_cache(maxsize=64)
def _heading_at_end(headings: frozenset[str]) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """How a text ends that has a heading of several words glued to its end, and that heading."""
    long = sorted(phrase for phrase in {*PEOPLE_HEADINGS, *headings} if phrase.count(" ") > 1)
    return (*long, *(f"{phrase}:" for phrase in long)), re.compile(rf" ?(?:{_any_of(long)}):?$")


def is_shaped_as_label(text: str) -> bool:
    """Whether a text could be a label that no table knows: "Ny udfordring", "Jobskifte"."""
    return (
        len(text) <= 40
        and _LABEL_SHAPE.fullmatch(text) is not None
        and text.rpartition(" ")[2] not in PARTICLES
        and not NOT_JOB_WORDS.search(text)
        and not SECTION_ENDS.search(text)
        and not is_people_heading(text)
    )


def _is_or_looks_like_label(text: str) -> bool:
    return is_label(text) or is_shaped_as_label(text)


def _is_whole(part: str) -> bool:
    """Whether a part is an announcement of the form to its full stop: another one after it is another announcement."""
    return opens_like_form(part) and part.endswith((".", "!", "?"))


def _by_parts(text: str, parts: Sequence[str], extra: frozenset[str]) -> list[str]:
    """The parts of a block put together again but for the labels and headings among them."""
    groups: list[str] = []
    apart, at, last = True, 0, ""
    for part in parts:
        alone = is_label(part) or is_people_heading(part, extra)
        if (
            apart
            or alone
            or (opens_like_form(part) and (_is_whole(last) or is_shaped_as_label(last) or _BULLET.match(part)))
        ):
            groups.append(part)
        else:
            glued = text.startswith(part, at) and _is_one_word(groups[-1], part, text[at + len(part) :])
            groups[-1] += part if glued else f" {part}"
        at = max(at, text.find(part, at) + len(part))
        apart, last = alone or split_label(part)[1] is not None, part
    return groups if len(groups) > 1 else [text]


def _is_one_word(before: str, after: str, rest: str) -> bool:
    """Whether an element only cut a word in two, where no blank stands between: "er an" and "sat", "Bo Li" and "nd".

    So it did where the second begins with a comma or another mark that no sentence begins with.

    `rest` is the text behind both. A piece of a name card that stands there again is whole: "Bo Lind", "netIP".
    """
    if before[-1] in _JOINTS or after[0] in _CLOSING:
        return True
    tail = after.split(" ", 1)[0].rstrip(".,:;!?")
    if not (before[-1].isalpha() and tail[:1].islower()) and not (before[-1].isdigit() and tail.isdigit()):
        return False
    return len(before) == 1 or (tail.isalpha() and tail.islower() and before not in rest) or tail.isdigit()


def _cut_heading(text: str, headings: frozenset[str]) -> Iterator[str]:
    """A text in pieces around a people heading that is glued into it before an announcement."""
    ends, heading_at_end = _heading_at_end(headings)
    tail = heading_at_end.search(text) if text.endswith(ends) else None
    if tail is not None and tail.start():
        yield from (text[: tail.start()].rstrip(), text[tail.start() :].lstrip())
        return
    for found in _glued_heading(headings).finditer(text):
        rest = text[found.end() :]
        if opens_like_form(rest) or (rest[0].isupper() and announces(rest)):
            if before := text[: found.start()].rstrip():
                yield before
            yield found.group(1)
            yield rest
            return
    yield text


def _cut_labels(text: str) -> Iterator[str]:
    """A text in pieces, each ending in its label, as far as what stands before a label announces something."""
    start = 0
    for found in _GLUED_LABEL.finditer(text):
        piece = text[start : found.start(1)]
        if opens_like_form(piece) or announces(piece):
            yield f"{piece} {found.group(2)}"
            start = found.end()
            while text[start : start + 1] == " ":
                start += 1
    if start < len(text):
        yield text[start:]


def _label_before(text: str) -> tuple[str, str] | None:
    """The label that a text begins with, and the announcement after it; None where there is no such label.

    Behind a mere blank the label must say what the words say, for a company may be called "Pension Nord A/S".
    """
    found = _LABEL_BEFORE.match(text)
    if found is None:
        found = _UNKNOWN_BEFORE.match(text)
        if found is None or found.group(1).casefold() in FIELD_NAMES or not opens_like_form(text[found.end() :]):
            return None
        return found.group(1), text[found.end() :]
    label, rest = found.group(1), text[found.end() :]
    if is_bare(rest):
        return None
    form = opens_like_form(rest)
    if found.group(2) != " ":
        return (label, rest) if form or (rest[0].isupper() and announces(rest)) else None
    return (label, rest) if form and agrees(label, rest) else None


def agrees(label: str, text: str) -> bool:
    """Whether a label stands for what the first verb of an announcement says."""
    kind = kind_of_label(label)
    verb = _VERB.search(text, 0, LEAD)
    if verb is not None:
        return kind is _VERB_KINDS[verb.group(1)]
    told = next(verbs_in(text, 0, min(len(text), LEAD)), None)
    return told is not None and kind is told.kind


def _cut_labels_before(text: str) -> list[str]:
    """A text in pieces where each of its announcements has its label before it, and none after it."""
    if _label_before(text) is None or _LAST_LABEL.search(text):
        return [text]
    pieces: list[str] = []
    start = 0
    for found in _NEXT_LABEL.finditer(text):
        if _label_before(text[found.end() :]):
            pieces.append(text[start : found.start()])
            start = found.end()
    return [*pieces, text[start:]]


def _cut_link(text: str) -> Iterator[str]:
    """A text in pieces around a link that stands between an announcement and its label, or at its end."""
    found = _GLUED_LINK.search(text)
    if found is None or not (opens_like_form(text[: found.start()]) or announces(text[: found.start()])):
        yield text
        return
    yield text[: found.start()]
    yield found.group(1).rstrip()
    if rest := text[found.end() :]:
        yield rest


def _with_labels(pieces: Sequence[str], before: Line | None) -> Iterator[tuple[str, str | None]]:
    """The pieces of a block, each with the label that stands before it in the block, if it has none behind it.

    Below an announcement that still lacks its label, the line `before`, a label is left by itself: it may be of either.
    """
    unsure = before is not None and before.label is None and opens_like_form(before.text)
    unsure = unsure and before is not None and split_label(before.text)[1] is None
    waiting: str | None = None
    for at, piece in enumerate(pieces):
        following = pieces[at + 1 : at + 3]
        if at == 0 and not unsure and is_label(piece) and _is_own(piece, following):
            waiting = piece
            continue
        found = _label_before(piece) if waiting is None and split_label(piece)[1] is None else None
        if found is None:
            yield piece, waiting
        elif at == 0 and unsure:
            yield found[0], None
            yield found[1], None
        else:
            yield found[1], found[0]
        waiting = None


def _is_own(label: str, following: Sequence[str]) -> bool:
    """Whether a label that begins a block is the label of the announcement that follows in it."""
    return (
        bool(following)
        and opens_like_form(following[0])
        and split_label(following[0])[1] is None
        and not any(is_label(other) for other in following[1:])
        and agrees(label, following[0])
    )


def lines_of(blocks: Sequence[Block], headings: Iterable[str] = ()) -> list[Line]:
    """The lines of a page in reading order; `headings` are further headings of people sections, as they are written."""
    phrases = frozenset(headings)
    extra = frozenset(heading.casefold() for heading in phrases)
    has_words = _words_at_seams(phrases).search
    lines: list[Line] = []
    for whole, link, heading, parts, path in blocks:
        text = _BULLET.sub("", whole) if whole[:1] in _BULLETS else whole
        if text[:1] in _BRACKETS and _is_or_looks_like_label(text.strip(_AROUND_LABEL)):
            text = text.strip(_AROUND_LABEL)
        length = len(text)
        if length > LONGEST:
            lines.append(Line(""))
        elif (length >= 20 or parts) and (
            has_words(text) or ((parts or ": " in text[:_LABEL_LENGTH]) and opens_like_form(text))
        ):
            pieces = _by_parts(text, _without_bullet(parts, whole, text), extra) if parts else [text]
            pieces = _cut(pieces, phrases)
            shared = len(pieces) > 1
            lines.extend(
                Line(piece, heading, link, () if shared else parts, shared, label, path)
                for piece, label in _with_labels(pieces, lines[-1] if lines else None)
                if piece
            )
        else:
            # one of a page's many: the constructor takes three times as long
            lines.append(tuple.__new__(Line, (text, heading, link, parts, False, None, path)))
    return lines


def _without_bullet(parts: Sequence[str], whole: str, text: str) -> Sequence[str]:
    """The parts of a block whose bullet, or the brackets of its label, its text no longer has."""
    if len(whole) == len(text):
        return parts
    first = _BULLET.sub("", f"{parts[0]} ").strip()
    return (first, *parts[1:]) if first else parts[1:]


def _cut(pieces: list[str], phrases: frozenset[str]) -> list[str]:
    """The pieces of a block cut at each of their seams."""
    pieces = [cut for piece in pieces for cut in _cut_heading(piece, phrases)]
    pieces = [cut for piece in pieces for cut in _cut_link(piece)]
    pieces = [cut for piece in pieces for cut in _cut_labels_before(piece)]
    pieces = [cut for piece in pieces for cut in _cut_labels(piece)]
    return [_BULLET.sub("", piece) if piece[:1] in _BULLETS else piece for piece in pieces]
