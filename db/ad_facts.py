"""The fact of a job ad: what the questions ask of it, and the stretches of time in which it was up."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from db import ad_life
from db.classified import NOWHERE, jobs, regions
from db.models import JobAd, JobAdFact, JobAdSighting, JobAdSpan
from db.same_event import own_id
from db.sightings import Seen
from scraper.danish_time import danish_date

_COUNT_FACT = (
    update(JobAdFact)
    .where(JobAdFact.job_ad_id == bindparam("ad"))
    .values(last_seen=bindparam("at"), times_seen=JobAdFact.times_seen + 1, days_open=bindparam("days"))
)
_COUNT_SPAN = (
    update(JobAdSpan)
    .where(JobAdSpan.job_ad_id == bindparam("ad"), JobAdSpan.number == 1)
    .values(last_seen=bindparam("at"))
)


def seen_again(connection: Connection, seen: Seen) -> list[int]:
    """Count a fetch with the ads that it showed and that were up; those whose life has to be worked out anew."""
    rows = connection.execute(
        select(
            own_id(JobAd).label("job_ad_id"),
            JobAdFact.first_seen,
            JobAdFact.last_seen,
            JobAdFact.gone_at,
            JobAdFact.times_relisted,
        )
        .join(JobAdSighting)
        .outerjoin(JobAdFact, JobAdFact.job_ad_id == own_id(JobAd))
        .where(JobAdSighting.fetch_id == seen.fetch_id)
        .order_by(own_id(JobAd))
        .distinct()
    ).all()
    on: list[dict[str, object]] = []
    anew: list[int] = []
    for row in rows:
        if row.first_seen is None or row.gone_at or row.times_relisted or row.last_seen >= seen.at:
            anew.append(row.job_ad_id)
        else:
            on.append({"ad": row.job_ad_id, "at": seen.at, "days": (seen.at - row.first_seen).days})
    if on:
        connection.execute(_COUNT_FACT, on)
        connection.execute(_COUNT_SPAN, [{"ad": row["ad"], "at": row["at"]} for row in on])
    return anew


def keep(connection: Connection, ids: Sequence[int], *, reserved: frozenset[int] | None = None) -> None:
    """Work out the facts of these ads, a few hundred at most. `reserved`: see `ad_life.witnesses`."""
    connection.execute(delete(JobAdFact).where(JobAdFact.job_ad_id.in_(ids)))
    connection.execute(delete(JobAdSpan).where(JobAdSpan.job_ad_id.in_(ids)))
    ads = connection.execute(
        select(JobAd.id, JobAd.company_id, JobAd.title, JobAd.region)
        .where(JobAd.id.in_(ids), JobAd.same_as_id.is_(None))
        .order_by(JobAd.id)
    ).all()
    seen = ad_life.showings(connection, [ad.id for ad in ads])
    witnesses = ad_life.witnesses(connection, [one for shown in seen.values() for one in shown], reserved)
    taken_for = jobs(connection, [ad.title for ad in ads])
    lies_in = regions(connection, [ad.region for ad in ads])
    facts = []
    stretches = []
    for ad in ads:
        if ad.id not in seen or ad.title not in taken_for:
            continue
        life = ad_life.spans(seen[ad.id], witnesses)
        place = lies_in.get(ad.region or "", NOWHERE)
        facts.append(
            {
                "job_ad_id": ad.id,
                "company_id": ad.company_id,
                "function": taken_for[ad.title].function,
                "seniority": taken_for[ad.title].seniority,
                "region": place.region,
                "nuts": place.nuts,
                "first_seen": life[0].first_seen,
                "last_seen": max(span.last_seen for span in life),
                "times_seen": len({showing.fetch_id for showing in seen[ad.id]}),
                "gone_at": life[-1].gone_at,
                "times_relisted": len(life) - 1,
                "days_open": ad_life.days(life),
                "month": f"{danish_date(life[0].first_seen):%Y-%m}",
            }
        )
        stretches += [{"job_ad_id": ad.id, "number": number, **span._asdict()} for number, span in enumerate(life, 1)]
    if facts:
        connection.execute(insert(JobAdFact), facts)
        connection.execute(insert(JobAdSpan), stretches)
