"""A run over a server of every fault there is: each is told by its reason, in time, and all other pages are had."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import AROUND, FAULTS, HOLDS
from tests.installation import article, ask, in_a_child, install, rss
from tests.servers import Route, Server, answer

pytestmark = pytest.mark.scorecard

DEADLINE = 1.0
MOST_MEMORY = 100 * 2**20
GOOD = 5000
"""Good pages have their fault's number and this."""

RUN = """
import json, sys
from pathlib import Path
from tests.installation import install, peak_memory, run_once
settings = install(Path(sys.argv[1]), sys.argv[2], fetch={"deadline": float(sys.argv[3]), "max_megabytes": 5})
before = peak_memory()
run_once(settings)
print(json.dumps(peak_memory() - before))
"""

PLAIN = """
import json, os, resource, socket, sys, threading, warnings
import requests
resource.setrlimit(resource.RLIMIT_AS, (800_000_000, 800_000_000))
look_up = socket.getaddrinfo
def loopback(host, *rest, **more):
    if host != "127.0.0.1":
        raise socket.gaierror(socket.EAI_NONAME, "only loopback here")
    return look_up(host, *rest, **more)
socket.getaddrinfo = loopback
ends = {}
def get(name, url):
    try:
        got = requests.get(url, timeout=1)
        got.text
        ends[name] = "accepted" if got.status_code == 200 else "refused"
    except MemoryError:
        ends[name] = "flooded"
    except Exception as error:
        ends[name] = "refused"
for name, url in json.load(open(sys.argv[1])):
    thread = threading.Thread(target=get, args=(name, url), daemon=True)
    thread.start()
    thread.join(float(sys.argv[2]) + 1)
    ends.setdefault(name, "hung")
print(json.dumps(ends), flush=True)
os._exit(0)
"""


@pytest.fixture
def site() -> Iterator[tuple[Server, dict[str, str]]]:
    """A server with each fault at an article's address, a good article after each, and the faults' addresses.

    What asks to be left alone is on a server of its own, since a run does leave it alone.
    """
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(Server(dict(AROUND)))
        links, where = [], {}
        for n, (name, (route, _)) in enumerate(FAULTS.items()):
            owner = stack.enter_context(Server()) if name in HOLDS else server
            owner.routes[f"/art/{n}/page"] = route
            server.routes[f"/art/{GOOD + n}"] = answer(article(n))
            where[name] = owner.url(f"/art/{n}/page")
            links += [where[name], server.url(f"/art/{GOOD + n}")]
        server.routes["/rss"] = answer(rss(links), Content_Type="application/rss+xml")
        yield server, where


def only_good() -> Server:
    links = [f"/art/{GOOD + n}" for n in range(len(FAULTS))]
    routes: dict[str, Route | list[Route]] = {link: answer(article(n)) for n, link in enumerate(links)}
    return Server(routes | {"/rss": answer(rss(links), Content_Type="application/rss+xml")})


def test_every_fault_has_its_reason_in_time_and_the_run_goes_on(site, tmp_path, record_property):
    """One run meets them all: typed reasons, no page stored, little memory, and each good page between them is had."""
    server, _ = site
    assert len(FAULTS) > 40
    grown = in_a_child(RUN, tmp_path, server.base, DEADLINE)
    settings = install(tmp_path, server.base)
    rows = ask(
        settings,
        "SELECT CAST(page.identity AS integer), reason, elapsed_ms, outcome FROM fetch JOIN page ON page.id = page_id"
        " WHERE page.kind = 'article'",
    )
    ends = {number: (reason, outcome) for number, reason, _, outcome in rows if number < GOOD}
    wrong = {
        name: ends.get(n)
        for n, (name, (_, reason)) in enumerate(FAULTS.items())
        if ends.get(n) != (reason.value, "failed")
    }
    assert not wrong
    good = Counter(outcome for number, _, _, outcome in rows if number >= GOOD)
    assert good == {"fetched": len(FAULTS)}
    assert ask(settings, "SELECT count(*) FROM move_sighting") == [(len(FAULTS),)]
    slowest = max(took for _, _, took, _ in rows) / 1000
    with only_good() as healthy:
        (tmp_path / "healthy").mkdir()
        usual = in_a_child(RUN, tmp_path / "healthy", healthy.base, DEADLINE)
    record_property(
        "scorecard",
        f"11|faults told by their reason, slowest, memory|{len(FAULTS) - len(wrong)} of {len(FAULTS)},"
        f" {slowest:.1f} s of {DEADLINE + 1:.0f}, {grown / 2**20:.0f} MiB|without faults {usual / 2**20:.0f} MiB",
    )
    assert slowest < DEADLINE + 1
    assert grown < MOST_MEMORY


def test_a_plain_client_hangs_on_or_takes_most_of_them(site, tmp_path: Path, record_property):
    """The control: `requests.get(timeout=1)` is held, flooded or handed a page that is none."""
    import json

    _, where = site
    floods = ("5 GB", "endless", "flood")
    last = sorted(where.items(), key=lambda item: any(word in item[0] for word in floods))
    (tmp_path / "urls.json").write_text(json.dumps(last), encoding="utf-8")
    ends = Counter(in_a_child(PLAIN, tmp_path / "urls.json", DEADLINE).values())
    record_property(
        "scorecard",
        f"11|the same faults, requests.get(timeout=1)|none hung or taken|{ends['hung']} hung, {ends['flooded']} flooded,"
        f" {ends['accepted']} taken for a page",
    )
    assert ends["hung"] >= 5
    assert ends["accepted"] > 40
