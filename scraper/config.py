"""config.yaml, checked, as typed settings.

A mistake is told with its key, its line and what was expected, all mistakes at once. Every key may be overridden from
the environment: `NAVNENYT_DATABASE`, `NAVNENYT_FETCH__DEADLINE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from scraper import __version__
from scraper.errors import ConfigError

DEFAULT_CONFIG = Path("config.yaml")


def _web_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("expected a web address such as https://www.example.dk/rss")
    return value


def _host(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9.-]+(:\d+)?", value):
        raise ValueError("expected a bare host name in lower case such as www.example.dk, without https:// or a path")
    return value


WebUrl = Annotated[str, AfterValidator(_web_url)]
Host = Annotated[str, AfterValidator(_host)]


class SourceKind(StrEnum):
    """The two kinds of source: article pages with a side column, or a job board with a page for each ad."""

    ARTICLES = "articles"
    JOB_BOARD = "job_board"


class TdmRule(StrEnum):
    """What is done about a reservation against text and data mining; docs/manners.md says what each covers.

    `obey` heeds what a site says to everybody or to us; `strict` also what it says to AI crawlers by name; `ignore`
    needs the site's written permission. All three note what was said with the fetch.
    """

    OBEY = "obey"
    STRICT = "strict"
    IGNORE = "ignore"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FetchSettings(_Strict):
    """How every request is made; times in seconds, sizes in megabytes (10^6 bytes)."""

    connect_timeout: float = Field(default=10, gt=0, le=120)
    deadline: float = Field(default=30, gt=0, le=600)
    max_megabytes: float = Field(default=10, gt=0, le=1000)
    retries: int = Field(default=3, ge=0, le=10)
    backoff: float = Field(default=2, ge=0, le=60)
    retry_after_max: float = Field(default=120, ge=0, le=21600)
    parse_deadline: float = Field(default=20, ge=0, le=600)
    allow_private_addresses: bool = False

    @property
    def max_bytes(self) -> int:
        """The cap on a decoded body, in bytes."""
        return int(self.max_megabytes * 1_000_000)


class ScheduleSettings(_Strict):
    """When `navnenyt schedule` lets runs start: times of day in a time zone; `jitter` in minutes."""

    times: tuple[str, ...] = ()
    time_zone: str = "Europe/Copenhagen"
    jitter: float = Field(default=10, ge=0, le=240)

    @field_validator("times", mode="before")
    @classmethod
    def _quoted(cls, value: Any) -> Any:
        for item in value if isinstance(value, list | tuple) else ():
            if not isinstance(item, str) or not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", item):
                raise ValueError('expected times of day in quotes such as ["06:15", "14:15"]')
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("expected a time zone such as Europe/Copenhagen") from error
        return value

    @property
    def clock_times(self) -> list[time]:
        """The times of day, in order, each once."""
        return sorted({time.fromisoformat(f"{item:0>5}") for item in self.times})

    @property
    def zone(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.time_zone)


class LogSettings(_Strict):
    """The log that each run writes: a file for each day under data_dir/logs."""

    keep_days: int = Field(default=90, ge=1, le=36_500)


class ArchiveSettings(_Strict):
    """How long the archive of all answers is kept; None is for ever."""

    keep_days: int | None = Field(default=None, ge=1, le=100_000)


class Occasion(StrEnum):
    """When somebody is told: a source is degraded, a run or a source failed, or all is well again."""

    DEGRADED = "degraded"
    FAILED = "failed"
    RECOVERED = "recovered"


def _address(value: SecretStr) -> SecretStr:
    if "://" not in value.get_secret_value():
        raise ValueError("expected an address as Apprise writes them, such as mailto://user:password@example.dk")
    return value


class NotifySettings(_Strict):
    """Whom to tell, by addresses that may hold passwords and so are never shown."""

    urls: tuple[Annotated[SecretStr, AfterValidator(_address)], ...] = ()
    on: frozenset[Occasion] = frozenset(Occasion)

    @model_validator(mode="before")
    @classmethod
    def _on_is_a_word(cls, value: Any) -> Any:
        """YAML 1.1 reads the key `on` as the truth value; here it is the word."""
        return {"on" if key is True else key: kept for key, kept in value.items()} if isinstance(value, dict) else value


class SourceSettings(_Strict):
    """One site: everything that is its own. See docs/add-a-source.md."""

    name: str = ""
    """Its key in config.yaml; filled in from there."""
    kind: SourceKind = SourceKind.ARTICLES
    title: str = ""
    enabled: bool = True
    feeds: tuple[WebUrl, ...] = ()
    pages: tuple[WebUrl, ...] = ()
    sitemaps: tuple[WebUrl, ...] = ()
    hosts: tuple[Host, ...] = Field(min_length=1)
    id_pattern: str = r"/art/(\d+)"
    id_url: str | None = None
    headings: tuple[str, ...] = ()
    gap: float = Field(default=10, ge=0, le=3600)
    pages_per_run: int = Field(default=40, ge=1, le=100_000)
    pages_per_day: int = Field(default=200, ge=1, le=1_000_000)
    coverage: float | None = Field(default=0.99, gt=0, le=1)
    terms_reviewed: date | None = None
    tdm: TdmRule = TdmRule.OBEY

    @field_validator("id_pattern")
    @classmethod
    def _one_group(cls, value: str) -> str:
        try:
            groups = re.compile(value).groups
        except re.error as error:
            raise ValueError(f"expected a regular expression: {error}") from error
        if groups != 1:
            raise ValueError(r"expected a regular expression with one group around the id, such as /art/(\d+)")
        return value

    @field_validator("id_url")
    @classmethod
    def _has_place_for_id(cls, value: str | None) -> str | None:
        if value is not None and ("{id}" not in value or not _web_url(value)):
            raise ValueError("expected a web address with {id} in it, such as https://www.example.dk/art/{id}")
        return value

    @model_validator(mode="after")
    def _has_an_entrance(self) -> SourceSettings:
        if not self.feeds and not self.pages and not self.sitemaps:
            raise ValueError("expected at least one address under feeds:, pages: or sitemaps:")
        for url in (*self.feeds, *self.pages, *self.sitemaps):
            parts = urlsplit(url)
            if parts.hostname not in self.hosts and parts.netloc not in self.hosts:
                raise ValueError(f"{url} is on a host that is not listed under hosts:")
        return self

    def article_id(self, url: str) -> str | None:
        """The id by which this source knows the page at `url`, or None when the address carries none."""
        match = re.search(self.id_pattern, urlsplit(url).path)
        return match.group(1) if match else None

    def url_of(self, identity: str, url: str) -> str:
        """The address to ask for the page `identity`, found as `url`: the short one where the source has one."""
        return self.id_url.format(id=identity) if self.id_url else url.split("#", 1)[0]

    def owns(self, url: str) -> bool:
        """Whether `url` is on one of this source's hosts (a host listed with a port owns that port alone)."""
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and (parts.hostname in self.hosts or parts.netloc in self.hosts)


class BackupSettings(_Strict):
    """How many of the backups that the program named itself are kept."""

    keep: int = Field(default=10, ge=1, le=10_000)


class Settings(BaseSettings):
    """The whole of config.yaml. Relative paths are taken from the folder that the file lies in."""

    model_config = SettingsConfigDict(
        extra="forbid",
        frozen=True,
        env_prefix="NAVNENYT_",
        env_nested_delimiter="__",
        nested_model_default_partial_update=True,
    )
    file: ClassVar[Path] = DEFAULT_CONFIG

    contact: str = ""
    user_agent: str = "navnenyt/{version} (+{contact})"
    data_dir: Path = Path("data")
    database: str = "sqlite:///{data_dir}/navnenyt.db"
    backups: BackupSettings = BackupSettings()
    fetch: FetchSettings = FetchSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    log: LogSettings = LogSettings()
    archive: ArchiveSettings = ArchiveSettings()
    notify: NotifySettings = NotifySettings()
    sources: dict[str, SourceSettings] = Field(min_length=1)

    @classmethod
    def settings_customise_sources(  # pydantic-settings names the parameters
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before the file."""
        return env_settings, init_settings

    @field_validator("sources")
    @classmethod
    def _named(cls, value: dict[str, SourceSettings]) -> dict[str, SourceSettings]:
        for name in value:
            if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name):
                raise ValueError(f"{name!r}: expected a short name of small letters, digits and dashes")
        return {name: source.model_copy(update={"name": name}) for name, source in value.items()}

    @field_validator("database")
    @classmethod
    def _database_url(cls, value: str) -> str:
        try:
            url = make_url(value)
        except ArgumentError as error:
            raise ValueError("expected a database URL such as sqlite:///data/navnenyt.db") from error
        if url.get_backend_name() not in {"sqlite", "postgresql"}:
            raise ValueError(f"{url.get_backend_name()}: expected sqlite or postgresql")
        return value

    @property
    def archive_dir(self) -> Path:
        """Where the archive of all answers is."""
        return self.data_dir / "archive"

    @property
    def agent(self) -> str:
        """The User-Agent header, with the release and the contact filled in."""
        text = self.user_agent.format(version=__version__, contact=self.contact or "no contact given")
        return re.sub(r"[^\x20-\x7e]", "", text)

    @property
    def robots_token(self) -> str:
        """The product token that robots.txt groups are matched against (RFC 9309, section 2.2.1)."""
        return re.split(r"[/\s(]", self.agent, maxsplit=1)[0]

    def enabled_sources(self, names: tuple[str, ...] = ()) -> list[SourceSettings]:
        """The sources named, or all that are enabled. Raises ConfigError for a name that is not there."""
        for name in names:
            if name not in self.sources:
                known = ", ".join(self.sources)
                raise ConfigError(f"No source is called {name!r}.", hint=f"config.yaml has: {known}.")
        if names:
            return [self.sources[name] for name in names]
        return [source for source in self.sources.values() if source.enabled]


def _lines(node: yaml.Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], int]]:
    """Each key path of a YAML document with its line, counted from 1. Raises ConfigError for a key given twice."""
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise ConfigError(
                    f"line {key.start_mark.line + 1}: the key {key.value!r} stands twice.", hint="Keep one of the two."
                )
            seen.add(key.value)
            yield (*path, key.value), key.start_mark.line + 1
            for sub, line in _lines(value, (*path, key.value)):
                if sub != (*path, key.value):
                    yield sub, line
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _lines(item, (*path, index))


def _explain(error: ValidationError, lines: dict[tuple[str | int, ...], int]) -> str:
    said = []
    for item in error.errors():
        path = item["loc"]
        at = next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), None)
        key = ".".join(str(part) for part in path) or "the file"
        message = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            message = "no such key; see the comments in the config.yaml that came with navnenyt"
        elif item["type"] == "missing":
            message = "is missing"
        shown = repr(item["input"])
        told = item["type"] not in {"missing", "extra_forbidden"} and len(shown) <= 80 and path[:1] != ("notify",)
        got = f" (it says {shown})" if told else ""
        said.append(f"{f'line {at}: ' if at else ''}{key}: {message}{got}")
    return "\n".join(said)


def load(path: Path = DEFAULT_CONFIG) -> Settings:
    """Read and check a config file. Raises ConfigError that names every wrong key with its line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            f"There is no {path}.", hint="Write a fresh one with `navnenyt init`, or name another with --config PATH."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}", hint="Save it as UTF-8 text that you may read.") from error
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        raise ConfigError(
            f"{path}: {where}not YAML: {getattr(error, 'problem', error)}",
            hint="Indent with blanks, quote texts with a colon.",
        ) from error
    if not isinstance(data, dict) or node is None:
        raise ConfigError(f"{path}: expected keys with values, found nothing of the kind.", hint="See `navnenyt init`.")
    lines = dict(_lines(node))
    try:
        settings = Settings(**data)
    except ValidationError as error:
        raise ConfigError(
            f"{path} is wrong:\n{_explain(error, lines)}", hint="Mend these lines; nothing was done."
        ) from None
    root = path.resolve().parent
    data_dir = settings.data_dir if settings.data_dir.is_absolute() else root / settings.data_dir
    database = settings.database.replace("{data_dir}", str(data_dir))
    url = make_url(database)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).is_absolute():
        database = f"sqlite:///{root / url.database}"
    return settings.model_copy(update={"data_dir": data_dir, "database": database})
