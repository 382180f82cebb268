"""The desk of the database's tests, at which a test saves pages in a line or two."""

from tests.db.conftest import desk, engine, path, shared_engine, template, url

__all__ = ["desk", "engine", "path", "shared_engine", "template", "url"]
