"""Make docs/demo.svg: the picture of a real terminal session of `navnenyt demo`.

    .venv/bin/python docs/picture.py

Plays the demo in a pseudo-terminal of 100 columns and draws what stands on it at the end, from the second run on
and without the progress bars that have gone by.
"""

import os
import pty
import re
import sys
import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

COLUMNS = 100
TARGET = Path(__file__).with_name("demo.svg")
CURSOR = re.compile(r"\x1b\[(\?25[lh]|\d*[ABCDGHJK])")


def session(folder: Path) -> str:
    """What `navnenyt demo` writes to a terminal."""
    os.environ |= {"COLUMNS": str(COLUMNS), "LINES": "40", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    os.chdir(folder)
    written: list[bytes] = []

    def read(descriptor: int) -> bytes:
        data = os.read(descriptor, 4096)
        written.append(data)
        return b"." if data else data

    pty.spawn(["navnenyt", "demo"], read)
    return b"".join(written).decode("utf-8", "replace")


def settled(raw: str) -> list[str]:
    """The lines that stay: each as its last rewriting left it, no bar among them."""
    lines = [line.rsplit("\r", 1)[-1] for line in raw.replace("\r\n", "\n").split("\n")]
    lines = [CURSOR.sub("", line) for line in lines]
    lines = [line for line in lines if "━" not in line and "failed: " not in line.partition("http")[2]]
    second = next(at for at, line in enumerate(lines) if "weeks later" in line)
    return [*lines[:4], *lines[second:]]


def main() -> None:
    """Play, and draw."""
    with tempfile.TemporaryDirectory() as folder:
        lines = settled(session(Path(folder)))
    console = Console(width=COLUMNS, record=True, file=StringIO())
    console.print(Text("$ navnenyt demo", style="bold green"))
    for line in lines:
        console.print(Text.from_ansi(line), soft_wrap=True)
    picture = console.export_svg(title="navnenyt demo")
    # The reader's own monospace font will do: nothing is to be fetched from elsewhere.
    picture = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL).replace("Fira Code, ", "")
    TARGET.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
