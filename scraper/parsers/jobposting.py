"""JSON-LD of a page to job ads: every schema.org JobPosting in it, wherever it hangs.

Source of the fields: https://schema.org/JobPosting and what Danish boards make of it: `@graph`, arrays, several blocks,
raw control characters inside strings, comments around the block, 0001-01-01 for "no deadline".
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from scraper.parsers.danish.text import clean
from scraper.records import Evidence, JobAd, Problem

MAX_BLOCK = 1_000_000
"""Characters of one JSON-LD block; a longer one is no job ad."""
MAX_NODES = 20_000
MAX_DEPTH = 40
MAX_ADS = 500
MAX_FIELD = 300

_WRAPPERS = re.compile(r"\A\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|"
                       r"(?://\s*)?(?:-->|\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*\Z")  # fmt: skip
_RAW_CONTROLS = re.compile(r"[\x00-\x1f\u2028\u2029]")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_TAGS = re.compile(r"<[^<>]{1,300}>")
_DAY = re.compile(r"\s{0,20}(\d{4})-(\d{2})-(\d{2})")
_DANISH_DAY = re.compile(r"\s{0,20}(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_EARLIEST_YEAR = 1990


def _load(block: str) -> Any:
    """The JSON of a block, mended where boards write it wrong. Raises ValueError where nothing helps."""
    text = _WRAPPERS.sub("", block.strip("\ufeff \t\r\n"))
    try:
        return json.loads(text, strict=False)
    except ValueError:
        text = _TRAILING_COMMA.sub(r"\1", _RAW_CONTROLS.sub(" ", text)).strip().rstrip(";")
        return json.loads(text, strict=False)


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    """Every object of a block in reading order, however deep it hangs, up to the limits."""
    waiting: deque[tuple[Any, int]] = deque([(data, 0)])
    seen = 0
    while waiting and seen < MAX_NODES:
        node, depth = waiting.popleft()
        seen += 1
        if isinstance(node, Mapping):
            yield node
        children = node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ()
        if depth < MAX_DEPTH:
            waiting.extend((child, depth + 1) for child in children if isinstance(child, Mapping | list))


def _is_posting(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] == "JobPosting"
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _text(value: Any, *names: str) -> str | None:
    """The readable text of a value: a string, a number, the named field of an object, or the first of a list."""
    for _ in range(6):
        if isinstance(value, list):
            value = next((item for item in value if item), None)
        elif isinstance(value, Mapping):
            value = next((value[name] for name in (*names, "@value") if value.get(name)), None)
        else:
            break
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)[: MAX_FIELD * 10]
    for _ in range(2):  # boards escape titles twice
        text = html.unescape(text)
    return clean(_TAGS.sub(" ", text))[:MAX_FIELD].strip() or None


def _day(value: Any) -> date | None:
    """The day of an ISO or Danish date; None for none, an impossible one, or one that stands for "open"."""
    text = _text(value) or ""
    iso, danish = _DAY.match(text), _DANISH_DAY.match(text)
    parts = iso.groups() if iso else danish.groups()[::-1] if danish else None
    if parts is None:
        return None
    try:
        day = date(*(int(part) for part in parts))
    except ValueError:
        return None
    return day if _EARLIEST_YEAR <= day.year < 9000 else None


def _region(node: Mapping[str, Any]) -> str | None:
    """The area of the job, else its town, else its country; several places joined by commas."""
    places = node.get("jobLocation")
    said: list[str] = []
    for place in (places if isinstance(places, list) else [places])[:20]:
        address = place.get("address", place) if isinstance(place, Mapping) else place
        if isinstance(address, list):
            address = next((item for item in address if item), None)
        region = _text(address, "addressRegion", "addressLocality", "addressCountry", "name")
        if region and region not in said:
            said.append(region)
    if not said and _text(node.get("jobLocationType")) == "TELECOMMUTE":
        area = _text(node.get("applicantLocationRequirements"), "name")
        said = [area] if area else []
    return ", ".join(said) or None


def _employment(value: Any) -> str | None:
    kinds = [_text(item) for item in (value if isinstance(value, list) else [value])[:10]]
    return ", ".join(kind for kind in kinds if kind) or None


def written_out(fields: Mapping[str, str | None]) -> tuple[str, Evidence]:
    """A readable text of the filled fields, one on each line, and where each stands in it."""
    lines: list[str] = []
    evidence: dict[str, tuple[int, int]] = {}
    length = 0
    for name, value in fields.items():
        if value:
            evidence[name] = (length, length + len(value))
            lines.append(value)
            length += len(value) + 1
    return "\n".join(lines), evidence


def _ad(node: Mapping[str, Any], page_url: str | None) -> JobAd | None:
    title = _text(node.get("title"), "name") or _text(node.get("name"))
    company = _text(node.get("hiringOrganization"), "name", "legalName")
    if not title or not company:
        return None
    posted, deadline = _day(node.get("datePosted")), _day(node.get("validThrough"))
    address = _text(node.get("url"), "@id", "url")
    url = address if address and address.startswith(("http://", "https://")) else page_url
    region = _region(node)
    employment_type = _employment(node.get("employmentType"))
    identifier = _text(node.get("identifier"), "value", "name", "@id")
    text, evidence = written_out(
        {
            "company": company,
            "title": title,
            "region": region,
            "posted": posted.isoformat() if posted else None,
            "deadline": deadline.isoformat() if deadline else None,
            "employment_type": employment_type,
            "identifier": identifier,
            "url": url,
        }
    )
    return JobAd(
        company=company,
        title=title,
        region=region,
        url=url,
        posted=posted,
        deadline=deadline,
        employment_type=employment_type,
        identifier=identifier,
        text=text,
        evidence=evidence,
        rule="jobposting",
    )


def read_json_ld(blocks: list[str], page_url: str | None = None) -> tuple[list[JobAd], list[Problem]]:
    """The job ads of a page's JSON-LD blocks, each once, and what was wrong with the blocks.

    `page_url` is the address of an ad that names none and stands alone on its page.
    """
    ads: list[JobAd] = []
    problems: list[Problem] = []
    for block in blocks:
        if not block.strip():
            continue
        if len(block) > MAX_BLOCK:
            problems.append(
                Problem(code="bad_json_ld", message="A JSON-LD block is too large to read.", text=block[:200])
            )
            continue
        try:
            data = _load(block)
        except (ValueError, RecursionError) as error:
            message = f"A JSON-LD block is no JSON: {error}"
            problems.append(Problem(code="bad_json_ld", message=message[:300], text=block[:500]))
            continue
        postings = [node for node in _nodes(data) if _is_posting(node)]
        for node in postings[:MAX_ADS]:
            ad = _ad(node, page_url if len(postings) == 1 else None)
            if ad is None:
                problems.append(
                    Problem(
                        code="incomplete_job_posting",
                        message="A JobPosting names no title or no organisation.",
                        text=", ".join(map(str, node))[:500],
                    )
                )
            elif ad not in ads:
                ads.append(ad)
    return ads, problems
