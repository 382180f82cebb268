"""Asking a site for a page: the one place from which a request leaves the house.

Every request goes the same way: the source's own hosts, robots.txt, the pace of the host, the guarded wire, the
archive, and only then the question whether the answer is a page. What goes wrong on the way has a typed reason.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import requests
from requests.utils import requote_uri
from urllib3.exceptions import HTTPError

from scraper.config import Settings, SourceSettings
from scraper.danish_time import danish_date
from scraper.errors import BadAnswer, FetchFailed, FetchReason, NotAllowed
from scraper.fetchers import answers, faults, reservations, robots
from scraper.fetchers.archive import Archive, Exchange
from scraper.fetchers.body import ACCEPT_ENCODING, Body, read_body
from scraper.fetchers.facts import NO_VALIDATORS, Facts, Reply
from scraper.fetchers.guard import GuardedAdapter, Wire
from scraper.fetchers.pauses import UNSAID, Pauses
from scraper.fetchers.permission import Permission
from scraper.fetchers.polite import Pace, Patience, retry_after
from scraper.fetchers.reservations import Reservation
from scraper.fetchers.site_files import HostMemory, InMemory, SiteFiles, host_of
from scraper.records import Answer, FetchOutcome, Page, PageKind, SiteFile, Validators

MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SIDE_BODY = 262_144
"""Bytes kept of the body of an answer that is no page: enough to see what the site said."""
_RETRIED_WITHOUT_STATUS = frozenset({FetchReason.CONNECT, FetchReason.BROKEN_OFF})


class _Session(requests.Session):
    """A session that leaves redirects to us: that of `requests` reads their bodies whole, however large."""

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002  the name is given by requests
        return None


class Fetcher:
    """Asks one source for pages, one request at a time. Close it, or use it as a context manager.

    `clock` gives the time in UTC, `sleep` waits; `pace` and `memory` may be shared by the sources of a run, so that two
    sources on one host keep one pace; a memory that lasts carries what hosts said over to the next run. With `archive`,
    every answer is in it before it is looked at, save for a page that is reserved: of that its headers alone.
    `requests` counts what went out, by what was asked for: `article`, `feed`, `robots.txt`, …
    """

    def __init__(
        self,
        source: SourceSettings,
        settings: Settings,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None] = time.sleep,
        archive: Archive | None = None,
        pace: Pace | None = None,
        memory: HostMemory | None = None,
    ) -> None:
        self.source = source
        self.requests: Counter[str] = Counter()
        self._limits = settings.fetch
        self._clock = clock
        self._archive = archive
        self._pace = pace or Pace(sleep)
        self._token = settings.robots_token
        memory = memory or InMemory()
        self._pauses = Pauses(self._pace, memory, clock)
        self._permission = Permission(source, self._token, SiteFiles(self._ask_file, clock, memory))
        self._wire = Wire(
            source.hosts,
            allow_private=self._limits.allow_private_addresses,
            connect_timeout=self._limits.connect_timeout,
        )
        self._session = _Session()
        self._session.trust_env = False
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers.clear()
        self._session.headers.update(
            {
                "User-Agent": settings.agent,
                "Accept-Encoding": ACCEPT_ENCODING,
                "Accept-Language": "da, en;q=0.5",
                "Connection": "keep-alive",
            }
        )
        adapter = GuardedAdapter(self._wire)
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def most_bytes(self) -> int:
        """The cap on what an answer may unpack to, in bytes."""
        return self._limits.max_bytes

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def paused_until(self, url: str) -> datetime | None:
        """Until when the host of `url` asked to be left alone, in an earlier run too; None when it may be asked."""
        return self._pauses.until(host_of(url))

    def ask(self, url: str, *, kind: PageKind, validators: Validators = NO_VALIDATORS) -> Answer:
        """Ask for a page; a failure is an Answer too, its `fetch` with outcome `failed`, a reason and a sentence.

        Raises only what is no fault of the page: DiskFull and StoreError of the archive.
        """
        return self._answer(url, kind, validators)[0]

    def get(self, url: str, *, kind: PageKind, validators: Validators = NO_VALIDATORS) -> Answer:
        """Ask for a page. Raises FetchFailed (NotAllowed, Unreachable, BadAnswer) when it is not had."""
        answer, failure = self._answer(url, kind, validators)
        if failure is not None:
            raise failure
        return answer

    def _answer(self, url: str, kind: PageKind, validators: Validators) -> tuple[Answer, FetchFailed | None]:
        facts = Facts(url=url, at=self._clock(), kind=kind, sent=validators)
        try:
            reply = self._persist(facts)
            page = None if reply.status == 304 else self._page(reply, kind, facts)
        except FetchFailed as failure:
            return Answer(fetch=facts.fetch(FetchOutcome.FAILED, failure), page=None), failure
        facts.validators = Validators(
            etag=reply.headers.get("ETag") or (None if page else validators.etag),
            last_modified=reply.headers.get("Last-Modified") or (None if page else validators.last_modified),
        )
        outcome = FetchOutcome.FETCHED if page else FetchOutcome.UNCHANGED
        return Answer(fetch=facts.fetch(outcome), page=page), None

    def _page(self, reply: Reply, kind: PageKind, facts: Facts) -> Page:
        """The answer as a page. Raises BadAnswer when it is none."""
        url = facts.url
        media, charset = answers.media_type(reply.headers.get("Content-Type"))
        answers.check_place(url, reply.url, self.source.article_id(url), self.source.article_id(reply.url))
        answers.check_body(reply.body, kind, url, charset=charset)
        facts.sha256 = hashlib.sha256(reply.body).hexdigest()
        return Page(
            url=reply.url,
            body=reply.body,
            content_type=media or "text/html",
            charset=charset,
            published=danish_date(facts.at),
        )

    def _ask_file(self, url: str) -> SiteFile:
        """One of the site's files about itself, or why it could not be had."""
        facts = Facts(url=url, at=self._clock())
        try:
            body = self._persist(facts).body
        except FetchFailed as failure:
            return SiteFile(
                asked_at=facts.at,
                until=facts.at,
                status=failure.status,
                reason=failure.reason.value,
                detail=" ".join(filter(None, (failure.message, failure.hint))),
                archive=facts.archive,
            )
        return SiteFile(asked_at=facts.at, until=facts.at, status=facts.status, body=body, archive=facts.archive)

    def _persist(self, facts: Facts) -> Reply:
        """Ask until there is an answer or no try is left."""
        patience = Patience(self._limits)
        while True:
            facts.retry_after = None
            try:
                return self._follow(facts)
            except FetchFailed as failure:
                pause = self._pause(failure, patience, facts)
                if pause is None:
                    raise
                self._pace.rest(pause)

    def _pause(self, failure: FetchFailed, patience: Patience, facts: Facts) -> float | None:
        """Seconds to the next try, or None. A host that asks for more than our patience is left alone for so long."""
        asked = facts.retry_after
        if failure.reason in _RETRIED_WITHOUT_STATUS:
            pause = patience.pause(None)
        elif isinstance(failure, BadAnswer) and failure.reason in {FetchReason.RATE_LIMITED, FetchReason.SERVER_ERROR}:
            pause = patience.pause(failure.status)
        else:
            return None
        host = host_of(facts.final_url or facts.url)
        if not asked and pause is None and failure.reason is FetchReason.RATE_LIMITED:
            asked, facts.retry_said = UNSAID, "429 and no time"
        if asked:
            self._pauses.note(host, asked, facts.retry_said)
        if asked and (pause is None or asked > self._limits.retry_after_max):
            self._pauses.hold(host, asked)
            return None
        return asked or pause

    def _follow(self, facts: Facts) -> Reply:
        """Ask, and go where the site sends us, as far as the source's hosts reach. The deadline covers it all."""
        left = self._limits.deadline
        seen: list[str] = []
        url = facts.url
        here = url.partition("#")[0]
        while len(seen) <= MOST_REDIRECTS and here not in seen:
            self._check_address(here, seen[-1] if seen else None)
            gap = self._allowed_gap(here, facts)
            began = facts.elapsed
            seen.append(here)
            reply = self._send(here, gap, left, facts)
            left -= facts.elapsed - began
            if reply.status not in _REDIRECTS:
                return reply
            here = _target(reply)
        raise BadAnswer(
            f"{url}: sent on {len(seen) - 1} times{' and in a circle' if here in seen else ''}, and still no page.",
            reason=FetchReason.TOO_MANY_REDIRECTS,
            url=url,
        )

    def _allowed_gap(self, url: str, facts: Facts) -> float:
        """Seconds between requests. Raises NotAllowed or Unreachable where the site does not want this one."""
        if facts.what == robots.PATH.strip("/"):
            return max(self.source.gap, self._permission.delay(url))
        leave = self._permission.to_ask(url, facts.url, page=facts.kind is not None)
        facts.allowed_by, facts.found = leave.said, list(leave.found)
        if leave.refusal is not None:
            raise leave.refusal
        return leave.gap

    def _heed(self, found: list[Reservation], facts: Facts) -> None:
        """Note what an answer says against mining. Raises NotAllowed (reserved) when it binds us."""
        facts.found += found
        self._permission.heed(found, facts.url, facts.status)

    def _check_address(self, url: str, sent_from: str | None) -> None:
        """Raises NotAllowed for an address that is not the source's, or that a redirect must not lead to."""
        by = f" (sent there by {sent_from})" if sent_from else ""
        try:
            parts = urlsplit(url)
            usable = self.source.owns(url) and "@" not in parts.netloc and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise NotAllowed(
                f"{url}: not on one of the source's hosts{by}.",
                reason=FetchReason.OUTSIDE_HOSTS,
                url=sent_from or url,
                hint="List the host under hosts: if it belongs to the site.",
            )
        if sent_from and sent_from.startswith("https:") and parts.scheme != "https":
            raise NotAllowed(f"{url}: would leave https{by}.", reason=FetchReason.TLS, url=sent_from)
        held = self._pauses.left(host_of(url))
        if held:
            raise NotAllowed(
                f"{url}: the site asked to be left alone for {held:.0f} s more.",
                reason=FetchReason.RATE_LIMITED,
                url=url,
                hint="It is asked again in a later run.",
            )

    def _send(self, url: str, gap: float, left: float, facts: Facts) -> Reply:
        """One request and its answer. Raises FetchFailed for everything but a page, a 304 asked for and a redirect."""
        request = self._prepare(url, facts)
        host = host_of(url)
        self._pace.wait(host, gap)
        self.requests[facts.what] += 1
        began, pace_began = time.monotonic(), self._pace.now()
        facts.final_url, facts.asked_at, facts.status, facts.sha256 = url, self._clock(), None, None
        body = Body()
        response: requests.Response | None = None
        failure: FetchFailed | None = None
        self._wire.start(url, left)
        try:
            response = self._session.send(
                request, stream=True, allow_redirects=False, timeout=(self._limits.connect_timeout, left)
            )
            facts.status = response.status_code
            self._read(response, url, facts, body)
        except FetchFailed as error:
            failure = error
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            failure = faults.explain(error, url, facts.status)
            failure.__cause__ = error
        finally:
            facts.elapsed += time.monotonic() - began
            facts.received += body.received
            self._pace.done(host, pace_began)
            if response is not None:
                response.close()
        if failure is not None and failure.reason is FetchReason.TOO_LARGE:
            del body.decoded[_SIDE_BODY:]
        if response is not None:
            said = response.headers.get("Retry-After")
            facts.retry_after, facts.retry_said = retry_after(said, self._clock()), f"Retry-After: {said}"
            self._keep(response, body, failure, facts)
        if failure is not None:
            raise failure
        assert response is not None
        return Reply(url, response.status_code, response.headers, bytes(body.decoded))

    def _prepare(self, url: str, facts: Facts) -> requests.PreparedRequest:
        headers = {"Accept": answers.ACCEPT[facts.kind] if facts.kind else "text/plain"}
        if facts.sent.etag:
            headers["If-None-Match"] = facts.sent.etag
        if facts.sent.last_modified:
            headers["If-Modified-Since"] = facts.sent.last_modified
        try:
            return self._session.prepare_request(requests.Request("GET", url, headers=headers))
        except (requests.RequestException, ValueError) as error:
            raise NotAllowed(
                f"{url}: no usable address: {error}.", reason=FetchReason.OUTSIDE_HOSTS, url=url
            ) from error

    def _read(self, response: requests.Response, url: str, facts: Facts, body: Body) -> None:
        """Read the body of a page whole, of another answer a little, and check what the headers tell."""
        status, kind = response.status_code, facts.kind
        faults.check_headers(response.raw, url)
        if kind is not None and status in {200, 304}:
            self._heed(reservations.in_headers(response.raw.headers.items(), self._token), facts)
        if status == 200:
            if kind is not None:
                answers.check_type(response.headers.get("Content-Type"), kind, url)
            read_body(
                response.raw,
                url,
                body,
                cap=self._limits.max_bytes if kind else robots.MOST_BYTES,
                cut=kind is None,
            )
            faults.check_end(response.raw, url, body.decoded, leftover=self._wire.leftover, markup=kind is not None)
            if kind is not None and kind is not PageKind.FEED:
                self._heed(reservations.in_page(bytes(body.decoded), self._token), facts)
            return
        if status == 304 and facts.sent != NO_VALIDATORS:
            read_body(response.raw, url, body, cap=0)  # there is none: this gives the connection back
            return
        try:
            read_body(response.raw, url, body, cap=_SIDE_BODY, cut=True)
        except (FetchFailed, HTTPError, OSError, ValueError):
            body.decoded.clear()  # the status says enough
        if status in _REDIRECTS and response.headers.get("Location"):
            return
        answers.check_status(status, url)

    def _keep(self, response: requests.Response, body: Body, failure: FetchFailed | None, facts: Facts) -> None:
        """Put the exchange into the archive, whatever came of it."""
        if self._archive is None:
            return
        facts.archive = self._archive.add(
            self.source.name,
            Exchange(
                url=response.request.url or facts.url,
                at=facts.asked_at or facts.at,
                request_headers=tuple(response.request.headers.items()),
                status=response.status_code,
                phrase=response.reason or "",
                headers=tuple(response.raw.headers.items()),
                body=b"" if failure and failure.reason is FetchReason.RESERVED else bytes(body.decoded),
                address=self._wire.peer,
                truncated=faults.truncation(failure.reason) if failure else "",
            ),
        )


def _target(reply: Reply) -> str:
    """Where a redirect leads, absolute. Headers are given as latin-1, and what is meant is nearly always UTF-8."""
    location = reply.headers["Location"].strip()
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        return requote_uri(urljoin(reply.url, location)).partition("#")[0]
    except ValueError:
        return location
