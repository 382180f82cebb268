"""Reservations against text and data mining: found wherever a site may say them. Pure functions of what came.

Article 4(3) of directive (EU) 2019/790 lets whoever owns the rights keep them "in an appropriate manner, such as
machine-readable means". There are five such means in use, and none is looked for in place of another: one that
reserves is enough. What counts is whom the words speak to. Said to everybody, or to us by name, they bind us; said to
other robots by name they are noted, and bind us only where config.yaml says `tdm: strict`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from scraper.fetchers.robots import RobotsFile

TDMREP = "/.well-known/tdmrep.json"
"""Where a site keeps its reservations by the TDM Reservation Protocol (W3C community group, final report of 2024)."""

AI_CRAWLERS = frozenset(
    """
    amazonbot anthropic-ai applebot-extended bytespider ccbot chatgpt-user claude-web claudebot cohere-ai
    cohere-training-data-crawler diffbot facebookbot google-cloudvertexbot google-extended gptbot icc-crawler
    imagesiftbot kangaroo meta-externalagent oai-searchbot omgili omgilibot pangubot perplexitybot
    petalbot timpibot webzio-extended youbot
    """.split()
)
"""Robots that gather text for language models, in lower case: to shut these out of a whole site is the usual way of
reserving it against such use."""
_AI_WORDS = frozenset({"noai", "noimageai", "notrain"})
"""Words of `X-Robots-Tag` and `<meta name="robots">` that say so."""
_NO = frozenset({"no", "n", "0", "false"})
_YES = frozenset({"1", "true"})
_SIGNS = re.compile(rb"tdm-reservation|noai|noimageai|notrain", re.IGNORECASE)
_LONGEST = 300
"""Characters of a site's words that are kept."""
_MOST = 10


@dataclass(frozen=True, slots=True)
class Reservation:
    """What was said, and where. `to_us`: to everybody or to us by name, and not to other robots alone."""

    carrier: str
    words: str
    to_us: bool = True

    def __str__(self) -> str:
        """As it is kept with the fetch."""
        return f"{self.carrier}: {_tidy(self.words)}{'' if self.to_us else ' (said to others)'}"


def in_robots(rules: RobotsFile | None, url: str) -> list[Reservation]:
    """What robots.txt says: wishes in our own group, or in that for all; AI crawlers that it shuts out by name."""
    if rules is None:
        return []
    found = []
    usage: list[tuple[str, str]] = []
    for field, value in rules.wishes:
        if field == "content-usage":
            path, _, wishes = value.partition(" ") if value.startswith("/") else ("/", "", value)
            usage.append((path, wishes))
        elif (field == "tdm-reservation" and value.lower() in _YES) or (field == "content-signal" and _refuses(value)):
            found.append(Reservation("robots.txt", f"{field.title()}: {value}"))
    matching = [(path, wishes) for path, wishes in usage if matches(path, url)]
    longest = max((len(path) for path, _ in matching), default=0)
    found += [
        Reservation("robots.txt", f"Content-Usage: {path} {wishes}")
        for path, wishes in matching
        if len(path) == longest and _refuses(wishes)
    ]
    others = sorted(agent for agent in AI_CRAWLERS if rules.shuts_out(agent))
    if others:
        found.append(Reservation("robots.txt", f"Disallow: / for {', '.join(others)}", to_us=False))
    return found


def in_tdmrep(body: bytes | None, url: str) -> list[Reservation]:
    """What the site's tdmrep.json says of `url`; nothing when it is no such file.

    Where several of its rules match, the first and the longest are looked at, since readers of the protocol differ in
    which of the two decides: the page is free only when both say so.
    """
    try:
        read: Any = json.loads((body or b"[]").decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return []
    rules = [rule for rule in (read if isinstance(read, list) else [read]) if isinstance(rule, dict)]
    matching = [rule for rule in rules if matches(str(rule.get("location", "")), url)]
    if not matching:
        return []
    longest = max(matching, key=lambda rule: len(str(rule["location"])))
    for rule in (matching[0], longest):
        if str(rule.get("tdm-reservation", "")).strip().lower() in _YES:
            words = f"{rule['location']} tdm-reservation: 1{_policy(rule.get('tdm-policy'))}"
            return [Reservation("tdmrep.json", words)]
    return []


def in_headers(headers: Iterable[tuple[str, str]], token: str) -> list[Reservation]:
    """What the headers of an answer say; `headers` holds each line apart."""
    found = []
    lines = [(name.lower(), value.strip()) for name, value in headers]
    policy = next((value for name, value in lines if name == "tdm-policy"), None)
    for name, value in lines:
        if name == "tdm-reservation" and value.lower() in _YES:
            found.append(Reservation("header", f"tdm-reservation: {value}{_policy(policy)}"))
        elif name == "content-usage" and _refuses(value):
            found.append(Reservation("header", f"Content-Usage: {value}"))
        elif name == "x-robots-tag":
            named = re.match(r"([\w*-]+)\s*:(?!/)\s*(.*)", value)
            agent, words = (named.group(1).lower(), named.group(2)) if named else ("*", value)
            if _speaks_of_ai(words):
                found.append(Reservation("header", f"X-Robots-Tag: {value}", to_us=agent in {"*", token.lower()}))
    return found


def in_page(body: bytes, token: str) -> list[Reservation]:
    """What the `meta` elements of a page say; those in comments and scripts are none."""
    if not _SIGNS.search(body.replace(b"\0", b"")):
        return []
    try:
        tree: Any = html.document_fromstring(body, parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    said = [
        (str(meta.get("name") or meta.get("http-equiv") or "").strip().lower(), str(meta.get("content") or "").strip())
        for meta in tree.iter("meta")
    ]
    policy = next((content for name, content in said if name == "tdm-policy"), None)
    found = []
    for name, content in said:
        if name == "tdm-reservation" and content.lower() in _YES:
            found.append(Reservation("meta", f"tdm-reservation: {content}{_policy(policy)}"))
        elif name in {"robots", token.lower(), "x-robots-tag"} | AI_CRAWLERS and _speaks_of_ai(content):
            found.append(Reservation("meta", f"{name}: {content}", to_us=name not in AI_CRAWLERS))
    return found


def matches(pattern: str, url: str) -> bool:
    """Whether a path with `*` for anything and `$` for the end (RFC 9309, section 2.2.3) matches that of `url`."""
    parts = urlsplit(url)
    path = unquote(f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}")
    if pattern.startswith(("http://", "https://")):
        told = urlsplit(pattern)
        if told.netloc.lower() != parts.netloc.lower():
            return False
        pattern = told.path or "/"
    if not pattern.startswith(("/", "*")):
        return False
    anchored = pattern.endswith("$")
    first, *rest = [unquote(piece) for piece in pattern.removesuffix("$").split("*")]
    if not path.startswith(first):
        return False
    at = len(first)
    for piece in rest[:-1] if anchored else rest:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if not anchored:
        return True
    return len(path) - len(rest[-1]) >= at and path.endswith(rest[-1]) if rest else path == first


def kept(found: Sequence[Reservation]) -> str:
    """Reservations as one line for the row of a fetch, each once, and not more than ten of them."""
    return "; ".join(list(dict.fromkeys(str(item) for item in found))[:_MOST])


def _refuses(wishes: str) -> bool:
    """Whether a list such as `search=yes, ai-train=no` says no to anything."""
    return any(wish.partition("=")[2].strip().lower() in _NO for wish in re.split("[,;]", wishes))


def _speaks_of_ai(words: str) -> bool:
    return bool(_AI_WORDS & {word.strip().lower() for word in re.split(r"[,;\s]", words)})


def _policy(policy: object) -> str:
    return f" (policy {policy})" if policy else ""


def _tidy(words: str) -> str:
    return " ".join(words.split())[:_LONGEST]
