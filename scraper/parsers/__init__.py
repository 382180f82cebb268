"""What pages and announcements say, as records: pure functions of text and bytes."""

from __future__ import annotations

from scraper.parsers.moves import parse_announcement
from scraper.parsers.page import parse_page

PARSER_VERSION = "6"
"""Rises with every change of what the parser gives: stored text that an older one left unread is then read again."""

__all__ = ["PARSER_VERSION", "parse_announcement", "parse_page"]
