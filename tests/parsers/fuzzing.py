"""Documents that nobody would write, and a fuzzer that keeps those which reach new code.

The fuzzer is our own: a compiled one sees little of code that is made of regular expressions, and the interpreter
tells which lines follow one another, which is enough to tell a document that goes a new way from one that does not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from random import Random
from types import CodeType, FrameType
from typing import Any

PIECES = (
    "<p>", "</p>", "<li>", "<ul>", "</ul>", "<b>", "</b>", "<br>", "<table>", "<tr>", "<td>", "</table>", "<div>", "</div>", "<div hidden>",
    "<script>", "</script>", '<script type="application/ld+json">', "<style>", "<template>", "</template>", "<!--", "-->", "<a href=/x>",
    "<a href='//[x'>", "</a>", "<h2>", "</h2>", "<span>", "</span>", "<span style='display:flex'>", "<pre>", "</pre>", "<svg>", "<base href=x>",
    "<x-y>", "</x-y>", "<img alt='Granit A/S'>", "<dialog>", "<title>", "<", ">", "&", "&#", "&#150;", "&aelig;", "&shy;", "\n", "\n\n", " ", "|", " – ",
    "…", ".", ",", "\u00ad", "\u200b", "\u202e", "\u0301", "\x00", "\x0b", "\u2028", "\u00a0", "😀", "📍 Fyn", "\ufffd",
    "Navnenyt", "Nyt om navne", "Nyt job", "Forfremmelse", "Udnævnelse", "Færdiggjort uddannelse", "Læs også:", "Læs mere", "Event: dag", "Annonceindlæg",
    "Granit Data A/S", "Bo Lind", "Åse Holm Bæk", "har pr. 1. maj 2026 ansat", "er ansat som", "har ansat", "er pr. 2. april 2026 forfremmet til",
    "Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind, 41 år, som CTO ved Granits kontor i Vejle.", "Han skal især beskæftige sig med net.",
    "Bo Lind, chef hos Kilo A/S, er pr. 2. april 2026 forfremmet til direktør.", "Han kommer fra en stilling som chef hos Kilo ApS og før da Mega.",
    "Bo Lind, elev hos Kilo A/S, har pr. 1. juni 2026 fuldført uddannelsen Master i it på Søkøbing Skole via It-Vest.",
    "Bo er uddannet cand.merc. fra Søkøbing Skole.", "Bo Lind, 50 år i morgen,", "hos", "som", "i", "og", "ved", "fra", "pr.", "den 1.", "maj", "2026", "45 år",
    "Midtjylland", "Københavnsområdet", "Softwareudvikler", "Foto: Hans", '{"@type":"JobPosting","title":"Udvikler","hiringOrganization":{"name":"Kilo"}}',
    '{"@graph":[', "]}", '"title":', "12. maj", "indtræder i bestyrelsen for", "fylder 50 år", "har 25 års jubilæum", "stopper som", "stifter", "er død",
)  # fmt: skip
"""What documents are made of: marks, words of announcements and ads, signs."""

LONGEST = 400
"""Bytes of a mutated document at most: what takes a way through the code is short."""
HOSTILE = 8_000
"""How often a piece is repeated at most."""


def document(random: Random) -> bytes:
    """A document drawn from `random`: pieces in any order, some of them many times over, some bytes broken."""
    parts = [random.choice(PIECES) for _ in range(random.choice((3, 10, 40, 120)))]
    if random.random() < 0.3:
        piece = "".join(random.choice(PIECES) for _ in range(random.randrange(1, 4)))
        times = min(random.choice((10, 300, HOSTILE)), 120_000 // len(piece))
        parts.insert(random.randrange(len(parts)), piece * times)
    body = bytearray(
        random.choice(("", " ", "\n"))
        .join(parts)
        .encode(random.choice(("utf-8", "utf-8", "cp1252", "utf-16")), "ignore")
    )
    for _ in range(random.choice((0, 0, 0, 3, 20))):
        body[random.randrange(len(body) or 1) : 0] = bytes([random.randrange(256)]) if body else b""
    return bytes(body)


class Ways:
    """Which lines of the code under `root` follow one another, over all runs: `new(run)` counts those unseen so far."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._seen: set[tuple[CodeType, int, int]] = set()

    def __len__(self) -> int:
        return len(self._seen)

    def new(self, run: Callable[[], object]) -> int:
        """Does `run` and says how many ways it went that none did before."""
        before = len(self._seen)
        seen = self._seen
        root = self._root

        def of_call(frame: FrameType, event: str, _: Any) -> Any:
            code = frame.f_code
            if not code.co_filename.startswith(root):
                return None
            last = 0

            def of_line(frame: FrameType, event: str, _: Any) -> Any:
                nonlocal last
                if event == "line":
                    seen.add((code, last, frame.f_lineno))
                    last = frame.f_lineno
                return of_line

            return of_line

        outer = sys.gettrace()
        sys.settrace(of_call)
        try:
            run()
        finally:
            sys.settrace(outer)
        return len(seen) - before


def mutated(body: bytes, others: Sequence[bytes], random: Random, pieces: Sequence[bytes]) -> bytes:
    """A document with one to four things done to it: pieces set in, bytes cut, doubled, changed, another's spliced in."""
    changed = bytearray(body)
    for _ in range(random.randrange(1, 5)):
        at = random.randrange(len(changed) + 1)
        kind = random.randrange(6)
        if kind <= 1:
            changed[at:at] = random.choice(pieces)
        elif kind == 2:
            del changed[at : at + random.randrange(1, 40)]
        elif kind == 3:
            changed[at:at] = changed[at : at + random.randrange(1, 60)]
        elif kind == 4 and changed:
            changed[min(at, len(changed) - 1)] = random.randrange(256)
        else:
            other = random.choice(others)
            begin = random.randrange(len(other) + 1)
            changed[at:] = other[begin : begin + 200]
    return bytes(changed[:LONGEST])


def guided(
    target: Callable[[bytes], object],
    seeds: Iterable[bytes],
    *,
    root: str,
    runs: int,
    seed: int,
    pieces: Sequence[bytes] = tuple(piece.encode() for piece in PIECES),
    guide: bool = True,
) -> tuple[list[bytes], int]:
    """Runs `target` on mutated documents, keeping those that reach new code; what it raised on, and the ways it went.

    With `guide` off nothing is kept: then the documents stay near the seeds.
    """
    random, ways = Random(seed), Ways(root)
    kept = list(seeds)
    raised: list[bytes] = []
    for _ in range(runs):
        # the newest are the least known: half of the draws are among them
        body = mutated(random.choice(kept[-30:] if random.random() < 0.5 else kept), kept, random, pieces)
        try:
            new = ways.new(lambda body=body: target(body))  # type: ignore[misc]
        except Exception:  # noqa: BLE001 - whatever it is, it is what the fuzzer looks for
            raised.append(body)
            continue
        if new and guide:
            kept.append(body)
    return raised, len(ways)
