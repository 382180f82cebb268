"""The small language in which somebody says which moves and job ads they want: for watches and feeds.

    company:"Nordlys Data" role:arkitekt,udvikler region:Midtjylland kind:hire

Each key narrows what is wanted; several values of one key, parted by commas or under the key again, widen it. A value
with blanks, commas or colons stands in quotes. `parse` gives a Filter or says what is wrong and what there is;
`where` makes the condition on `move_fact` (as x, with `move` as m) or on `job_ad_fact` (as x, with `job_ad` as a).

People are no key: the program shows who moves, it does not follow anybody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.identity import company_key, fold
from db.places import REGIONS
from db.roles import FUNCTIONS, SENIORITIES
from scraper.errors import FilterError
from scraper.records import MoveKind

JOB_AD = "job_ad"
KEYS: Mapping[str, str] = {
    "company": "the company that hires or advertises, in whatever spelling",
    "from": "the company that somebody comes from; moves alone",
    "role": "words that stand in the role or in the ad's title",
    "function": "the kind of work: development, data, sales, …",
    "seniority": "trainee, junior, professional, senior, lead, manager, director, executive or board",
    "region": "Hovedstaden, Sjælland, Syddanmark, Midtjylland, Nordjylland, Udlandet, Færøerne or Grønland",
    "kind": "hire, promotion, …, or job_ad",
}
WORDS: Mapping[str, Sequence[str]] = {
    "function": FUNCTIONS,
    "seniority": SENIORITIES,
    "region": REGIONS,
    "kind": [*(kind.value for kind in MoveKind), JOB_AD],
}
"""The keys that take one of a few words."""
MOST_CHARACTERS = 500
_VALUE = r'"(?:[^"]*)"|“[^”]*”|[^\s",“”:]+'
_TERM = re.compile(rf"\s*(?P<key>\w+):(?P<values>(?:{_VALUE})(?:,(?:{_VALUE}))*)(?=\s|\Z)")
_ONE = re.compile(_VALUE)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted: for each key its values, as the database holds them."""

    wanted: Mapping[str, tuple[str, ...]]

    def __str__(self) -> str:
        """The filter as it is written, the same for filters that want the same."""
        return " ".join(f"{key}:{','.join(map(_written, self.wanted[key]))}" for key in KEYS if key in self.wanted)

    @property
    def records(self) -> tuple[str, ...]:
        """Which records it can want: `move`, `job_ad`."""
        kinds = self.wanted.get("kind")
        moves = kinds is None or any(kind != JOB_AD for kind in kinds)
        ads = "from" not in self.wanted and (kinds is None or JOB_AD in kinds)
        return tuple(name for name, may in (("move", moves), (JOB_AD, ads)) if may)


def parse(text: str) -> Filter:
    """The filter that a text says. Raises FilterError, with what is wrong and which keys or words there are."""
    if not text.strip():
        raise FilterError("The filter is empty.", hint=_HELP)
    if len(text) > MOST_CHARACTERS:
        raise FilterError(f"A filter has at most {MOST_CHARACTERS} characters.")
    wanted: dict[str, list[str]] = {}
    at = 0
    while text[at:].strip():
        match = _TERM.match(text, at)
        if match is None:
            raise _not_understood(text[at:].strip())
        key = match["key"].casefold()
        if key not in KEYS:
            raise FilterError(f"There is no key {match['key']!r}.", hint=_HELP)
        values = (value.group().strip('"“”').strip() for value in _ONE.finditer(match["values"]))
        kept = wanted.setdefault(key, [])
        kept += [one for value in values if (one := _value(key, value)) not in kept]
        at = match.end()
    found = Filter({key: tuple(values) for key, values in wanted.items()})
    if not found.records:
        raise FilterError("Nothing can match: an ad has no `from`.", hint="Leave out kind:job_ad or from:.")
    return found


_HELP = f'Write key:value, with blanks in quotes: company:"Nordlys Data" role:arkitekt. Keys: {", ".join(KEYS)}.'


def _not_understood(rest: str) -> FilterError:
    if rest.count('"') % 2:
        return FilterError(f"A quote is opened and not closed: {rest}", hint=_HELP)
    key, colon, value = rest.split(maxsplit=1)[0].partition(":")
    if not colon:
        return FilterError(f"{key!r} stands without a key: for words in a role write role:{key}.", hint=_HELP)
    if not value:
        return FilterError(f"{key}: has no value.", hint="No blank stands after the colon." if " " in rest else _HELP)
    return FilterError(f"Not understood: {rest.split(maxsplit=1)[0]}", hint=_HELP)


def _value(key: str, value: str) -> str:
    if not value:
        raise FilterError(f"{key}: has an empty value.", hint=_HELP)
    if key not in WORDS:
        return value
    for word in WORDS[key]:
        if fold(word) == fold(value):
            return word
    raise FilterError(f"There is no {key} {value!r}.", hint=f"There are: {', '.join(WORDS[key])}.")


def _written(value: str) -> str:
    return f'"{value}"' if re.search(r"[\s,:]", value) else value


_COMPANY = (
    "x.{column} = coalesce((SELECT company_id FROM company_alias WHERE key = ?),"
    " (SELECT company_id FROM company_alias WHERE key = ?))"
)
"""A spelling that was split off a company is a key of its own, `=` before it, and counts first."""


def where(wanted: Filter, record: str) -> tuple[str, list[str]]:
    """The SQL condition for a `move` or a `job_ad`, and its parameters in order; every value is a parameter."""
    conditions: list[str] = []
    parameters: list[str] = []
    title = "m.role_folded" if record == "move" else "a.title_folded"
    for key, values in wanted.wanted.items():
        marks = ", ".join("?" * len(values))
        if key in {"company", "from"}:
            column = "company_id" if key == "company" else "previous_company_id"
            conditions.append(f"({' OR '.join([_COMPANY.format(column=column)] * len(values))})")
            parameters += [key for value in values for key in (f"={fold(value)}", company_key(value))]
        elif key == "role":
            conditions.append(f"({' OR '.join([f'instr({title}, ?) > 0'] * len(values))})")
            parameters += [fold(value) for value in values]
        elif key == "kind":
            if record == "move":
                conditions.append(f"x.kind IN ({marks})")
                parameters += values
        else:
            conditions.append(f"x.{key} IN ({marks})")
            parameters += values
    return " AND ".join(conditions) or "1", parameters
