"""What must never be stored about people.

Danish personal identification numbers (CPR: ddmmyy-xxxx) have no place in a database of hires; one that slips into an
announcement is blotted out before the first write.
"""

from __future__ import annotations

import re
from datetime import date

_CPR = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})([-‐‑–—\u2212]| ?[-‐‑–—\u2212] ?|[ \u00a0\u202f])?(\d{4})(?!\d)")


def _blot(match: re.Match[str]) -> str:
    day, month = int(match[1]), int(match[2])
    try:
        date(2000, month, day)  # a leap year: 29 February is somebody's birthday
    except ValueError:
        return match[0]
    return re.sub(r"\d", "x", match[0])


def redact_cpr(text: str) -> str:
    """The text with each CPR number's digits as x, of the same length, so that spans into it stay true.

    A number counts when it is ten digits, with or without a dash or blank after the sixth, that begin with a day and
    month that exist. The check digit decides nothing: numbers without it have been given out since 2007.
    """
    return _CPR.sub(_blot, text)
