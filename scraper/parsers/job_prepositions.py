"""What the words behind "i", "ved", "på" and "for" are in the phrase of a job: town, office, unit, employer or duty."""

from __future__ import annotations

from scraper.legal_forms import AT_END
from scraper.parsers.danish import units
from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.places import TOWNS, place_at, places_at
from scraper.parsers.job_slots import JobSlots
from scraper.parsers.job_words import (
    AT_PROPER,
    CLAUSE,
    EXPERTS,
    HOS,
    I_PROPER,
    IN_WORD,
    NAMED_TEAM,
    OF_FIRM,
    PLACE_OR_FIRM,
    REGION,
)


class JobPrepositions(JobSlots):
    """The slots of a job, filled by what stands behind a preposition; each gives where its words end, or None."""

    __slots__ = ()

    def _in(self, position: int) -> int | None:
        text = self.text
        branch = self.branch(position)
        if branch is not None:
            return branch
        place = places_at(text, position + 5 if text.startswith("hele ", position) else position)
        if place is not None and not self.name_goes_on(place):
            region_as_employer = not self.has_company and text.startswith("Region ", place[0])
            if not region_as_employer:
                self.location = self.location or place
                return place[1]
        office = self.office(position)
        if office is not None:
            return office
        own = OF_FIRM.match(text, position)
        if own is not None and (branch := self.branch(own.end())) is not None:
            return branch
        if own is not None and (unit := units.owned_unit(text, own.end())) is not None:
            self.unit = self.unit or unit.span
            return unit.end
        if self.has_company and self.unit is None and (named := NAMED_TEAM.match(text, position)) is not None:
            self.unit = (position, units.proper_run(text, named.end()))
            return self.unit[1]
        region = REGION.match(text, position)
        if region is not None:
            self.location = self.location or region.span()
            return region.end()
        company = read_company(text, position, strong=False)
        if company is not None and company.owner and not self.has_company:
            self.company = company.span
            return self._house_of_part(self.owned(company))
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
            expert = self.role is not None and text[slice(*self.role)].lower().endswith(EXPERTS)
            expert = expert or units.leads(text[slice(*lower)])
            team = text.endswith(("team", "afdeling"), *lower)
            if self.unit is None and not expert and (self.has_company or team or HOS.match(text, lower[1])):
                self.unit = lower
            return lower[1]
        if self.has_company:
            if self.is_employer(company):
                return self.owned(company)
            guessed = places_at(text, position, guess=True)
            if guessed is not None and guessed[1] == company.span[1]:
                self.location = self.location or guessed
                return guessed[1]
            if self.unit is None and not self.is_field(company.span) and not AT_END.search(text[slice(*company.span)]):
                self.unit = units.with_second_part(text, self.without_employer(company.span))
            return max(company.span[1], self.unit[1] if self.unit else 0)
        hos = HOS.match(text, company.end)
        inner = I_PROPER.match(text, company.end)
        if hos is not None or (inner is not None and self.is_unit_before(company, inner.end())):
            if not self.is_field(company.span):
                self.unit = self.unit or company.span
            return company.span[1]
        if not company.owner and self.belongs_to_next(company):
            return self.end
        self.company = company.span
        return self.institute(company) or self.part_after(company) or self.owned(company)

    def _at(self, position: int, word: str) -> int | None:
        text = self.text
        office = self.office(position)
        if office is not None:
            return office
        branch = self.branch(position)
        if branch is not None:
            return branch
        place = places_at(text, position)
        if place is not None and not self.name_goes_on(place):
            self.location = self.location or place
            return place[1]
        unit = units.unit_at(text, position)
        if unit is not None and text.startswith(" i ", unit.end) and text.endswith("området", *unit.span):
            unit = units.unit_at(text, unit.end + 3) or unit
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
            if not company.owner and self.belongs_to_next(company):
                return self.end
            self.company = company.span
            following = self.institute(company)
            if following is not None:
                return following
        elif not self.is_employer(company):
            name = text[slice(*company.span)]
            if not units.is_product(name) and (word == "ved" or units.has_unit_word(name)):
                self.unit = self.unit or company.span
            return company.span[1]
        return self.owned(company)

    def _for(self, position: int) -> int | None:
        place = places_at(self.text, position)
        if place is not None and not self.name_goes_on(place):
            self.location = self.location or place
            return place[1]
        own = None if self.is_responsible() else OF_FIRM.match(self.text, position)
        unit = units.owned_unit(self.text, own.end()) if own else units.unit_at(self.text, position)
        if unit is not None:
            self.unit = self.unit or unit.span
            return unit.end
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
        if (self.location is not None and self.unit is not None) or not self.text.startswith(
            ("inden for ", "indenfor "), position
        ):
            return None
        clause = CLAUSE.search(self.text, position)
        end = clause.start() if clause else len(self.text)
        if self.unit is None:
            area = units.named_area_at(self.text, self.text.index("for ", position) + 4)
            if area is not None:
                self.unit = area
                return area[1]
            for inner in IN_WORD.finditer(self.text, position, end):
                unit = units.unit_at(self.text, inner.end())
                if unit is not None and unit.end <= end:
                    self.unit = unit.span
                    return unit.end
        for inner in I_PROPER.finditer(self.text, position, end):
            place = place_at(self.text, inner.end())
            if place is not None and self.text[slice(*place)] in TOWNS:
                self.location = place
                return place[1]
        return None

    def _house_of_part(self, end: int) -> int:
        """Read " hos Birk A/S" behind "i Granits team": the house that the owner of the team is a part of."""
        house = read_company(self.text, end + 5) if self.text.startswith(" hos ", end) else None
        if house is None or house.owner or self.unit is None:
            return end
        self.company = house.span
        return house.end
