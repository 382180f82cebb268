"""A database in which every value that a site could have said is an attack on the page that shows it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

RAN = "it-ran"
"""What a page is titled once a script of a payload has run."""


def payloads(canary: str) -> list[str]:
    """Ways to run a script or to load something from `canary`, an address of another origin."""
    run = f"document.title='{RAN}';new Image().src='{canary}/ran'"
    return [
        f"<script>{run}</script>",
        f'<img src=x onerror="{run}">',
        f'"><svg onload="{run}">',
        f"'><details open ontoggle=\"{run}\">x</details>",
        f"<script src={canary}/a.js></script>",
        f"<img src={canary}/b.png>",
        f"<link rel=stylesheet href={canary}/c.css>",
        f"<style>@import '{canary}/d.css';</style>",
        f"<iframe src={canary}/e.html></iframe>",
        f"<object data={canary}/f.svg></object><embed src={canary}/g.svg>",
        f"<meta http-equiv=refresh content='0;url={canary}/h.html'>",
        f"<base href={canary}/i/><video src={canary}/j.mp4 poster={canary}/k.png>",
        f"</title></textarea></style></script><script>{run}</script>",
        f"<input autofocus onfocus=\"{run}\" style='background:url({canary}/l.png)'>",
        f'" onmouseover="{run}" autofocus onfocus="{run}" x="',
        f"javascript:{run}",
        f"java\tscript:{run}",
        f"data:text/html,<script>{run}</script>",
        f"http://x' onclick='{run}' \" onfocus=\"{run}\" autofocus tabindex=1 x=",
        f"https://{canary.split('//')[1]}/m\"><script>{run}</script>",
        f"{{{{ cycler.__init__.__globals__.os.popen('curl {canary}/n') }}}}{{% raw %}}",
        "\u202egnp.exe\u2066 \x00\x1b]0;x\x07\x1b[2J \ufeff\u200b",
        f"<a href=javascript:{run}>x</a><form action={canary}/o><button>x",
        f'<math><mtext><table><mglyph><style><img src=x onerror="{run}">',
    ]  # fmt: skip


def spoil(source: Path, target: Path, canary: str) -> int:
    """Copy a database and put a payload into every column of every row, ids and keys aside. How many cells that was."""
    shutil.copyfile(source, target)
    cells = 0
    said = payloads(canary)
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA foreign_keys = OFF")
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
            " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%' AND name <> 'alembic_version'"
        ).fetchall()
        for (table,) in tables:
            columns = connection.execute("SELECT name, type, pk FROM pragma_table_info(?)", (table,)).fetchall()
            for at, (column, type_, key) in enumerate(columns):
                if key or column == "id" or column.endswith("_id"):
                    continue
                for number, payload in enumerate(said):
                    value = json.dumps([payload]) if type_ == "JSON" else payload
                    changed = connection.execute(
                        f'UPDATE OR IGNORE "{table}" SET "{column}" = ? || '
                        + _apart(connection, table, column, type_)
                        + f" WHERE ({_row_of(connection, table)} + ?) % ? = ?",
                        (value, at, len(said), number),
                    )
                    cells += changed.rowcount
        connection.commit()
    return cells


def _apart(connection: sqlite3.Connection, table: str, column: str, type_: str) -> str:
    """What keeps unique columns unique: a number after the payload."""
    return (
        _row_of(connection, table)
        if column in {"key", "folded", "name_key", "identity", "expression"} and type_ != "JSON"
        else "''"
    )


def _row_of(connection: sqlite3.Connection, table: str) -> str:
    try:
        connection.execute(f'SELECT rowid FROM "{table}" LIMIT 1')
    except sqlite3.OperationalError:
        return "abs(random())"
    return "rowid"


@contextmanager
def canary():
    """A server of another origin that counts what is asked of it: its address and the paths."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            body = f"document.title='{RAN}'".encode() if self.path.endswith(".js") else b""
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if body else "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
