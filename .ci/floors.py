"""Hold the parser's scores at what they were: a floor only rises.

    python .ci/floors.py ../shared/evaluate

Runs evaluate.py of that folder on its two files and compares every score with floors.json beside this script. A score
below its floor fails; `--raise` writes the scores reached as the new floors, where they are higher.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.0005
"""Scores are kept to three places, rounded down; this much is the rounding."""


def scores(folder: Path) -> dict[str, float]:
    """F1 of each field of gold.jsonl, and the shares of listing.jsonl, from 0 to 1."""

    def evaluate(*arguments: str) -> dict[str, object]:
        command = [sys.executable, str(folder / "evaluate.py"), *arguments, "--json"]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - ours

    gold = evaluate(str(folder / "gold.jsonl"))
    listing = evaluate("--listing", str(folder / "listing.jsonl"))
    found = {f"gold {field}": row["f1"] for field, row in gold.items()}
    return found | {f"listing {name}": listing[name] for name in ("found", "person", "company")}


def main() -> int:
    """Compare, or raise; 0 when no score fell."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--raise", dest="lift", action="store_true")
    options = arguments.parse_args()
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    reached = scores(options.folder)
    fallen = []
    for name, value in reached.items():
        floor = floors.get(name, 0.0)
        print(f"{name:<28}{value:.4f}  floor {floor:.3f}")
        if value < floor - SLACK:
            fallen.append(name)
    if options.lift:
        lifted = {name: max(floors.get(name, 0.0), int(value * 1000) / 1000) for name, value in reached.items()}
        FLOORS.write_text(json.dumps(lifted, indent=1) + "\n")
    if fallen:
        print("below their floor: " + ", ".join(fallen))
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
