"""A small site of our own, served on loopback: what `navnenyt demo` and the tests scrape.

Everything in it is invented: people, employers, articles. It knows what it says, so that a database can be compared
with it: none missing, none twice, none invented.
"""

from scraper.replica.replies import Fault, Origins, Reply, Shown, Site
from scraper.replica.server import Logged, ReplicaServer, Tally
from scraper.replica.site import Replica, Truth

__all__ = ["Fault", "Logged", "Origins", "Replica", "ReplicaServer", "Reply", "Shown", "Site", "Tally", "Truth"]
