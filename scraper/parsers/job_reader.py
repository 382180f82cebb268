"""The walk through "som ROLE i UNIT hos COMPANY i TOWN": each preposition decides what the words after it are.

Callers use `phrases.job_phrase`; this room holds the walk alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from scraper.legal_forms import AT_END
from scraper.parsers.danish import units
from scraper.parsers.danish.companies import Company, is_proper, read_company
from scraper.parsers.danish.dates import date_at
from scraper.parsers.danish.places import TOWNS, place_at, places_at
from scraper.parsers.danish.roles import is_title, role_at
from scraper.parsers.job_words import (
    ADVERBS,
    AFTER_FIRM,
    AND_TEAM,
    AT_PROPER,
    CLAUSE,
    EXPERTS,
    HOS,
    I_PROPER,
    INSTITUTE,
    MARKER,
    OF_UNIVERSITY,
    OFFICE,
    PLACE_OR_FIRM,
    PLACE_UNIT,
    PUBLIC_BODY,
    POSITION,
    RELATIVE_WORDS,
    SECOND_UNIT,
    SKIP_TO,
    TEAM_ENDS,
    TOKEN,
    UNIVERSITY,
    WITH_FORM,
)
from scraper.records import Span


@dataclass(frozen=True, slots=True)
class JobPhrase:
    """What a phrase says of a job, as spans of the text, and where it ended."""

    role: Span | None = None
    company: Span | None = None
    unit: Span | None = None
    location: Span | None = None
    end: int = 0


class JobReader:
    """Walks one phrase from left to right and fills the slots of a JobPhrase."""

    __slots__ = ("company", "employer", "end", "location", "role", "text", "unit")

    def __init__(self, text: str, employer: str | None) -> None:
        self.text = text
        self.employer = employer
        self.role: Span | None = None
        self.company: Span | None = None
        self.unit: Span | None = None
        self.location: Span | None = None
        self.end = 0

    @property
    def has_company(self) -> bool:
        """Whether the employer is known already."""
        return self.company is not None or self.employer is not None

    def walk(self, start: int) -> JobPhrase:
        """Read the phrase that begins at `start`."""
        text = self.text
        position = start
        self.end = start
        for step in range(16):
            while text.startswith(" ", position):
                position += 1
            following = self._step(position, first=step == 0)
            if following is None or following <= position:
                break
            position = self.end = following
            if text.startswith(", ", position):
                if not self._comma(position + 2):
                    break
                position += 2
        return JobPhrase(self.role, self.company, self.unit, self.location, self.end)

    def _comma(self, position: int) -> bool:
        """Whether the phrase goes on after a comma before `position`."""
        text = self.text
        marker = MARKER.match(text, position)
        if marker is not None:
            return marker.group(1) in {"hos", "i", "ved", "på", "med base i", "ho"} or (
                marker.group(1) == "som" and self.role is None and not _verb_follows(text, marker.end())
            )
        place = place_at(text, position)
        if place is not None and not self._name_goes_on(place):
            return self.location is None
        return self._firm_after_comma(position)

    def _firm_after_comma(self, position: int) -> bool:
        """Read "overlæge på hjerteafdelingen, Nordre Hospital": the employer after the unit and a comma."""
        if self.unit is None or self.has_company:
            return False
        company = read_company(self.text, position, strong=False)
        if company is None or not AFTER_FIRM.match(self.text, company.end):
            return False
        self.company = company.span
        return True

    def _step(self, position: int, *, first: bool) -> int | None:
        text = self.text
        team = AND_TEAM.match(text, position)
        if team is not None:
            part = units.part_of_team(text, team.end())
            owner = read_company(text, team.end() + 7) if text.startswith("del af ", team.end()) else None
            owner = owner or (
                read_company(text, team.end() + 10) if text.startswith("en del af ", team.end()) else None
            )
            if owner is not None and owner.owner and not self.has_company:
                self.company = owner.span
                return self.owned(owner)
            if part is not None:
                self.unit = self.unit or part
                return part[1]
        adverb = ADVERBS.match(text, position)
        if adverb is not None:
            position = adverb.end()
        opening = POSITION.match(text, position)
        if opening is not None and opening.end() > position:
            return self._after_position(opening.end())
        date = date_at(text, position)
        if date is not None:
            return date.span[1]
        marker = MARKER.match(text, position)
        if marker is None:
            if first:
                return self._role(position)
            if self.company is not None and self.company[0] == position:
                return self.company[1]
            if self.location is None and (place := places_at(text, position)) is not None:
                self.location = place
                return place[1]
            skip = SKIP_TO.match(text, position)
            return self._skip(position) if skip is not None else None
        word, after = marker.group(1), marker.end()
        if word == "som" and MARKER.match(text, after):
            return after
        if word == "som" or (word == "om" and first):
            return self._som(after)
        if word in {"hos", "ho"}:
            return self._company(after, strong=True)
        if word == "i":
            return self._in(after)
        if word.startswith("med "):
            place = places_at(text, after, guess=True)
            if place is None:
                return None
            self.location = self.location or place
            return place[1]
        if word in {"ved", "på"}:
            return self._at(after, word)
        if word == "for":
            return self._for(after)
        if first:
            return None
        return self._skip(position)

    def _after_position(self, position: int) -> int:
        if self.text.startswith("som ", position) and self.role is None:
            return self._role(position + 4) or position
        if self.role is None and self.text[position : position + 1].islower() and not MARKER.match(self.text, position):
            return self._role(position) or position
        return position

    def _role(self, position: int) -> int | None:
        text = self.text
        while text.startswith("som ", position):
            position += 4
        office = OFFICE.match(text, position)
        if office is not None and (place := places_at(text, office.end(), guess=True)) is not None:
            self.location = self.location or place
            return place[1]
        capital = not self.has_company and not text[position : position + 1].islower()
        owner = read_company(text, position, strong=False) if capital else None
        if owner is not None and owner.owner:
            if self._known(owner):
                self.company = owner.span
                position = owner.end + 1
            elif not self._title_follows(position):
                self.company = owner.span
                return self.owned(owner)
        role = role_at(text, position)
        if role is None:
            return None
        unit = units.unit_after_title(text, role)
        if unit is not None:
            self.unit = self.unit or unit
            role = (role[0], unit[0] - 1)
            self.role = role
            return unit[1]
        self.role = role
        return role[1]

    def _title_follows(self, position: int) -> bool:
        """Whether a title stands in the words before the next clause."""
        words = self.text[position : position + 120].split(",", 1)[0].split(" ")[:7]
        return any(is_title(word) for word in words)

    def _known(self, owner: Company) -> bool:
        name = self.text[owner.span[0] : owner.span[1]]
        following = self.text[owner.end + 1 : owner.end + 7].split(" ")[0]
        return following in {"nye", "ny", "første", "danske"} or self.text.count(name) > 1

    def _som(self, position: int) -> int | None:
        if self.role is not None:
            return None
        team = units.part_of_team(self.text, position)
        if team is not None:
            self.unit = self.unit or team
            return team[1]
        return self._role(position)

    def _company(self, position: int, *, strong: bool) -> int | None:
        text = self.text
        company = read_company(text, position, strong=strong)
        if company is None:
            return None
        if self.company is not None:
            return None
        self.company = company.span
        joined = WITH_FORM.match(text, company.end)
        if joined is not None and not company.owner and not AT_END.search(text[slice(*company.span)]):
            self.company = (company.span[0], joined.end())
            return joined.end()
        return self._institute(company) or self.owned(company)

    def _institute(self, company: Company) -> int | None:
        """Read "Institut for Vind ved Nordre Universitet": the university is the employer, the institute its unit."""
        text = self.text
        if not INSTITUTE.search(text[slice(*company.span)]):
            return None
        joiner = OF_UNIVERSITY.match(text, company.end)
        other = read_company(text, joiner.end()) if joiner else None
        if other is None or not UNIVERSITY.search(text[slice(*other.span)]):
            return None
        self.unit, self.company = self.unit or company.span, other.span
        return self.owned(other)

    def owned(self, company: Company) -> int:
        """Read the unit or office that a company in the genitive owns."""
        if company.town is not None:
            self.location = self.location or company.town
        if not company.owner:
            return company.end
        text = self.text
        position = company.end + 1
        office = OFFICE.match(text, position)
        if office is not None:
            place = places_at(text, office.end(), guess=True)
            if place is not None:
                self.location = self.location or place
                return place[1]
        branch = PLACE_UNIT.match(text, position)
        if branch is not None and _town(branch.group(1)):
            self.location = self.location or branch.span(1)
            return branch.end()
        unit = units.owned_unit(text, position)
        if unit is not None:
            self.unit = self.unit or unit.span
            return unit.end
        return company.end

    def _in(self, position: int) -> int | None:
        text = self.text
        branch = PLACE_UNIT.match(text, position)
        if branch is not None and _town(branch.group(1)):
            self.location = self.location or branch.span(1)
            return branch.end()
        place = places_at(text, position)
        if place is not None and not self._name_goes_on(place):
            region_as_employer = not self.has_company and text.startswith("Region ", place[0])
            if not region_as_employer:
                self.location = self.location or place
                return place[1]
        office = OFFICE.match(text, position)
        if office is not None and (place := places_at(text, office.end(), guess=True)) is not None:
            self.location = self.location or place
            return place[1]
        company = read_company(text, position, strong=False)
        if company is not None and company.owner and not self.has_company:
            self.company = company.span
            return self.owned(company)
        if (
            company is not None
            and not self.has_company
            and text[slice(*company.span)].endswith(("-gruppen", "-koncernen"))
            and not HOS.match(text, company.end)
        ):
            self.company = company.span
            return self.owned(company)
        unit = units.unit_at(text, position)
        if unit is not None:
            self.unit = self.unit or unit.span
            return unit.end
        if company is None:
            lower = units.field_at(text, position)
            if lower is None:
                return None
            if self.unit is None and (self.has_company or HOS.match(text, lower[1])):
                self.unit = lower
            return lower[1]
        if self.has_company:
            if self._is_employer(company):
                return self.owned(company)
            guessed = places_at(text, position, guess=True)
            if guessed is not None and guessed[1] == company.span[1]:
                self.location = self.location or guessed
                return guessed[1]
            if self.unit is None and not self._is_field(company.span):
                self.unit = units.with_second_part(text, self._without_employer(company.span))
            return max(company.span[1], self.unit[1] if self.unit else 0)
        hos = HOS.match(text, company.end)
        inner = I_PROPER.match(text, company.end)
        if hos is not None or (inner is not None and self._is_unit_before(company, inner.end())):
            self.unit = self.unit or company.span
            return company.span[1]
        if not company.owner and self._belongs_to_next(company):
            return self.end
        self.company = company.span
        return self._institute(company) or self.owned(company)

    def _belongs_to_next(self, company: Company) -> bool:
        """Read "i Byservice, Nordby Kommune" or "i Retail, Core, i Granit": the employer stands after its unit."""
        text = self.text
        if not text.startswith(", ", company.end):
            return False
        other = read_company(text, company.end + 2)
        name = text[slice(*other.span)] if other is not None else ""
        if other is None or name.endswith(TEAM_ENDS):
            return False
        of_unit = units.has_unit_word(text[slice(*company.span)])
        further = SECOND_UNIT.match(text, other.end)
        if of_unit and further is not None:
            self.unit, self.end = self.unit or (company.span[0], other.span[1]), further.end()
            return True
        goes_on = of_unit and not units.has_unit_word(name) and AFTER_FIRM.match(text, other.end) is not None
        if not (goes_on or PUBLIC_BODY.search(name)):
            return False
        self.unit, self.company, self.end = self.unit or company.span, other.span, self.owned(other)
        return True

    def _is_field(self, span: Span) -> bool:
        """Whether "ROLE i X" names what the person knows and no department: a product, or anything an expert is in."""
        role = self.text[slice(*self.role)].lower() if self.role else ""
        name = self.text[slice(*span)]
        return units.is_product(name) or (role.endswith(EXPERTS) and not units.has_unit_word(name))

    def _without_employer(self, span: Span) -> Span:
        """The unit alone in "Granits Servicecenter"."""
        known = self.employer or (self.text[slice(*self.company)] if self.company else "")
        for ending in ("s ", "'s ", "’s ", "' "):
            if known and self.text.startswith(known + ending, span[0]) and span[0] + len(known + ending) < span[1]:
                return (span[0] + len(known + ending), span[1])
        return span

    def _is_unit_before(self, company: Company, after: int) -> bool:
        """Whether in "i A i B" the first is a part of the second."""
        text = self.text
        if place_at(text, after, guess=True) is not None or units.unit_at(text, after) is not None:
            return False
        name = text[company.span[0] : company.span[1]]
        if AT_END.search(name) or text.count(name) > 1:
            return False
        other = read_company(text, after, strong=False)
        if other is None:
            return False
        return units.has_unit_word(name) or not units.has_unit_word(text[other.span[0] : other.span[1]])

    def _name_goes_on(self, place: Span) -> bool:
        """Whether what looks like a place begins a longer name: "Odense Kommune"."""
        token = TOKEN.match(self.text, place[1] + 1) if self.text.startswith(" ", place[1]) else None
        return token is not None and is_proper(token.group())

    def _is_employer(self, company: Company) -> bool:
        name = self.text[company.span[0] : company.span[1]].lower()
        known = self.employer or (self.text[self.company[0] : self.company[1]] if self.company else "")
        return name.startswith(known.lower()) or known.lower().startswith(name)

    def _at(self, position: int, word: str) -> int | None:
        text = self.text
        office = OFFICE.match(text, position)
        if office is not None:
            place = places_at(text, office.end(), guess=True)
            if place is not None:
                self.location = self.location or place
                return place[1]
        branch = PLACE_UNIT.match(text, position)
        if branch is not None and _town(branch.group(1)):
            self.location = self.location or branch.span(1)
            return branch.end()
        place = places_at(text, position)
        if place is not None and not self._name_goes_on(place):
            self.location = self.location or place
            return place[1]
        unit = units.unit_at(text, position)
        if unit is not None:
            self.unit = self.unit or unit.span
            return unit.end
        company = read_company(text, position, strong=word == "ved")
        if company is None:
            field = units.field_at(text, position)
            if field is not None and PLACE_OR_FIRM.match(text, field[1]):
                return field[1]
            return self._skip(position)
        if not self.has_company:
            self.company = company.span
            following = self._institute(company)
            if following is not None:
                return following
        elif not self._is_employer(company):
            if not units.is_product(text[slice(*company.span)]):
                self.unit = self.unit or company.span
            return company.span[1]
        return self.owned(company)

    def _for(self, position: int) -> int | None:
        place = places_at(self.text, position)
        if place is not None and not self._name_goes_on(place):
            self.location = self.location or place
            return place[1]
        company = read_company(self.text, position, strong=False)
        if company is None or self.has_company:
            return self._skip(position)
        self.company = company.span
        return self.owned(company)

    def _skip(self, position: int) -> int | None:
        """Over a duty or a field to the employer that the same clause still names, if it does."""
        if self.has_company:
            return self._skip_field(position)
        clause = CLAUSE.search(self.text, position)
        end = clause.start() if clause else len(self.text)
        hos = HOS.search(self.text, position, end)
        if hos is not None:
            return hos.start()
        inner = I_PROPER.search(self.text, position, end)
        if inner is not None:
            return inner.start()
        for office in AT_PROPER.finditer(self.text, position, end):
            company = read_company(self.text, office.end())
            if company is not None and company.owner:
                return office.start()
        return None

    def _skip_field(self, position: int) -> int | None:
        """Over "inden for FIELD" to the town that follows it."""
        if self.location is not None or not self.text.startswith(("inden for ", "indenfor "), position):
            return None
        clause = CLAUSE.search(self.text, position)
        for inner in I_PROPER.finditer(self.text, position, clause.start() if clause else len(self.text)):
            place = place_at(self.text, inner.end())
            if place is not None and self.text[slice(*place)] in TOWNS:
                self.location = place
                return place[1]
        return None


def _town(word: str) -> bool:
    found = place_at(word, 0, guess=True)
    return found is not None and found[1] == len(word)


def _verb_follows(text: str, position: int) -> bool:
    """Whether "som" before `position` begins a relative clause."""
    token = TOKEN.match(text, position)
    return token is not None and token.group() in RELATIVE_WORDS
