"""A database of two runs over the replica, and the browser on it."""

import pytest

from scraper.browser.site import Site
from scraper.replica import Replica, ReplicaServer
from tests.browser.serving import served
from tests.test_run import START, Scene


@pytest.fixture(scope="session")
def filled(tmp_path_factory) -> str:
    """The URL of a database of two runs, three weeks apart. Tests only read it."""
    with ReplicaServer(Replica(seed=1, start=START), slow=0.01) as server:
        scene = Scene(server, tmp_path_factory.mktemp("browser"))
        scene.run()
        scene.replica.advance(weeks=3)
        scene.run()
        return scene.settings.database


@pytest.fixture(scope="session")
def shown(filled):
    """The browser on it, for all tests that only look."""
    with served(Site(filled)) as running:
        yield running
