"""The process behind the SQL page: reads questions, one JSON object a line, and writes answers the same way.

It gives itself little before it reads the first: so much memory, no file, the lowest claim on the processor. What no
limit of SQLite can cut (one call of a built-in function on a large value) ends by the kernel's alarm, or by the
parent's, which waits no longer than it does.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from db.query import run_query
from scraper.errors import NavnenytError

SECONDS = 0.85
"""After so long a query is asked to end."""
ALARM = 1.3
"""After so long the kernel ends the process, should the parent be gone."""
MEMORY = 16_000_000
"""Bytes that SQLite may hold."""
MORE_MEMORY = 26 * 1024 * 1024
"""Bytes of address space that the process may take beyond what it has when it is ready."""
MAX_ROWS = 1000
CUT_BYTES = 1_000_000
NICENESS = 10


def answer(url: str, question: dict[str, Any]) -> dict[str, Any]:
    """One answer: columns, rows and whether there were more; or `error` and `hint`."""
    try:
        result = run_query(
            url,
            question["sql"],
            question["parameters"],
            limit_seconds=SECONDS,
            max_rows=MAX_ROWS,
            cut_bytes=CUT_BYTES,
            memory=MEMORY,
        )
    except NavnenytError as error:
        # It stops itself before it would be killed; to a reader both are the one second that is promised.
        return {"error": error.message.replace(f"than {SECONDS:g} s", "than 1 s"), "hint": error.hint}
    rows = [[_plain(value) for value in row] for row in result.rows]
    return {"columns": result.columns, "rows": rows, "truncated": result.truncated}


def _plain(value: Any) -> Any:
    return f"{len(value)} bytes" if isinstance(value, bytes) else value


def confine() -> None:
    """Give up what answering needs none of. Linux counts the address space in /proc."""
    os.nice(NICENESS)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limits = (
        (resource.RLIMIT_AS, pages * resource.getpagesize() + MORE_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for name, most in limits:
        _, hard = resource.getrlimit(name)
        resource.setrlimit(name, (most, most) if hard == resource.RLIM_INFINITY else (min(most, hard), hard))


def main(url: str) -> None:
    """Answer until the parent closes the pipe."""
    answer(url, {"sql": "SELECT count(*) FROM sqlite_schema", "parameters": {}})
    confine()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        signal.setitimer(signal.ITIMER_REAL, ALARM)
        said = json.dumps(answer(url, json.loads(line)), ensure_ascii=True, separators=(",", ":"))
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.stdout.write(said + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's; it closes the pipe
    main(sys.argv[1])
