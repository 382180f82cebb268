"""What is known of a job while its phrase is read: the slots, the employer, and the unit or office it owns."""

from __future__ import annotations

from typing import NamedTuple

from scraper.legal_forms import AT_END, without_legal_form
from scraper.parsers.danish import units
from scraper.parsers.danish.companies import Company, read_company
from scraper.parsers.danish.descriptors import is_proper
from scraper.parsers.danish.places import place_at, places_at
from scraper.parsers.job_words import (
    AFTER_FIRM,
    EXPERTS,
    INSTITUTE,
    OF_UNIVERSITY,
    OFFICE,
    PART_OF_SCHOOL,
    PLACE_UNIT,
    PUBLIC_BODY,
    SECOND_UNIT,
    TEAM_ENDS,
    TOKEN,
    UNIVERSITY,
    WITH_FORM,
)
from scraper.records import Span


class JobPhrase(NamedTuple):
    """What a phrase says of a job, as spans of the text, and where it ended."""

    role: Span | None = None
    company: Span | None = None
    unit: Span | None = None
    location: Span | None = None
    end: int = 0


class JobSlots:
    """The parts of a job as far as they are read, and what can be told from them."""

    __slots__ = ("company", "employer", "end", "location", "names_position", "role", "text", "unit")

    def __init__(self, text: str, employer: str | None) -> None:
        self.text = text
        self.employer = employer
        self.role: Span | None = None
        self.company: Span | None = None
        self.unit: Span | None = None
        self.location: Span | None = None
        self.end = 0
        self.names_position = True

    @property
    def has_company(self) -> bool:
        """Whether the employer is known already."""
        return self.company is not None or self.employer is not None

    def known(self, owner: Company) -> bool:
        """Whether an owner at the start of a phrase is a company: "ny" follows it, or the text names it again."""
        name = self.text[owner.span[0] : owner.span[1]]
        following = self.text[owner.end + 1 : owner.end + 7].split(" ")[0]
        return following in {"nye", "ny", "første", "danske"} or self.text.count(name) > 1

    def read_employer(self, position: int, *, strong: bool) -> int | None:
        """Fill the employer with the company at `position`; where its phrase ends, None when none stands there."""
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
        return self.institute(company) or self.part_after(company) or self.owned(company)

    def institute(self, company: Company) -> int | None:
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
        office = self.office(position)
        if office is not None:
            return office
        branch = self.branch(position)
        if branch is not None:
            return branch
        unit = units.owned_unit(text, position)
        if unit is None:
            return company.end
        if AT_END.search(text[slice(*unit.span)]):
            self.company = unit.span  # a daughter, named with its form
        else:
            self.unit = self.unit or unit.span
        return unit.end

    def office(self, position: int) -> int | None:
        """Read an office and its town, "kontor i Vejle": where the town ends, None when none stands there."""
        found = OFFICE.match(self.text, position)
        place = places_at(self.text, found.end(), guess=True) if found else None
        if place is None:
            return None
        self.location = self.location or place
        return place[1]

    def branch(self, position: int) -> int | None:
        """Read a branch named by its town, "nye Kolding-afdeling": where it ends, None when none stands there."""
        found = PLACE_UNIT.match(self.text, position)
        if found is None or not is_town(found.group(1)):
            return None
        self.location = self.location or found.span(1)
        return found.end()

    def part_after(self, company: Company) -> int | None:
        """Read the department behind its employer and a comma: "i Granit, Nova Management Division"; or None."""
        if company.owner or not self.text.startswith(", ", company.end):
            return None
        part = units.division_at(self.text, company.end + 2)
        if part is not None and self.text.startswith(" hos ", part[1]):
            self.company, part = None, (company.span[0], part[1])
        if part is not None:
            self.unit = self.unit or part
        return part[1] if part else None

    def belongs_to_next(self, company: Company) -> bool:
        """Read "i Byservice, Nordby Kommune" or "i Retail, Core, i Granit": the employer stands after its unit."""
        text = self.text
        if not text.startswith(", ", company.end):
            return False
        other = read_company(text, company.end + 2)
        name = text[slice(*other.span)] if other is not None else ""
        if other is None or name.endswith(TEAM_ENDS):
            return False
        part = text[slice(*company.span)]
        of_unit = units.has_unit_word(part) or PART_OF_SCHOOL.match(part) is not None
        further = SECOND_UNIT.match(text, other.end)
        if of_unit and further is not None:
            self.unit, self.end = self.unit or (company.span[0], other.span[1]), further.end()
            return True
        goes_on = of_unit and not units.has_unit_word(name) and AFTER_FIRM.match(text, other.end) is not None
        if not (goes_on or PUBLIC_BODY.search(name)):
            return False
        self.unit, self.company, self.end = self.unit or company.span, other.span, self.owned(other)
        return True

    def is_field(self, span: Span) -> bool:
        """Whether "ROLE i X" names what the person knows and no department: a product, or anything an expert is in."""
        role = self.text[slice(*self.role)].lower() if self.role else ""
        name = self.text[slice(*span)]
        return units.is_product(name) or (role.endswith(EXPERTS) and not units.has_unit_word(name))

    def without_employer(self, span: Span) -> Span:
        """The unit alone in "Granits Servicecenter"."""
        known = without_legal_form(self.employer or (self.text[slice(*self.company)] if self.company else ""))
        for ending in ("s ", "'s ", "’s ", "' "):
            if known and self.text.startswith(known + ending, span[0]) and span[0] + len(known + ending) < span[1]:
                return (span[0] + len(known + ending), span[1])
        return span

    def is_unit_before(self, company: Company, after: int) -> bool:
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

    def name_goes_on(self, place: Span) -> bool:
        """Whether what looks like a place begins a longer name: "Odense Kommune"."""
        token = TOKEN.match(self.text, place[1] + 1) if self.text.startswith(" ", place[1]) else None
        return token is not None and is_proper(token.group())

    def is_employer(self, company: Company) -> bool:
        """Whether a company is the employer that is known already, or a form of its name."""
        name = self.text[company.span[0] : company.span[1]].lower()
        known = self.employer or (self.text[self.company[0] : self.company[1]] if self.company else "")
        return name.startswith(known.lower()) or known.lower().startswith(name)

    def is_responsible(self) -> bool:
        """Whether the role so far is "ansvarlig", after which "for" tells the duty."""
        return self.role is not None and self.text.endswith("ansvarlig", *self.role)


def is_town(word: str) -> bool:
    """Whether a word is, or looks like, a town."""
    found = place_at(word, 0, guess=True)
    return found is not None and found[1] == len(word)
