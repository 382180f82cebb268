"""The walk through "som ROLE i UNIT hos COMPANY i TOWN": each preposition decides what the words after it are.

Callers use `phrases.job_phrase`; this room holds the walk alone.
"""

from __future__ import annotations

import re

from scraper.parsers.danish import units
from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.dates import date_at
from scraper.parsers.danish.places import TOWNS, place_at, places_at
from scraper.parsers.danish.roles import is_danish_title, is_title, role_at
from scraper.parsers.job_prepositions import JobPrepositions
from scraper.parsers.job_slots import JobPhrase
from scraper.parsers.job_words import (
    ADVERBS,
    AFTER_FIRM,
    AND_TEAM,
    ASIDE,
    FIELD_OF_TITLE,
    IN_BRACKETS,
    MARKER,
    MEMBER_AT,
    OFFICE,
    POSITION,
    POSITION_NOUNS,
    RELATIVE_VERBS,
    RELATIVE_WORDS,
    SHARED,
    SKIP_TO,
    TOKEN,
    TWO_TITLES,
)
from scraper.records import Span


class JobReader(JobPrepositions):
    """Walks one phrase from left to right and fills the slots of a JobPhrase."""

    __slots__ = ()

    def walk(self, start: int) -> JobPhrase:
        """Read the phrase that begins at `start`."""
        text = self.text
        position = start
        self.end = start
        self.names_position = any(map(text.__contains__, POSITION_NOUNS))
        for step in range(16):
            while text.startswith(" ", position):
                position += 1
            following = self._step(position, first=step == 0)
            if following is None or following <= position:
                break
            position = self.end = following
            if text.startswith(" (", position) and self.company and (aside := ASIDE.match(text, position)):
                position = self.end = aside.end()
            if text.startswith(", ", position):
                if not self._comma(position + 2):
                    break
                position += 2
        return JobPhrase(self.role, self.company, self.unit, self.location, self.end)

    def _comma(self, position: int) -> bool:
        """Whether the phrase goes on after a comma before `position`."""
        text = self.text
        if SHARED.match(text, position) is not None:
            return self.unit is None
        marker = MARKER.match(text, position)
        if marker is not None:
            return marker.group(1) in {"hos", "i", "ved", "på", "med base i", "ho"} or (
                marker.group(1) == "som" and self.role is None and not _verb_follows(text, marker.end())
            )
        place = place_at(text, position)
        if place is not None and not self.name_goes_on(place):
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
        team = AND_TEAM.match(text, position) if text.startswith("og ", position) else None
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
            member = MEMBER_AT.match(text, position)
            if member is not None:
                return member.end()
        shared = SHARED.match(text, position) if self.unit is None and text.startswith("delt ", position) else None
        if shared is not None:
            self.unit = (shared.end(), units.proper_run(text, shared.end()))
            return self.unit[1]
        adverb = ADVERBS.match(text, position)
        if adverb is not None:
            position = adverb.end()
        opening = POSITION.match(text, position) if self.names_position else None
        if opening is not None and opening.end() > position:
            if self.has_company and text.startswith("fra ", position):
                return None  # "til Granit fra en stilling som tester": the post that is left
            return self._after_position(opening.end())
        date = date_at(text, position)
        if date is not None:
            return (self._role_behind(date.span[1] + 1) if first else None) or date.span[1]
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
            return self.read_employer(after, strong=True)
        if word == "i" and text.startswith("spidsen for ", after) and not self.has_company:
            return self.read_employer(after + 12, strong=False)
        if word == "i":
            return self._in(after)
        if word in {"med tilknytning til", "tilknyttet"}:
            return self._at(after, "ved")
        if word.startswith("med "):
            place = places_at(text, after, guess=True)
            if place is None:
                return self.branch(after)
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

    def _role_behind(self, position: int) -> int | None:
        """Read the title right behind a day: "bliver pr. 1. maj it-chef"; None where no title stands there."""
        role = role_at(self.text, position) if not MARKER.match(self.text, position) else None
        titled = role is not None and any(map(is_title, self.text[slice(*role)].split(" ")))
        return self._role(position) if titled else None

    def _role(self, position: int) -> int | None:
        text = self.text
        while text.startswith("som ", position):
            position += 4
        if date_at(text, position) is not None:
            return None
        office = OFFICE.match(text, position)
        if office is not None and (place := places_at(text, office.end(), guess=True)) is not None:
            self.location = self.location or place
            return place[1]
        capital = not self.has_company and not text[position : position + 1].islower()
        owner = read_company(text, position, strong=False) if capital else None
        if owner is not None and owner.owner:
            if self.known(owner):
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
        team = units.unit_at(text, position) if text.endswith(("teamet", "afdelingen"), *role) else None
        if team is not None and team.span == role:
            self.unit = self.unit or team.span
            return team.end
        ends = (", hos ", ", i ", ", med ", ", hvor ") if self.has_company else (", hos ", ", i ")
        field = FIELD_OF_TITLE.search(text, *role) if text.startswith(ends, role[1]) else None
        if field is not None and is_danish_title(text[role[0] : field.start()]):
            area = places_at(text, field.start(1))
            named = text.startswith(ends[2:], role[1]) or text[role[1] + 2 : role[1] + 8].split(" ")[1][:1].isupper()
            if area is not None and area == field.span(1):
                self.location = self.location or area
            elif named:
                self.unit = self.unit or field.span(1)
            self.role = (role[0], field.start())
            return role[1]
        self.role = role
        if (
            text.endswith(".", *role)
            and not self.has_company
            and (house := read_company(text, role[1] + 1, strong=False))
        ):
            self.company = house.span
            return self.owned(house)
        two = None if self.has_company else TWO_TITLES.match(text, max(text.find(" for og ", *role), 0) or role[1])
        if two is not None:
            return self._house_of_two(two, role)
        town = IN_BRACKETS.match(text, role[1]) if text.startswith(" (", role[1]) else None
        if town is not None and town.group(1) in TOWNS:
            self.location = self.location or town.span(1)
            return town.end()
        return role[1]

    def _house_of_two(self, titles: re.Match[str], role: Span) -> int | None:
        """Read "direktør i og stifter af Granit og Birk A/S": two titles, then their house or houses."""
        self.role = (role[0], titles.start("of"))
        end = self.read_employer(titles.end(), strong=True)
        other = read_company(self.text, end + 4, strong=False) if end and self.text.startswith(" og ", end) else None
        return other.end if other is not None else end

    def _title_follows(self, position: int) -> bool:
        """Whether a title stands in the words before the next clause."""
        words = self.text[position : position + 120].split(",", 1)[0].split(" ")[:7]
        return any(is_title(word) for word in words)

    def _som(self, position: int) -> int | None:
        if self.role is not None or self.text.startswith(RELATIVE_VERBS, position):
            return None
        team = units.part_of_team(self.text, position)
        if team is not None:
            self.unit = self.unit or team
            return team[1]
        return self._role(position)


def _verb_follows(text: str, position: int) -> bool:
    """Whether "som" before `position` begins a relative clause."""
    token = TOKEN.match(text, position)
    return token is not None and token.group() in RELATIVE_WORDS
