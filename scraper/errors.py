"""Everything that can go wrong, in one tree; each class says what to do next.

NavnenytError                 every error of ours; `hint` is the next step for the person who reads it
├── ConfigError               config.yaml is wrong: mend the line that the message names
├── PageUnreadable            a file is no page: name another, the others are still read
├── FileUnreadable            a file of data cannot be read or has not the columns: mend it as the message says
├── TooOld                    a library, Python or SQLite is older than is safe: install what the message names
├── ParseLost                 a page's parse did not come back; it is a problem of that page and the run goes on
├── ParserUnavailable         no process to parse in can be had: free memory, then run again
├── FetchFailed               one page could not be had; the run notes `reason` and goes on
│   ├── NotAllowed            robots.txt, a reservation, the source's hosts or budget say no: leave it this run
│   ├── Unreachable           no whole answer came (name, connection, TLS, deadline): ask again in a later run
│   └── BadAnswer             an answer came and is no page (status, type, size, wall): look at the site
├── StoreError                the database cannot be used
│   ├── DatabaseLocked        another program holds it: end that one, then run again; pages are in the archive
│   ├── DatabaseNewer         a newer navnenyt wrote it: install that release
│   ├── NotOurDatabase        the file is no navnenyt database: name another path under `database:`
│   └── DiskFull              free some space, then run again
├── NamesClash                names cannot be joined, parted or given so: see what the message says of them
├── QueryError                the SQL is wrong, writes, or takes too long: mend the statement
├── FilterError               a filter is not understood: the message says where, the hint what there is
├── UnknownName               no company or person is called that: take one of the nearest names
└── RunInProgress             another run is on: wait for it
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum, StrEnum


class ExitStatus(IntEnum):
    """What the `navnenyt` command ends with; docs/operations.md explains each."""

    OK = 0
    ERROR = 1
    USAGE = 2
    SOURCE_FAILED = 3
    DEGRADED = 4
    UNREACHABLE = 5
    BUSY = 6
    DISK_FULL = 7
    LOCKED = 8
    BAD_DATABASE = 9
    INTERRUPTED = 130


class FetchReason(StrEnum):
    """Why a page was not had: the typed reason kept with each failed fetch."""

    ROBOTS_DISALLOWED = "robots_disallowed"
    ROBOTS_UNAVAILABLE = "robots_unavailable"
    RESERVED = "reserved"
    OUTSIDE_HOSTS = "outside_hosts"
    FORBIDDEN_ADDRESS = "forbidden_address"
    BUDGET_SPENT = "budget_spent"
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    DEADLINE = "deadline"
    BROKEN_OFF = "broken_off"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    HTTP_ERROR = "http_error"
    WRONG_TYPE = "wrong_type"
    TOO_LARGE = "too_large"
    UNDECODABLE = "undecodable"
    EMPTY = "empty"
    SOFT_404 = "soft_404"
    WALL = "wall"
    BAD_FEED = "bad_feed"
    PARSE_FAILED = "parse_failed"


class NavnenytError(Exception):
    """An error of ours: a sentence for a person, and `hint`, what to do next."""

    exit_status = ExitStatus.ERROR

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ConfigError(NavnenytError):
    """config.yaml is wrong; the message names the key, its line and what was expected."""

    exit_status = ExitStatus.USAGE


class PageUnreadable(NavnenytError):
    """A file given to `navnenyt parse` cannot be read as a page."""


class FileUnreadable(NavnenytError):
    """A file of data given to a command cannot be read, or has not the columns that are needed."""


class TooOld(NavnenytError):
    """A library below us is older than the oldest release that is known to be safe."""


class ParseLost(NavnenytError):
    """Reading a page took too long or ended its process. `code` is the code of the Problem that is stored for it."""

    def __init__(self, message: str, *, code: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.code = code


class ParserUnavailable(NavnenytError):
    """The process that parses pages cannot be started."""


class FetchFailed(NavnenytError):
    """One page could not be had. `reason` is the typed cause, `status` the HTTP status if an answer came."""

    exit_status = ExitStatus.SOURCE_FAILED

    def __init__(
        self, message: str, *, reason: FetchReason, url: str, status: int | None = None, hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.reason = reason
        self.url = url
        self.status = status


class NotAllowed(FetchFailed):
    """The site's robots.txt or reservation, the source's own list of hosts or its budget forbids it."""


class Unreachable(FetchFailed):
    """No whole answer came in time."""


class BadAnswer(FetchFailed):
    """An answer came, and it is no page of the kind that was asked for."""


class StoreError(NavnenytError):
    """The database cannot be used."""

    exit_status = ExitStatus.BAD_DATABASE


class DatabaseLocked(StoreError):
    """Another program holds the database for longer than we wait."""

    exit_status = ExitStatus.LOCKED


class DatabaseNewer(StoreError):
    """A newer release of navnenyt wrote this database."""


class NotOurDatabase(StoreError):
    """The file or server named is no navnenyt database."""


class DiskFull(StoreError):
    """No space is left for the database, the archive or the log."""

    exit_status = ExitStatus.DISK_FULL


class NamesClash(NavnenytError):
    """Two names are one company already, or a name is another company's, or nothing would be left of one."""


class QueryError(NavnenytError):
    """A user's SQL is wrong, would write, or takes longer than allowed."""


class FilterError(NavnenytError):
    """A filter of a watch or a feed is not understood."""

    exit_status = ExitStatus.USAGE


class UnknownName(NavnenytError):
    """No company or person is called that. `nearest` are names that somebody may have meant."""

    def __init__(self, message: str, *, nearest: Sequence[str] = ()) -> None:
        hint = f"Did you mean: {'; '.join(nearest)}?" if nearest else "No name is like it."
        super().__init__(message, hint=hint)
        self.nearest = tuple(nearest)


class RunInProgress(NavnenytError):
    """Another run holds the lock of this installation."""

    exit_status = ExitStatus.BUSY
