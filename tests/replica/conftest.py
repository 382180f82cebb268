"""A replica and its server, small enough that each test has its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from scraper.replica import Replica, ReplicaServer

START = datetime(2026, 3, 2, 6, tzinfo=UTC)


@pytest.fixture
def replica() -> Replica:
    return Replica(1, start=START)


@pytest.fixture
def server(replica: Replica) -> Iterator[ReplicaServer]:
    with ReplicaServer(replica, slow=0.01) as running:
        yield running


@pytest.fixture
def fixed() -> Iterator[ReplicaServer]:
    """A server whose side columns follow from article and week."""
    with ReplicaServer(Replica(1, start=START, draw="fixed"), slow=0.01) as running:
        yield running
