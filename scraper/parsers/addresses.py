"""Links of a page to absolute addresses of the web."""

from __future__ import annotations

from urllib.parse import urljoin

LONGEST_LINK = 2000
"""Characters of an address; a longer one is none."""


def root_of(base: str) -> str:
    """What stands in an address before its path; empty where it is no address of the web."""
    return "/".join(base.split("/", 3)[:3]) if base.startswith(("http://", "https://")) else ""


def web_address(base: str, target: str) -> str | None:
    """The absolute web address of a link on the page at `base`, None for one that leads to no page."""
    target = target.strip()
    if not target or target[0] == "#" or "[" in target or len(target) > LONGEST_LINK:
        return None
    try:
        url = target if target.startswith(("http://", "https://")) else _joined(base, target)
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def _joined(base: str, target: str) -> str:
    """As urljoin, but for a path from the root of the site, which is put behind it as it is."""
    if target[0] == "/" and target[1:2] != "/" and "/." not in target and root_of(base):
        return root_of(base) + target
    return urljoin(base, target)
