"""What a role or an ad's title is about and how senior it is, by tables of words: the first that matches counts."""

from __future__ import annotations

import re
from functools import lru_cache

from db.identity import fold

TABLES_VERSION = "1"
"""Changes whenever a table does, so that what older tables said is found and worked out again."""

FUNCTIONS: tuple[tuple[str, str], ...] = (
    ("hr", r"\bhr\b|human resource|rekrutter|personale|\bpeople\b"),
    ("legal", r"jurist|advokat|legal|compliance|\bdpo\b"),
    ("finance", r"finance|financial|økonomi|regnskab|controller|revisor|\bcfo\b|bogholder"),
    ("security", r"security|sikkerhed|\bciso\b|\bsoc\b"),
    ("architecture", r"arkitekt|architect"),
    ("data", r"\bdata|\bbi\b|analytics|machine learning|\bai\b|business intelligence"),
    ("project", r"projekt|project|product|produkt|scrum|agile|program"),
    ("marketing", r"marketing|kommunikation|communication|\bcmo\b|presse"),
    ("sales", r"sales|salg|sælger|account|\bkam\b|business develop|forretningsudvikl|kommerciel|commercial|\bcco\b"),
    ("support", r"support|helpdesk|service ?desk|kundeservice|customer"),
    ("infrastructure", r"infrastruktur|infrastructure|drift|operations|devops|netværk|network|cloud|system ?admin"),
    ("consulting", r"konsulent|consultant|consulting|rådgiver|advisor"),
    ("development", r"udvikl|develop|software|programmør|programmer|frontend|backend|tester|engineer|ingeniør"),
    ("management", r"direktør|director|\bceo\b|\bchef\b|partner|manager|leder|\bcio\b|\bcto\b|bestyrelse"),
)
SENIORITIES: tuple[tuple[str, str], ...] = (
    ("board", r"bestyrelse|\bboard\b"),
    ("executive", r"\bc[efioctm]o\b|\bciso\b|adm\w*\.? direktør|administrerende|partner|vice president|\bvp\b"),
    ("director", r"direktør|director|\bhead of\b"),
    ("manager", r"chef|manager|\w*leder\b"),
    ("trainee", r"trainee|elev|praktikant|intern\b|lærling|graduate"),
    ("junior", r"junior|student"),
    ("lead", r"\blead\b|principal|\bteamlead"),
    ("senior", r"senior|erfaren|chefkonsulent|specialist"),
)


def function_of(role: str) -> tuple[str, str]:
    """What a role is about, and the name of the rule that says so."""
    return _first(FUNCTIONS, fold(role), "other")


def seniority_of(role: str) -> tuple[str, str]:
    """How senior a role is, and the name of the rule that says so."""
    return _first(SENIORITIES, fold(role), "professional")


@lru_cache(maxsize=20_000)
def _first(table: tuple[tuple[str, str], ...], folded: str, otherwise: str) -> tuple[str, str]:
    for word, pattern in table:
        if (match := re.search(pattern, folded)) is not None:
            return word, match.group().strip()
    return otherwise, ""
