"""Job ads as rows: stored once by their key, sighted as often as they are seen.

What a later page knows of an ad that no earlier one did (its address, its deadline) fills the empty columns of the
row. What it says otherwise than the row never overwrites it: that is kept with the sighting, as `facts`. An ad that is
known under another name of the company (`db.same_event`) is no new one; its row says whose it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update

from db import sightings
from db.companies import company_ids
from db.identity import clean, fold, job_ad_event, job_ad_key
from db.models import JobAd as JobAdRow
from db.models import JobAdFact
from db.moves import Kept
from db.rows import add_row
from db.said_names import said_by
from db.same_event import Event, Leading, leading, own_id, settle
from db.sightings import JOB_ADS, Seen
from scraper.records import JobAd

FACTS = ("company", "title", "region", "url", "posted", "deadline", "employment_type", "identifier")
"""The columns of an ad that a sighting may fill or contradict."""


def keep_job_ads(
    connection: Connection,
    ads: Sequence[JobAd],
    seen: Seen,
    *,
    source: str,
    source_id: int,
    parser_version: str,
) -> Kept:
    """Store the ads that are new, fill what was unknown of the others, and note that this fetch showed them all."""
    keys = [job_ad_key(ad, source) for ad in ads]
    rows = sightings.known(
        connection, JOB_ADS, list(set(keys)), JobAdRow.text, *(getattr(JobAdRow, name) for name in FACTS)
    )
    companies = company_ids(connection, [*(ad.company for ad in ads), *said_by(ads)], seen.fetch_id)
    known = {
        key: {"id": row.id, "text": row.text, **{name: getattr(row, name) for name in FACTS}}
        for key, row in rows.items()
    }
    events = {
        key: Event(job_ad_event(ad, source), companies[ad.company])
        for key, ad in zip(keys, ads, strict=True)
        if key not in rows
    }
    leads = leading(connection, JobAdRow, events.values())
    new: list[JobAd] = []
    sighted: dict[int, dict[str, Any]] = {}
    otherwise: set[int] = set()
    for key, ad in zip(keys, ads, strict=True):
        facts = _facts(ad)
        if key not in known:
            lead = leads.get(events[key])
            values = {
                **facts,
                "key": key,
                "event": events[key].event,
                "same_as_id": lead.id if lead is not None else None,
                "identified_by_source_id": source_id if ad.identifier else None,
                "company_id": companies[ad.company],
                "title_folded": fold(ad.title),
                "text": ad.text,
                "evidence": {name: list(span) for name, span in ad.evidence.items()},
                "rule": ad.rule,
                "parser_version": parser_version,
            }
            number = add_row(connection, JobAdRow, values)
            known[key] = {"id": number, "text": ad.text, **facts}
            sighted[number] = {"text": None, "facts": None}
            if lead is None:
                new.append(ad)
                leads[events[key]] = Leading(number, None)
            else:
                otherwise |= {number, lead.id}
            continue
        row = known[key]
        fills = {name: value for name, value in facts.items() if value is not None and row[name] is None}
        if fills:
            connection.execute(update(JobAdRow).where(JobAdRow.id == row["id"]).values(fills))
            if not fills.keys().isdisjoint({"region", "posted"}):  # without its fact it is worked out anew
                whose = select(own_id(JobAdRow)).where(JobAdRow.id == row["id"])
                connection.execute(delete(JobAdFact).where(JobAdFact.job_ad_id.in_(whose)))
            row.update(fills)
        other = {name: str(value) for name, value in facts.items() if value is not None and value != row[name]}
        if row["id"] not in sighted:
            sighted[row["id"]] = {"text": ad.text if ad.text != row["text"] else None, "facts": other or None}
    sightings.add(connection, JOB_ADS, seen, sighted)
    if otherwise:
        settle(connection, JobAdRow, otherwise)
        connection.execute(delete(JobAdFact).where(JobAdFact.job_ad_id.in_(otherwise)))
    return Kept(tuple(new), tuple(dict.fromkeys(keys)))


def _facts(ad: JobAd) -> dict[str, Any]:
    return {
        "company": clean(ad.company),
        "title": clean(ad.title),
        "region": (clean(ad.region) or None) if ad.region else None,
        "url": ad.url,
        "posted": ad.posted,
        "deadline": ad.deadline,
        "employment_type": ad.employment_type,
        "identifier": ad.identifier,
    }
