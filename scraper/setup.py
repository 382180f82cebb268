"""A fresh config.yaml for a new installation."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from scraper.errors import ConfigError


def template() -> str:
    """The text of the config.yaml that comes with navnenyt: inside the wheel, or at the top of a checkout."""
    inside = files("scraper") / "config.yaml"
    if inside.is_file():
        return inside.read_text(encoding="utf-8")
    return (Path(__file__).parent.parent / "config.yaml").read_text(encoding="utf-8")


def write_config(path: Path) -> None:
    """Write the template to `path`. Raises ConfigError when something is there already or cannot be written."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError:
        raise ConfigError(f"{path} is there already.", hint="It was left as it is; name another path.") from None
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written: {error.strerror}.", hint="Name a path that you may write."
        ) from error
