"""An installation that scrapes one of the small servers of `tests.servers`, for runs from end to end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from db.query import run_query
from scraper.config import Settings, load
from scraper.run import run
from scraper.summary import RunSummary

ROOT = Path(__file__).parent.parent
START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def article(number: int, extra: str = "") -> bytes:
    """An article with one announcement of its own."""
    names = f"{chr(65 + number % 26)}lma {chr(65 + number // 26 % 26)}estergaard"
    return (
        f"<!doctype html><html><head><title>Artikel {number}</title></head><body><h1>En artikel</h1>{extra}"
        f"<h2>Navnenyt</h2><p>{names} er pr. 1. marts 2026 ansat som udvikler hos Nordhavn Data A/S.</p>"
        "</body></html>"
    ).encode()


def rss(links: Iterable[str]) -> bytes:
    """A feed of these links, in their order: each a minute older than the one before."""
    items = "".join(
        f"<item><title>En artikel</title><link>{link}</link>"
        f"<pubDate>{format_datetime(START - timedelta(minutes=n))}</pubDate></item>"
        for n, link in enumerate(links)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>Nyt</title>{items}</channel></rss>".encode()


def peak_memory() -> int:
    """Bytes of memory that this process held at most (Linux). `ru_maxrss` would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])


def forget_peak() -> int:
    """Let the peak be counted anew; the bytes of memory that this process holds now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return peak_memory()


def in_a_child(program: str, *arguments: object) -> Any:
    """What a program prints as JSON, run from the project's root in a process of its own."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


class Quiet:
    """A reporter that says nothing."""

    def source_started(self, source: object) -> None:
        """Nothing."""

    def pages_chosen(self, source: object, count: int) -> None:
        """Nothing."""

    def page_done(self, source: object, answer: object, saved: object) -> None:
        """Nothing."""

    def source_done(self, source: object, summary: object) -> None:
        """Nothing."""


def install(folder: Path, base: str, *, fetch: dict[str, Any] | None = None, **source: Any) -> Settings:
    """Write config.yaml for a source `here` with the feed /rss at `base`, and load it."""
    import yaml

    limits = {"allow_private_addresses": True, "retries": 0, "deadline": 5, "parse_deadline": 0, **(fetch or {})}
    here = {"feeds": [f"{base}/rss"], "hosts": ["127.0.0.1"], "gap": 0, "pages_per_run": 1000, "pages_per_day": 9000}
    data = {"contact": "os@example.dk", "fetch": limits, "sources": {"here": here | source}}
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return load(path)


def run_once(settings: Settings) -> RunSummary:
    """One run whose pauses take no time."""
    return run(settings, reporter=Quiet(), clock=lambda: START, sleep=lambda _: None)


def ask(settings: Settings, sql: str) -> list[Any]:
    """The rows of a query."""
    return list(run_query(settings.database, sql).rows)
