"""navnenyt: Danish people moves and job ads, read from article pages into a database."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("navnenyt")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"
