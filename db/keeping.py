"""All that a page says, kept: moves, job ads, unread announcements and problems, as seen by one fetch."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection

from db.identity import clean
from db.job_ads import keep_job_ads
from db.moves import Kept, keep_moves
from db.sightings import Seen
from db.unread import keep_problems, keep_unparsed
from db.writable import writable
from scraper.records import Extraction, JobAd, Move, Problem


class KeptPage(NamedTuple):
    """What came of storing what a page says."""

    moves: Kept
    job_ads: Kept
    unparsed: Kept
    problems: Kept


def keep_extraction(
    connection: Connection,
    said: Extraction,
    seen: Seen,
    *,
    source: str,
    source_id: int,
    page_id: int,
    parser_version: str,
) -> KeptPage:
    """Keep what a page says as shown by the fetch `seen`; what must not be stored is mended or left out first."""
    said = _whole(said)
    return KeptPage(
        moves=keep_moves(connection, [writable(move) for move in said.moves], seen, parser_version=parser_version),
        job_ads=keep_job_ads(
            connection,
            [writable(ad) for ad in said.job_ads],
            seen,
            source=source,
            source_id=source_id,
            parser_version=parser_version,
        ),
        unparsed=keep_unparsed(
            connection, [writable(item) for item in said.unparsed], seen, parser_version=parser_version
        ),
        problems=keep_problems(connection, [writable(item) for item in said.problems], seen, page_id=page_id),
    )


def _whole(said: Extraction) -> Extraction:
    """The same without records that lack what makes them one, a problem in the place of each."""
    moves = tuple(move for move in said.moves if clean(move.person))
    ads = tuple(ad for ad in said.job_ads if clean(ad.company) and clean(ad.title))
    halves: list[Move | JobAd] = [*(set(said.moves) - set(moves)), *(set(said.job_ads) - set(ads))]
    if not halves:
        return said
    problems = [
        Problem(code="incomplete_record", message="A record without its name was left out.", text=half.text)
        for half in sorted(halves, key=lambda half: half.text)
    ]
    return replace(said, moves=moves, job_ads=ads, problems=(*said.problems, *problems))
