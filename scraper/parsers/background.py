"""What an announcement says of a person's past: the job they come from, earlier employers, degrees and schools.

The rules of meaning are those of docs/data-model.md: the previous job is the one the person comes from directly, every
other past employer is an earlier company, and neither clients nor schools nor the new employer are.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from scraper.parsers.background_apposition import beside_the_name
from scraper.parsers.background_education import read_education
from scraper.parsers.background_employers import company_key
from scraper.parsers.background_form import FormPast, is_form, read_form_sentence
from scraper.parsers.background_jobs import JobReader
from scraper.parsers.background_phrases import Says
from scraper.parsers.background_posts import Post
from scraper.parsers.background_ranks import Found, Rank
from scraper.parsers.danish.names import person_at
from scraper.parsers.danish.text import sentences
from scraper.records import MoveKind, Span

Value = tuple[str, Span]
"""A value as the text writes it, and where it stands."""


class Background(NamedTuple):
    """A person's past; each value with its span in the cleaned text."""

    previous_role: Value | None = None
    previous_company: Value | None = None
    earlier_companies: tuple[Value, ...] = ()
    education: tuple[Value, ...] = ()
    institution: tuple[Value, ...] = ()


_MOST = 12_000
"""Characters of an announcement that are read: twice the longest obituary counted in 6,700 announcements."""
_LONGEST = 2_500
"""Characters of one sentence that are read; what runs on longer is no prose."""
_CHANGES_JOB = frozenset({MoveKind.HIRE, MoveKind.PROMOTION, MoveKind.FOUNDING, MoveKind.OTHER})
"""Kinds in which a person comes from another job; in the others every former employer is an earlier one."""
_SEATS = ("formand", "medlem")
"""Ends of what one is in an association or on a board, which employs nobody."""
_IN_LEAD = frozenset({Says.COMES_FROM, Says.LATEST, Says.YEARS, Says.SINCE, Says.EARLIER, Says.AFTER, Says.FETCHED})
"""Phrases that tell of the past even in the sentence that tells of the move."""
_PRONOUNS = frozenset("Han Hun De Den Det Her Hans Hendes Senest Tidligere Desuden Derudover Før Hos".split())
_JOINT = re.compile(r",? (?:og|men|mens|hvorimod|medens) (?=[A-ZÆØÅ])")
"""What stands between two clauses that may each have a person of its own."""
_BACK = re.compile(r"\b(?:vend(?:er|te?)|kom(?:mer|met)?|er)\b[^.;]{0,20} tilbage\b|\bgensyn med\b")
_BACK_AT = re.compile(
    r"(?:tilbage til|gensyn med) (?P<name>[\w][^,;]{1,60}?)(?: [a-zæøå][^,;]{0,60})?,? hvor (?:han|hun) "
    r"(?:(?:tidligere|også|i sin tid|allerede) )?(?:var|arbejdede|har|sad|begyndte|startede)\b"
)
"""What says that somebody returns to a house, and was there before."""
_ABOUT_OTHER = re.compile(r",? (?:er|har|der|som|blev|var|kommer|overtager|afløser|fortsætter|overlader|bliver)\b")


def _own_sentences(text: str, spans: list[Span], person: str, others: tuple[str, ...], lead: Span) -> list[Span]:
    """The sentences that speak of the person: from one that names another person on, they do not."""
    if len(spans) == 1 and not others:
        return spans
    firsts = {name.split(" ", 1)[0] for name in others}
    own = {word.strip(".") for word in person.replace("-", " ").split()} | set(person.split())
    kept: list[Span] = []
    mine = True
    for number, (start, end) in enumerate(spans):
        first = text[start : text.find(" ", start, end)].strip(".,") if number else ""
        named = person_at(text, start) if first and first not in own and first not in _PRONOUNS else None
        mine = (mine and first not in firsts) or first in own
        if named:
            words = text[named[0] : named[1]].split()
            if words[0].strip(".") in own or words[-1].strip(".") in own:
                mine = True
            elif len(words) >= 2 and _ABOUT_OTHER.match(text, named[1]):
                mine = False
        parts = _parts(text, (start, end), person, others) if others and start >= lead[1] else ()
        if parts:
            kept += [part for part, owner in parts if owner == person or (owner is None and mine)]
            mine = parts[-1][1] in {person, None if mine else person}
        elif mine:
            kept.append((start, end))
    return kept


def _parts(text: str, sentence: Span, person: str, others: tuple[str, ...]) -> list[tuple[Span, str | None]]:
    """The clauses of a sentence that tells of several people, each with whom it is about; none where it tells of one.

    "Ann kommer fra Granit, mens Bo senest har været …": a clause is about the person whose name it begins with.
    """
    names = {word: name for name in (person, *others) for word in (name, name.split(" ")[0], name.rsplit(" ", 1)[-1])}
    longest = sorted(names, key=len, reverse=True)

    def owner(at: int) -> tuple[str | None, int]:
        word = next((word for word in longest if text.startswith(word, at) and not text[at + len(word)].isalnum()), "")
        return names.get(word), at + len(word)

    begun = sentence[0]
    mine, named = owner(begun)
    parts: list[tuple[Span, str | None]] = []
    for joint in _JOINT.finditer(text, *sentence):
        whose, end = owner(joint.end()) if joint.end() < sentence[1] - 1 else (None, 0)
        if whose is not None and whose != mine and joint.start() - named > 3:
            parts.append(((begun, joint.start()), mine))
            begun, mine, named = joint.end(), whose, end
    return [*parts, ((begun, sentence[1]), mine)] if parts else []


def read_background(
    text: str,
    *,
    person: str,
    company: str | None,
    role: str | None,
    kind: MoveKind,
    lead: Span,
    others: tuple[str, ...] = (),
    told: bool = False,
) -> Background:
    """The past of `person` in a cleaned text; `lead` is the span of the clause that tells of the move itself.

    `told`: the lead itself says what the person comes from, so that what was before "det" came earlier.
    `others` are the people that the same announcement moves: sentences that begin with one of them are theirs.
    """
    spans = [
        (start, min(end, start + _LONGEST))
        for start, end in _own_sentences(text, sentences(text[:_MOST]), person, others, lead)
    ]
    reader = JobReader(text, person, company, told=told)
    free = spans
    formed: list[FormPast] = []
    if is_form(text, lead):
        read = [(span, read_form_sentence(text, *span)) for span in spans]
        free = [span for span, past in read if past is None]
        formed = [past for _, past in read if past is not None]
    degrees, schools = read_education(text, free)
    degrees += tuple(_value(text, span) for past in formed for span in past.degrees)
    schools += tuple(_value(text, span) for past in formed for span in past.schools)
    for start, end in free:
        reader.read(start, end, only=_IN_LEAD if start < lead[1] and end > lead[0] else None)
    for past in formed:
        reader.found += [Found(Rank.COMES_FROM, past.post, past.post.end)] if past.post else []
        reader.found += [Found(Rank.EARLIER, Post(companies=[span]), span[0]) for span in past.earlier]
    if spans:
        reader.found = beside_the_name(text, person, kind, spans[0]) + reader.found
    changes_job = kind in _CHANGES_JOB
    chosen = _previous(reader.found, text, company, role, kind) if changes_job else None
    previous_role: Value | None = None
    previous_company: Value | None = None
    if chosen is not None:
        if chosen.post.role:
            previous_role = _value(text, _title(text, chosen.post))
        if chosen.post.companies:
            previous_company = _value(text, chosen.post.companies[0])
        elif chosen.post.when == "same" and company:
            at = text.find(company)
            previous_company = (company, (at, at + len(company))) if at >= 0 else None
    left = previous_company[0] if previous_company else None
    banned = {company_key(name) for name in (company, left) if name} | {name.casefold() for name, _ in schools}
    banned.add(person.casefold())
    people = (person, *others)
    stated = {span for past in formed for span in past.earlier}
    earlier: dict[str, Value] = {}
    back = _comes_back(text, company, reader.found)
    if back is not None:
        stated.add(back)
        reader.found.append(Found(Rank.EARLIER, Post(companies=[back], end=back[1]), back[0]))
    employed = [
        found.post.companies
        for found in reader.found
        if found.post.companies
        and (changes_job or found.rank != Rank.SINCE)
        and not (found.post.role and text.endswith(_SEATS, *found.post.role))
    ]
    for companies in sorted(employed, key=_first_start) if len(employed) > 1 else employed:
        for span in companies:
            value = _value(text, span)
            key = company_key(value[0])
            if span not in stated and (
                key in banned
                or _same_house(key, company)
                or (left is not None and _same_house(key, left))
                or any(name in value[0] for name in people)
            ):
                continue
            earlier.setdefault(key, value)
    return Background(previous_role, previous_company, tuple(earlier.values()), degrees, schools)


def _comes_back(text: str, company: str | None, found: list[Found]) -> Span | None:
    """Where a text names the new employer as a former one, of somebody who returns; None where nobody does."""
    if company is None or ("tilbage" not in text and "gensyn" not in text):
        return None
    told = _BACK_AT.search(text)
    if told is not None and told.group("name").startswith(company[:4]):
        return (
            (told.start("name"), told.start("name") + len(company.rstrip(".")))
            if text.startswith(company, told.start("name"))
            else told.span("name")
        )
    return (
        next(
            (
                span
                for item in found
                if item.rank == Rank.EARLIER
                for span in item.post.companies
                if _is_house(text[slice(*span)], company)
            ),
            None,
        )
        if _BACK.search(text)
        else None
    )


def _previous(found: list[Found], text: str, company: str | None, role: str | None, kind: MoveKind) -> Found | None:
    """The post the person comes from: the one of the lowest rank, the first of several.

    In a promotion it may be a post at the same employer, though never the new one named again.
    """
    best: tuple[tuple[int, bool, bool], Found] | None = None
    promoted = kind is MoveKind.PROMOTION
    for item in found:
        post, rank = item.post, item.rank
        if not (post.role or post.companies) or (rank == Rank.EARLIER and not promoted):
            continue
        if promoted and rank == Rank.COMES_FROM and text.startswith(("kom ", "Kom "), item.position):
            rank = Rank.EARLIER  # "kom til huset fra": where the person was before the house, not the post left
        at_own = post.when == "same" or any(_is_house(text[start:end], company) for start, end in post.companies)
        if promoted and rank == Rank.BEFORE and post.companies and not at_own and "forfrem" in text:
            rank = Rank.EARLIER  # before the house, where the post left was held; "udnævnt" may be said of a newcomer
        if promoted and at_own and (post.role is None or (rank != Rank.COMES_FROM and text[slice(*post.role)] == role)):
            continue
        if promoted and rank == Rank.LATEST_LISTED and post.companies and not at_own and _behind_earlier(item, found):
            continue
        if promoted and rank == Rank.EARLIER and post.role and (at_own or _alone(item, found, text, company)):
            rank = Rank.HELD
        held_here = at_own and not promoted and not (rank == Rank.COMES_FROM or (rank <= Rank.SINCE and post.role))
        if rank == Rank.EARLIER or held_here:
            continue
        if rank == Rank.HELD and not promoted and not post.companies:
            continue
        order = (rank, promoted and not at_own, not post.companies)
        if best is None or order < best[0]:
            best = (order, item)
    return best[1] if best else None


def _behind_earlier(item: Found, found: list[Found]) -> bool:
    """Whether a sentence tells of an earlier post before this one: "har tidligere været hos Birk, senest som chef"."""
    return any(
        other.rank == Rank.EARLIER and other.sentence == item.sentence and other.position <= item.position
        for other in found
    )


def _title(text: str, post: Post) -> Span:
    """The title of a post, without the employer that a "president of Granit Sverige" repeats."""
    start, end = post.role or (0, 0)
    of = text.find(" of ", start, end)
    house = company_key(text[slice(*post.companies[0])]) if post.companies else ""
    return (start, of) if of > 0 and house and house in text[of:end].casefold() else (start, end)


def _alone(item: Found, found: list[Found], text: str, company: str | None) -> bool:
    """Whether the sentence of a post names no employer but the own one."""
    return all(
        _is_house(text[start:end], company)
        for other in found
        if other.sentence == item.sentence
        for start, end in other.post.companies
    )


def _is_house(name: str, company: str | None) -> bool:
    """Whether a name is that of the new employer, with or without the country or branch behind it."""
    return company is not None and (
        company_key(name) == company_key(company) or _same_house(company_key(name), company)
    )


@lru_cache(maxsize=8192)
def _same_house(key: str, company: str | None) -> bool:
    """Whether a company's key is the new employer's name with or without the country or branch behind it."""
    if not company:
        return False
    own = company_key(company)
    if key.isalpha() and 2 <= len(key) <= 4 and key == "".join(word[0] for word in own.replace("-", " ").split()):
        return True
    if "/" in own and key in own.split("/"):
        return True
    if "/" in key and own in key.split("/"):
        return True
    return own.startswith(f"{key} ") or key.startswith(f"{own} ")


def _first_start(spans: list[Span]) -> int:
    return min(spans)[0]


def _value(text: str, span: Span) -> Value:
    return text[span[0] : span[1]], span
