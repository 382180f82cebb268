"""Row 19: reservations against text and data mining, said by a real site in each of five carriers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from scraper.config import TdmRule
from scraper.fetchers.warc import read_file
from tests.fetchers.conftest import Time
from tests.fetchers.visited import House, Visited, article
from tests.servers import Route, Server, answer


@dataclass(frozen=True)
class Said:
    """What a site answers, the carrier that reserves, and whether the page itself need not even be asked for."""

    carrier: str
    routes: dict[str, Route] = field(default_factory=dict)
    unasked: bool = False
    rule: TdmRule = TdmRule.OBEY


def robots(text: str) -> dict[str, Route]:
    return {"robots": answer(text.encode(), Content_Type="text/plain")}


def tdmrep(text: str) -> dict[str, Route]:
    return {"tdmrep": answer(text.encode(), Content_Type="application/json")}


def head(markup: str) -> dict[str, Route]:
    return {"art1": answer(article(1, markup))}


def header(**lines: str) -> dict[str, Route]:
    return {"art1": answer(article(1), **lines)}


AI_SHUT_OUT = "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\nUser-agent: *\nAllow: /"
RESERVED = {
    "Content-Signal for all": Said(
        "robots.txt", robots("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /"), unasked=True
    ),
    "Content-Signal in our group": Said(
        "robots.txt", robots("User-agent: Navnenyt\nContent-Signal: ai-input=no"), unasked=True
    ),
    "Content-Usage for a path": Said("robots.txt", robots("User-agent: *\nContent-Usage: /art/ tdm=n"), unasked=True),
    "a line TDM-Reservation": Said("robots.txt", robots("User-agent: *\nTDM-Reservation: 1"), unasked=True),
    "AI crawlers shut out, strictly": Said("robots.txt", robots(AI_SHUT_OUT), unasked=True, rule=TdmRule.STRICT),
    "tdm-reservation header": Said("header", header(TDM_Reservation="1", TDM_Policy="https://example.dk/tdm")),
    "Content-Usage header": Said("header", header(Content_Usage="train-ai=n")),
    "tdmrep.json for all": Said("tdmrep.json", tdmrep('[{"location": "/", "tdm-reservation": 1}]'), unasked=True),
    "tdmrep.json with a wildcard": Said(
        "tdmrep.json", tdmrep('[{"location": "/a*/1$", "tdm-reservation": 1}]'), unasked=True
    ),
    "tdmrep.json with a policy": Said(
        "tdmrep.json",
        tdmrep('[{"location": "/art/", "tdm-reservation": 1, "tdm-policy": "https://example.dk/tdm.json"}]'),
        unasked=True,
    ),
    "meta tdm-reservation": Said("meta", head('<meta name="tdm-reservation" content="1">')),
    "meta robots noai": Said("meta", head("<META NAME=robots CONTENT='index, NoAI, noimageai'>")),
    "meta notrain for us": Said("meta", head('<meta name="navnenyt" content="notrain">')),
    "X-Robots-Tag noai": Said("header", header(X_Robots_Tag="noindex, noai")),
    "X-Robots-Tag for us": Said("header", header(X_Robots_Tag="navnenyt: noimageai")),
}
FREE = {
    "nothing": {},
    "tdm-reservation: 0": header(TDM_Reservation="0"),
    "yes to all": robots("User-agent: *\nContent-Signal: search=yes, ai-train=yes"),
    "AI crawlers shut out by name": robots(AI_SHUT_OUT),
    "another robot's tag": header(X_Robots_Tag="googlebot: noai"),
    "a comment": head('<!-- <meta name="tdm-reservation" content="1"> -->'),
    "a script": head('<script>var a = \'<meta name="robots" content="noai">\'</script>'),
    "another folder": tdmrep('[{"location": "/billeder/", "tdm-reservation": 1}]'),
    "a tdmrep.json that is a page": tdmrep("<html>Siden findes ikke</html>"),
    "a server's error for tdmrep.json": {"tdmrep": answer(status=500)},
}


def visit(
    serve: Callable[..., Server], time: Time, folder: Path, routes: dict[str, Route], rule: TdmRule
) -> tuple[int, dict[str, Any], Visited]:
    """Visit a site of one page: the moves stored, the row of its fetch, and the site."""
    site = Visited(serve(), time, articles=1)
    site.fill(**routes)
    house = House(folder, time, {"here": site}, {"tdm": rule})
    house.run()
    columns = ("reason", "status", "reservation", "allowed_by", "archive_file", "archive_offset", "body_sha256")
    rows = house.ask(f"SELECT {', '.join(columns)} FROM fetches ORDER BY page_kind = 'article' DESC LIMIT 1")
    row = dict(zip(columns, rows[0], strict=True))
    return house.ask("SELECT count(*) FROM moves")[0][0], row, site


def obeyed(moves: int, row: dict[str, Any], site: Visited, said: Said, folder: Path) -> bool:
    """Not parsed, told with the carrier, and nothing of the body kept; not even asked for where that is known before."""
    if moves or row["reason"] != "reserved" or row["body_sha256"]:
        return False
    if not (row["reservation"] or "").startswith(f"{said.carrier}: "):
        return False
    bodies = [item.body for file in folder.glob("archive/*.warc.gz") for item in read_file(file) if "/art/" in item.url]
    return ("/art/1" not in site.asked()) is said.unasked and not any(bodies)


@pytest.mark.scorecard
def test_reservations_in_five_carriers_are_obeyed(
    serve: Callable[..., Server], time: Time, tmp_path: Path, record_property: Callable[[str, str], None]
) -> None:
    """A page whose owner reserves mining is not read, wherever that stands; one that is free is read."""
    missed, unread, unguarded = [], [], 0
    for number, (name, said) in enumerate(RESERVED.items()):
        folder = tmp_path / str(number)
        if not obeyed(*visit(serve, time, folder, said.routes, said.rule), said, folder):
            missed.append(name)
        folder = tmp_path / f"ignored {number}"
        moves, row, site = visit(serve, time, folder, said.routes, TdmRule.IGNORE)
        unguarded += obeyed(moves, row, site, said, folder)
        assert moves == 1, name
        assert said.carrier == "tdmrep.json" or row["reservation"], name
    for number, (name, routes) in enumerate(FREE.items()):
        moves, _, _ = visit(serve, time, tmp_path / f"free {number}", routes, TdmRule.OBEY)
        if moves != 1:
            unread.append(name)
    count = len(RESERVED)
    record_property(
        "scorecard",
        f"19|reservations found, logged and obeyed|{count - len(missed)} of {count} in 5 carriers, "
        f"{len(FREE) - len(unread)} of {len(FREE)} free pages read|with tdm: ignore {unguarded} of {count}",
    )
    assert not missed
    assert not unread
    assert unguarded == 0
