"""A file of ours is there whole or not at all: it is written beside its place and then renamed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from scraper.errors import DiskFull, NavnenytError


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of `path` once all is written; until then what was there stays.

    Raises NavnenytError where it cannot be written, DiskFull where no space is left.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise NavnenytError(f"{path}: is no file.", hint="Name a file.")
    fresh = target.with_name(f".{token_hex(8)}.tmp")
    try:
        with fresh.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise (DiskFull if full else NavnenytError)(
            f"{path}: cannot be written: {error.strerror}.",
            hint="Free some space." if full else "Name a path that you may write.",
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
