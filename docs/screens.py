"""Make the pictures of docs/screens: the browser's pages in Chromium, on a screen and on a telephone.

    .venv/bin/python -m docs.screens

Plays the demo in a folder of its own, serves its database and looks at each page: the light look on a screen, the dark
one too for the front page.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from base64 import b64decode
from pathlib import Path
from urllib.parse import urlencode

from db.query import run_query
from scraper.browser.site import Site
from tests.browser.serving import served
from tests.chromium import chromium, show_as

TARGET = Path(__file__).with_name("screens")
SIZES = {"wide": (1280, 1180, 0.6), "narrow": (390, 1180, 0.75)}
"""Width and height of the window in CSS pixels, and how much smaller the picture is."""
SQL = """SELECT company, count(*) AS hires
FROM moves
WHERE kind = 'hire'
GROUP BY company
ORDER BY hires DESC
LIMIT 10"""


def pages(database: str) -> dict[str, str]:
    """The address of each page, by the name of its picture."""
    ((company,),) = run_query(
        database, "SELECT id FROM companies WHERE open_job_ads > 0 ORDER BY hires DESC, id LIMIT 1"
    ).rows
    ((person,),) = run_query(
        database, "SELECT person_id FROM moves WHERE previous_role IS NOT NULL ORDER BY length(text) DESC, id LIMIT 1"
    ).rows
    return {
        "front": "/",
        "trend": "/trends/functions_over_time",
        "company": f"/company/{company}",
        "person": f"/person/{person}",
        "search": f"/search?{urlencode({'q': 'åk'})}",
        "table": "/data/moves?_sort_desc=id",
        "sql": f"/sql?{urlencode({'sql': SQL})}",
    }


def main() -> None:
    """Take all pictures."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        demo = [sys.executable, "-m", "scraper", "demo", "--dir", folder]
        subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
        database = f"sqlite:///{folder}/navnenyt.db"
        with served(Site(database)) as running, chromium() as browser:
            for name, path in pages(database).items():
                for size, (width, height, scale) in SIZES.items():
                    looks = [("", False), ("-dark", True)] if name == "front" else [("", False)]
                    for look, dark in looks:
                        show_as(browser, width, height, dark=dark)
                        browser.get(running.address + path)
                        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
                        taken = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "clip": clip})
                        (TARGET / f"{name}-{size}{look}.png").write_bytes(b64decode(taken["data"]))


if __name__ == "__main__":
    main()
