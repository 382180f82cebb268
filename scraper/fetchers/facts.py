"""What becomes known of one page while it is asked for, over redirects and tries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from requests.structures import CaseInsensitiveDict

from scraper.errors import FetchFailed
from scraper.fetchers.reservations import Reservation, kept
from scraper.records import Fetch, FetchOutcome, PageKind, Validators

NO_VALIDATORS = Validators()


@dataclass(slots=True)
class Facts:
    """What is asked for (`kind` None: a file of the site about itself), and what becomes known on the way."""

    url: str
    at: datetime
    kind: PageKind | None = None
    sent: Validators = NO_VALIDATORS
    asked_at: datetime | None = None
    final_url: str | None = None
    status: int | None = None
    received: int = 0
    elapsed: float = 0.0
    validators: Validators = NO_VALIDATORS
    sha256: str | None = None
    archive: tuple[str, int] | None = None
    allowed_by: str = ""
    found: list[Reservation] = field(default_factory=list)
    retry_after: float | None = None
    retry_said: str = ""

    @property
    def what(self) -> str:
        """What is asked for, in a word: under it the requests are counted."""
        return urlsplit(self.url).path.rpartition("/")[2] if self.kind is None else self.kind.value

    def fetch(self, outcome: FetchOutcome, failure: FetchFailed | None = None) -> Fetch:
        """All of it, as it is kept."""
        return Fetch(
            url=self.url,
            at=self.asked_at or self.at,
            outcome=outcome,
            final_url=self.final_url,
            status=self.status,
            reason=failure.reason.value if failure else None,
            detail=" ".join(filter(None, (failure.message, failure.hint))) if failure else "",
            bytes_received=self.received,
            elapsed_ms=round(self.elapsed * 1000),
            validators=self.validators,
            body_sha256=self.sha256,
            archive=self.archive,
            allowed_by=self.allowed_by,
            reservation=kept(self.found),
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer on the wire, its body read: that of a 200 whole, that of any other as far as it is of use."""

    url: str
    status: int
    headers: CaseInsensitiveDict[str]
    body: bytes
